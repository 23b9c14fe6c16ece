import Foundation

/// What a reader of a feed already has, so that the next feed sends only the rest. The reader keeps the state: a Singer target prints it
/// once it has stored everything before it.
package struct FeedState: Hashable, Sendable {
  /// How far one resource was sent.
  package struct Bookmark: Hashable, Sendable, Codable {
    /// Every change of the file up to this number was sent; 0: there was none.
    package var change: Int64
    /// A fingerprint of that change, which distinguishes this file from another file or another copy; empty: there was none.
    package var mark: String
    /// The newest change that `maintain` had removed from the history; 0: none.
    package var pruned: Int64
    /// As in `FeedStream.selection`.
    package var selection: String
    /// How many rows there were, for child resources; nil: for all others.
    package var rows: Int64?
    /// The version of the last complete set of rows.
    package var version: Int64
    /// Whether the reader was informed that there are no rows except those of this version.
    package var isActive: Bool

    enum CodingKeys: String, CodingKey {
      case change = "change_id"
      case mark, pruned, selection, rows, version
      case isActive = "is_active"
    }
  }

  /// By resource.
  package var bookmarks: [String: Bookmark]

  package init(bookmarks: [String: Bookmark] = [:]) { self.bookmarks = bookmarks }

  /// Why a text contains no usable state.
  package enum Problem: Error, Hashable, Sendable {
    /// No line of it is a state.
    case none
    /// The newest state was written by a later version of devin-sync.
    case newer(Int)
    /// The newest state does not have the form that this program writes.
    case malformed
  }

  /// The newest state in the output of a target, or in an NDJSON feed. It is on the last line or, if the target was killed while writing,
  /// on the last line that is a state. Nil: the text is empty.
  /// - Throws: `Problem`.
  package init?(text: some StringProtocol) throws(Problem) {
    let lines = text.split(whereSeparator: \.isNewline).filter { $0.contains { !$0.isWhitespace } }
    if lines.isEmpty { return nil }
    for line in lines.reversed() {
      guard let value = Self.value(of: Data(line.utf8)) else { continue }
      self = try Self(value)
      return
    }
    throw .none
  }

  /// The state object in a line: alone, in a Singer message, or in a line of NDJSON.
  private static func value(of line: Data) -> [String: Any]? {
    guard let object = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any] else { return nil }
    let inner =
      object["type"] as? String == "STATE" ? object["value"] : object["op"] as? String == "state" ? object["state"] : object
    guard let value = inner as? [String: Any], value[CodingKeys.format.rawValue] != nil else { return nil }
    return value
  }

  private init(_ value: [String: Any]) throws(Problem) {
    guard let format = value[CodingKeys.format.rawValue] as? Int else { throw .malformed }
    guard format <= Self.format else { throw .newer(format) }
    guard let data = try? JSONSerialization.data(withJSONObject: value),
      let state = try? JSONDecoder().decode(Self.self, from: data),
      state.bookmarks.values.allSatisfy({ $0.change >= 0 && $0.version > 0 && $0.version < 1 << 53 })
    else { throw .malformed }
    self = state
  }

  /// The state as one line of JSON.
  package var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Texts and numbers can always be encoded.
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
  }
}

extension FeedState: Codable {
  private static let format = 1

  private enum CodingKeys: String, CodingKey {
    case bookmarks
    case format = "devin_sync_feed"
  }

  package init(from decoder: any Decoder) throws {
    bookmarks = try decoder.container(keyedBy: CodingKeys.self).decode([String: Bookmark].self, forKey: .bookmarks)
  }

  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(Self.format, forKey: .format)
    try members.encode(bookmarks, forKey: .bookmarks)
  }
}
