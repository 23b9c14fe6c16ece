import Foundation

/// The address of the API: `https://api.devin.ai`, or an enterprise's own host.
public struct APIAddress: Hashable, Sendable, CustomStringConvertible {
  /// Scheme, host, port and any path, without a slash at the end.
  public let description: String

  /// Devin's own API, `https://api.devin.ai`.
  public static let devin = APIAddress(checked: "https://api.devin.ai")

  /// Why a text is no valid API address.
  public enum Invalid: Error, Sendable {
    /// Not an absolute address with the scheme https or http.
    case notAnAddress
    /// The key would be sent unencrypted. Plain http is allowed only for loopback addresses.
    case plainHTTP(host: String)
    /// A user name, a query or a fragment, which an API address must not have.
    case unexpectedPart
  }

  private init(checked text: String) { description = text }

  /// - Parameter text: `https://host[:port][/path]`; surrounding white space and trailing slashes are removed.
  /// - Throws: `Invalid`.
  public init(_ text: String) throws(Invalid) {
    let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard let parts = URLComponents(string: trimmed, encodingInvalidCharacters: false), let host = parts.host, !host.isEmpty,
      let scheme = parts.scheme?.lowercased()
    else { throw .notAnAddress }
    guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else { throw .unexpectedPart }
    switch scheme {
    case "https": break
    case "http" where Self.isLoopback(host): break
    case "http": throw .plainHTTP(host: host)
    default: throw .notAnAddress
    }
    var address = trimmed
    while address.hasSuffix("/") { address.removeLast() }
    description = address
  }

  static func isLoopback(_ host: String) -> Bool {
    let bare = host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")).lowercased()
    if bare == "localhost" || bare == "::1" { return true }
    let numbers = bare.split(separator: ".", omittingEmptySubsequences: false)
    return numbers.count == 4 && numbers[0] == "127" && numbers.allSatisfy { UInt8($0) != nil }
  }
}
