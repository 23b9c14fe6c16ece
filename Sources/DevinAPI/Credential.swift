/// The key of a service user or a person. It is only ever written into one header: it cannot be printed, encoded or
/// compared, and `description` hides it.
public struct Credential: Sendable, CustomStringConvertible, CustomReflectable {
  package let key: String

  /// Why a text is no valid key.
  public enum Invalid: Error, Sendable {
    /// Only white space.
    case empty
    /// Characters that no key contains and that are not allowed in a header, such as a line break.
    case unprintable
    /// A key for the older API versions v1 and v2, which v3 does not accept.
    case legacy
  }

  /// Surrounding white space is removed: a line break at the end of a key file would otherwise cause a confusing 401.
  /// - Throws: `Invalid`.
  public init(_ text: String) throws(Invalid) {
    let key = text.trimmingPrefix(while: \.isWhitespace)
    let end = key.lastIndex { !$0.isWhitespace }
    guard let end else { throw .empty }
    let trimmed = key[...end]
    guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { throw .unprintable }
    guard !trimmed.hasPrefix("apk_") else { throw .legacy }
    self.key = String(trimmed)
  }

  /// False: the text may still be a key, but does not begin like any known one.
  public var hasKnownPrefix: Bool { key.hasPrefix("cog_") }

  /// The same for every key, so that none can be printed.
  public var description: String { "cog_…" }
  /// Without children, so that no debugger prints the key.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
