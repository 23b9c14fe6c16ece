import Crypto
package import Foundation

/// Replaces texts with pseudonyms. The same text always gets the same pseudonym. Without the key, nobody can find out the text, or check
/// a guess. The key of a copy is discarded when the copy is complete.
package struct Pseudonyms: Sendable {
  private let key: SymmetricKey

  /// With a new random key.
  package init() { key = SymmetricKey(size: .bits256) }

  /// - Parameter secret: at least 32 bytes.
  package init(secret: Data) { key = SymmetricKey(data: secret) }

  /// - Parameters:
  ///   - rule: the rule for the value, which is a single text.
  ///   - sibling: returns the text of another member of the same object.
  /// - Returns: nil: the value is left out.
  package func replacement(of text: String, _ rule: RedactionRule, sibling: (String) -> String?) -> String? {
    if text.isEmpty { return text }
    switch rule {
    case .kept: return word(text)
    case .tokens:
      return text.split(separator: " ", omittingEmptySubsequences: false).map { word(String($0)) }.joined(separator: " ")
    case .cron: return Self.isCron(text) ? text : name(text)
    case .text: return self.text(text)
    case .path: return path(text)
    case .url: return url(text)
    case .host: return host(text)
    case .person(let member): return person(text, by: member.flatMap(sibling))
    case .email(let member): return person(text, by: member.flatMap(sibling)) + "@example.invalid"
    case .dropped: return nil
    default: return name(text)
    }
  }

  /// For values that are not text: a number, or a list or an object without rules for its parts.
  func number(_ digits: String) -> String { String(code("number", digits) >> 12) }
  func other(_ json: String) -> String { hexadecimal("json", json) }

  private func word(_ text: String) -> String { Self.isWord(text) ? text : name(text) }

  func name(_ text: String) -> String { "name-\(hexadecimal("name", text))" }

  /// A pseudonym with the same number of characters as the text, or more if the text is short.
  private func text(_ text: String) -> String {
    let mark = "text-\(hexadecimal("text", text))"
    let missing = text.unicodeScalars.count - mark.utf8.count
    guard missing > 1 else { return mark }
    return mark + " " + String(repeating: "xxxxxxx ", count: (missing - 1) / 8) + String(repeating: "x", count: (missing - 1) % 8)
  }

  private func person(_ text: String, by id: String?) -> String { "person-\(hexadecimal("person", id ?? text.lowercased()))" }

  // MARK: - Addresses

  /// Hosts of public services.
  private static let publicHosts: Set<String> = [
    "github.com", "gitlab.com", "bitbucket.org", "dev.azure.com", "api.devin.ai", "app.devin.ai", "docs.devin.ai",
  ]
  /// Parts of paths that identify pull requests and sessions (`derived_pull_requests`).
  private static let routeWords: Set<String> = [
    "pull", "-", "merge_requests", "pull-requests", "pullrequest", "c", "+", "sessions", "_git",
  ]

  private func host(_ text: String) -> String {
    Self.publicHosts.contains(text) ? text : "host-\(hexadecimal("host", text)).example.invalid"
  }

  private func url(_ text: String) -> String {
    guard let mark = text.firstRange(of: "://") else { return path(text) }
    let scheme = text[..<mark.lowerBound]
    let parts = text[mark.upperBound...].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isKnown = ["http", "https", "ssh", "git"].contains(scheme)
    return (isKnown ? String(scheme) : name(String(scheme))) + "://"
      + ([host(parts[0])] + parts.dropFirst().map(segment)).joined(separator: "/")
  }

  private func path(_ text: String) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    // The first part of a path may be a host if it contains a dot.
    let first = parts.count > 1 && parts[0].contains(".") ? host(parts[0]) : segment(parts[0])
    return ([first] + parts.dropFirst().map(segment)).joined(separator: "/")
  }

  private func segment(_ text: String) -> String {
    let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    return isNumber || Self.routeWords.contains(text) ? text : name(text)
  }

  // MARK: - What may be kept

  /// Whether a text looks like an id, a time or an enumerated value, and not like an email address or a sentence.
  static func isWord(_ text: String) -> Bool {
    text.utf8.count <= 200
      && text.utf8.allSatisfy {
        switch $0 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "_-.:|+=/".utf8.contains($0)
        }
      }
  }

  /// Whether a text is a cron expression: five or six fields of numbers, symbols and names of days and months.
  private static func isCron(_ text: String) -> Bool {
    text.utf8.count <= 200
      && text.wholeMatch(
        of: /(?:(?:[0-9*?\/,-]|L|W|#|MON|TUE|WED|THU|FRI|SAT|SUN|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)+ *){1,7}/)
        != nil
  }

  // MARK: - The code

  private func hexadecimal(_ kind: String, _ text: String) -> String {
    let digits = String(code(kind, text), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// The first eight bytes.
  private func code(_ kind: String, _ text: String) -> UInt64 {
    var code = HMAC<SHA256>(key: key)
    code.update(data: Data("\(kind):".utf8))
    code.update(data: Data(text.utf8))
    return code.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
  }
}
