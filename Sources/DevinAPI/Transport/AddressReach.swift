import NIOCore

/// The network from which an IP address can be reached. Unless an address is public, several hosts may have it: which host is meant
/// depends on where the request comes from.
enum AddressReach: Int, Comparable, Sendable {
  /// Loopback, and the unspecified address, which leads to the same machine.
  case machine
  /// Link-local, including the addresses at which clouds give machines their credentials; multicast and broadcast.
  case link
  /// Private networks, carriers' networks, and all other addresses that IANA has not assigned to public hosts.
  case site
  case everywhere

  static func < (one: AddressReach, other: AddressReach) -> Bool { one.rawValue < other.rawValue }

  init(of address: SocketAddress) {
    switch address {
    // The address follows family and port and, for IPv6, the flow. Which module its members belong to depends on what else is compiled.
    case .v4(let address): self.init(v4: withUnsafeBytes(of: address.address) { Array($0[4..<8]) })
    case .v6(let address): self.init(v6: withUnsafeBytes(of: address.address) { Array($0[8..<24]) })
    case .unixDomainSocket: self = .machine
    }
  }

  /// Follows the registry of special addresses: https://www.iana.org/assignments/iana-ipv4-special-registry
  private init(v4 bytes: [UInt8]) {
    switch (bytes[0], bytes[1], bytes[2]) {
    case (0, _, _), (127, _, _): self = .machine
    case (169, 254, _), (224...239, _, _), (255, 255, 255): self = .link
    case (10, _, _), (172, 16...31, _), (192, 168, _), (100, 64...127, _), (198, 18...19, _), (192, 0, 0), (192, 0, 2),
      (198, 51, 100), (203, 0, 113), (240...255, _, _):
      self = .site
    default: self = .everywhere
    }
  }

  /// Follows https://www.iana.org/assignments/iana-ipv6-special-registry. If an address contains an IPv4 address, that one counts.
  private init(v6 bytes: [UInt8]) {
    let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
    let last = Array(bytes[12...])
    switch (groups[0], groups[1]) {
    case (0, 0) where groups[2..<6].allSatisfy { $0 == 0 }:
      self = groups[6] == 0 && groups[7] <= 1 ? .machine : AddressReach(v4: last)
    case (0, 0) where groups[2..<5].allSatisfy { $0 == 0 } && groups[5] == 0xffff: self.init(v4: last)
    case (0x64, 0xff9b) where groups[2..<6].allSatisfy { $0 == 0 }: self.init(v4: last)
    case (0x2002, _): self.init(v4: Array(bytes[2..<6]))
    case (0xfe80...0xfebf, _), (0xff00...0xffff, _): self = .link
    case (0x2001, 0...0x1ff), (0x2001, 0xdb8), (0x3fff, 0...0xfff): self = .site
    case (0x2000...0x3fff, _): self = .everywhere
    default: self = .site
    }
  }
}
