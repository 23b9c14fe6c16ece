import Files
import Foundation
package import NIOSSL

/// How the API is reached. Certificates are always verified; this cannot be switched off.
public struct NetworkRoute: Hashable, Sendable {
  /// Certificate authorities trusted in addition to the system's; nil: only the system's.
  public var authorities: Authorities?
  /// Nil: a direct connection.
  public var proxy: Proxy?

  /// The default is the system's authorities and no proxy.
  public init(authorities: Authorities? = nil, proxy: Proxy? = nil) {
    self.authorities = authorities
    self.proxy = proxy
  }
}

/// Certificates of certificate authorities, such as a company's own.
public struct Authorities: Hashable, Sendable {
  package let certificates: [NIOSSLCertificate]

  /// Why a file contains no certificates, for people.
  public struct Invalid: Error, Sendable {
    /// The predicate of a sentence whose subject is the name of the file.
    public let reason: String
  }

  /// - Parameter file: the path of a file with certificates in PEM format.
  /// - Throws: `Invalid` if the file cannot be read, or contains no certificate.
  public init(file: String) throws(Invalid) {
    let text: [UInt8]
    do { text = [UInt8](try OpenFile(reading: file).read(limit: 1 << 24)) } catch {
      throw Invalid(reason: "cannot be read: \(error.why)")
    }
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(text)
    } catch {
      throw Invalid(reason: "contains no certificate in PEM format (-----BEGIN CERTIFICATE-----)")
    }
    guard !certificates.isEmpty else {
      throw Invalid(reason: "contains no certificate in PEM format (-----BEGIN CERTIFICATE-----)")
    }
  }
}

/// A proxy that connections go through.
public struct Proxy: Hashable, Sendable, CustomStringConvertible {
  /// The protocol of the proxy. The raw value is the scheme of its address.
  public enum Kind: String, Hashable, Sendable {
    /// Connections are requested with CONNECT, so that the proxy sees only the name of the host.
    case http
    /// SOCKS version 5, without a password.
    case socks5
  }

  /// Determined by the scheme of its address.
  public let kind: Kind
  /// A name or an IP address.
  public let host: String
  /// 1080 if the address has no port.
  public let port: Int
  let user: String?
  let password: String?

  /// Without user and password.
  public var description: String { "\(kind.rawValue)://\(host):\(port)" }

  /// A variable whose value is no valid proxy.
  public struct Invalid: Error, Sendable {
    /// Its name, such as `https_proxy`. The value may contain a password and is not kept.
    public let variable: String
  }

  /// The proxy for an address according to the environment, with the same rules as curl: the first that is set of `https_proxy`,
  /// `HTTPS_PROXY`, `all_proxy`, `ALL_PROXY`; none for hosts in `no_proxy` or `NO_PROXY`. Loopback addresses are reached directly.
  /// - Returns: nil: none is set, or the address is not reached through it.
  /// - Throws: `Invalid` for a variable whose value cannot be used.
  public static func named(in environment: [String: String], for address: APIAddress) throws(Invalid) -> Proxy? {
    guard let parts = URLComponents(string: address.description), parts.scheme == "https", let host = parts.host?.lowercased(),
      !APIAddress.isLoopback(host)
    else { return nil }
    let set = { (name: String) in environment[name].flatMap { $0.isEmpty ? nil : $0 } }
    if let exceptions = set("no_proxy") ?? set("NO_PROXY"), excludes(exceptions, host: host, port: parts.port ?? 443) {
      return nil
    }
    for variable in ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"] {
      guard let text = set(variable) else { continue }
      guard let proxy = Proxy(text) else { throw Invalid(variable: variable) }
      return proxy
    }
    return nil
  }

  private init?(_ text: String) {
    guard let parts = URLComponents(string: text.contains("://") ? text : "http://\(text)"), let host = parts.host, !host.isEmpty
    else { return nil }
    switch parts.scheme?.lowercased() {
    case "http": kind = .http
    case "socks5", "socks5h": kind = .socks5
    default: return nil
    }
    self.host = host
    port = parts.port ?? 1080
    user = parts.user
    password = parts.password
    // The network library does not support a password for such a proxy.
    if kind == .socks5, user != nil { return nil }
  }

  /// `example.com`, with or without a dot before it, matches itself and its subdomains; `*` matches everything.
  private static func excludes(_ exceptions: String, host: String, port: Int) -> Bool {
    exceptions.lowercased().split { $0 == "," || $0.isWhitespace }.contains { exception in
      if exception == "*" { return true }
      var name = exception
      if let colon = name.lastIndex(of: ":"), let number = Int(name[name.index(after: colon)...]) {
        guard number == port else { return false }
        name = name[..<colon]
      }
      let bare = name.hasPrefix(".") ? name.dropFirst() : name
      return host == bare || host.hasSuffix(".\(bare)")
    }
  }
}
