import Files
import Foundation
package import NIOSSL

/// How the API is reached. Certificates are always verified: there is no way to switch that off.
public struct NetworkRoute: Hashable, Sendable {
  /// Authorities that are trusted beside the system's; nil: the system's alone.
  public var authorities: Authorities?
  /// Nil: straight.
  public var proxy: Proxy?

  /// The default is the system's authorities and no proxy.
  public init(authorities: Authorities? = nil, proxy: Proxy? = nil) {
    self.authorities = authorities
    self.proxy = proxy
  }
}

/// Certificates of authorities, as a company has that signs its own.
public struct Authorities: Hashable, Sendable {
  package let certificates: [NIOSSLCertificate]

  /// Why a file holds none, for people.
  public struct Invalid: Error, Sendable {
    /// The end of a sentence that begins with the name of the file.
    public let reason: String
  }

  /// - Parameter file: a path of certificates in PEM.
  public init(file: String) throws(Invalid) {
    let text: [UInt8]
    do { text = [UInt8](try OpenFile(reading: file).read(limit: 1 << 24)) } catch {
      throw Invalid(reason: "cannot be read: \(error.why)")
    }
    do {
      certificates = try NIOSSLCertificate.fromPEMBytes(text)
    } catch {
      throw Invalid(reason: "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)")
    }
    guard !certificates.isEmpty else { throw Invalid(reason: "holds no certificate in PEM (-----BEGIN CERTIFICATE-----)") }
  }
}

/// A proxy that connections go through.
public struct Proxy: Hashable, Sendable, CustomStringConvertible {
  /// How connections are asked for. The raw value is the scheme of the proxy's address.
  public enum Kind: String, Hashable, Sendable {
    /// Asked with CONNECT, so that it sees no more than the host's name.
    case http
    case socks5
  }

  /// Follows from the scheme of its address.
  public let kind: Kind
  /// A name or an IP address.
  public let host: String
  /// 1080 where the address names none.
  public let port: Int
  let user: String?
  let password: String?

  /// Without user and password.
  public var description: String { "\(kind.rawValue)://\(host):\(port)" }

  /// A variable that names no proxy.
  public struct Invalid: Error, Sendable {
    /// Its name, such as `https_proxy`. The value may hold a password and is not kept.
    public let variable: String
  }

  /// The proxy that the environment names for an address, as curl understands it: `https_proxy`, `HTTPS_PROXY`, `all_proxy`,
  /// `ALL_PROXY`, the first that is set; none for what `no_proxy` or `NO_PROXY` lists. Loopback addresses are reached straight.
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
    // The library knows no password for such a proxy.
    if kind == .socks5, user != nil { return nil }
  }

  /// `example.com` stands for itself and what is below it, with or without a dot before it; `*` for everything.
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
