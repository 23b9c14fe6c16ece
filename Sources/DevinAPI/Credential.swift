/// The key of a service user or a person. It goes into one header and nowhere else: it cannot be printed, encoded or
/// compared, and `description` hides it.
public struct Credential: Sendable, CustomStringConvertible, CustomReflectable {
  package let key: String

  /// Why a text is no key.
  public enum Invalid: Error, Sendable {
    /// Nothing but white space.
    case empty
    /// Characters that no key has and no header may carry, such as a line break in the middle.
    case unprintable
    /// A key of the older interfaces v1 and v2, which v3 does not take.
    case legacy
  }

  /// White space around the key is dropped: a line break at the end of a key file would be answered with a puzzling 401.
  public init(_ text: String) throws(Invalid) {
    let key = text.trimmingPrefix(while: \.isWhitespace)
    let end = key.lastIndex { !$0.isWhitespace }
    guard let end else { throw .empty }
    let trimmed = key[...end]
    guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { throw .unprintable }
    guard !trimmed.hasPrefix("apk_") else { throw .legacy }
    self.key = String(trimmed)
  }

  /// False: the key may be one all the same, but does not begin like any that is known.
  public var hasKnownPrefix: Bool { key.hasPrefix("cog_") }

  /// The same for every key, so that none can be printed.
  public var description: String { "cog_…" }
  /// Without children, so that no debugger prints the key.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
