import DevinModel
import Foundation
import MirrorStore

/// One row of a file of `push sessions`: what to do, under a key of the user's own.
package struct SessionRow: Sendable {
  package enum Action: String, CaseIterable, Sendable {
    case create, message, tags, archive, terminate
  }

  /// The session that a row is about.
  package enum Target: Hashable, Sendable {
    /// Its id, without the prefix `devin-`.
    case session(String)
    /// The session that the row with this key creates, or created.
    case row(String)
  }

  /// What a row cannot be, for people.
  struct Objection: Error, Hashable { let why: String }

  package let key: String
  package let action: Action
  /// Nil: the row creates one.
  let target: Target?
  /// What the row says beside key, action and target, without members that are null.
  let members: [String: JSONValue]

  /// SHA-256 of everything but the key. Rows with the same hash ask for the same.
  var hash: String {
    var all = members
    all["action"] = .text(action.rawValue)
    switch target {
    case .session(let id): all["session_id"] = .text(id)
    case .row(let key): all["session_key"] = .text(key)
    case nil: break
    }
    return ContentHash.of(JSONValue.object(all).canonical)
  }

  /// The most that the session may cost, in ACUs; nil: the row sets no limit.
  var limit: Int64? { if case .integer(let limit) = members["max_acu_limit"] { limit } else { nil } }
  /// As the row says it; of `tags` the whole list, of `create` those of the new session.
  var tags: [String] { members["tags"]?.list?.compactMap(\.text) ?? [] }
  /// Tags to add to those that the session has; nil: `tags` is the whole list.
  var addedTags: [String]? { members["add"]?.list?.compactMap(\.text) }
  var title: String? { members["title"]?.text }
  /// What a new session is asked to do.
  var prompt: String? { members["prompt"]?.text }
  var message: String? { members["message"]?.text }
  /// Whether a session that ends is archived, too.
  var archives: Bool { members["archive"] == .bool(true) }
}

extension SessionRow {
  /// A session has no more tags than this. A marker is one of them.
  static let tagLimit = 50

  /// Reads a row.
  /// - Throws: `Objection`.
  init(_ object: [String: JSONValue]) throws(Objection) {
    guard let key = object["key"] else { throw Objection(why: "`key` is missing") }
    guard let action = object["action"] else { throw Objection(why: "`action` is missing") }
    guard let action = action.text.flatMap(Action.init(rawValue:)) else {
      throw Objection(why: "`action` is one of \(Action.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    self.action = action
    try Form.text(most: 200).check(key, "key")
    self.key = key.text ?? ""
    let forms = Self.forms(of: action)
    var members: [String: JSONValue] = [:]
    for (name, value) in JSONValue.sorted(object) where !["key", "action"].contains(name) {
      guard let form = forms[name] else { throw Objection(why: Self.unknown(name, action)) }
      guard value != .null else { continue }
      try form.check(value, name)
      members[name] = value
    }
    target = try Self.target(&members, of: action)
    self.members = members
    for name in Self.required[action] ?? [] where members[name] == nil { throw Objection(why: "`\(name)` is missing") }
    if action == .tags, (members["tags"] == nil) == (members["add"] == nil) {
      throw Objection(why: "one of `tags` (the whole list) and `add` is needed")
    }
  }

  private static func target(_ members: inout [String: JSONValue], of action: Action) throws(Objection) -> Target? {
    guard action != .create else { return nil }
    switch (members.removeValue(forKey: "session_id")?.text, members.removeValue(forKey: "session_key")?.text) {
    case (let id?, nil): return .session(id.hasPrefix("devin-") ? String(id.dropFirst(6)) : id)
    case (nil, let key?): return .row(key)
    default: throw Objection(why: "one of `session_id` and `session_key` is needed")
    }
  }

  private static func unknown(_ name: String, _ action: Action) -> String {
    switch name {
    case "create_as_user_id", "message_as_user_id": "`\(name)` is not taken: sessions are started in the name of the key"
    case "session_secrets":
      "`session_secrets` is not taken: a value does not belong into a file. Use `push secrets` and `secret_ids`"
    default: "a row with the action \(action.rawValue) has no member `\(String(name.prefix(80)))`"
    }
  }

  // MARK: - Members

  private static let required: [Action: [String]] = [.create: ["prompt"], .message: ["message"]]

  /// What a value has to be.
  private enum Form {
    /// A line, with so many bytes.
    case text(most: Int)
    /// Lines, with tabs.
    case lines(most: Int)
    case list(most: Int, bytes: Int)
    case count
    case flag
    case object(bytes: Int)

    func check(_ value: JSONValue, _ name: String) throws(Objection) {
      switch (self, value) {
      case (.text(let most), .text(let text)): try Self.check(text, most, mayBreak: false, name)
      case (.lines(let most), .text(let text)): try Self.check(text, most, mayBreak: true, name)
      case (.list(let most, let bytes), .list(let values)):
        guard values.count <= most else { throw Objection(why: "`\(name)` has more than \(most) values") }
        for value in values { try Form.text(most: bytes).check(value, name) }
      case (.count, .integer(let number)) where number > 0: break
      case (.flag, .bool): break
      case (.object(let bytes), .object):
        guard value.canonical.utf8.count <= bytes else { throw Objection(why: "`\(name)` is longer than \(bytes >> 10) KiB") }
      default: throw Objection(why: "`\(name)` is no \(word)")
      }
    }

    private var word: String {
      switch self {
      case .text, .lines: "text"
      case .list: "list of texts"
      case .count: "whole number, 1 or more"
      case .flag: "true or false"
      case .object: "object"
      }
    }

    private static func check(_ text: String, _ most: Int, mayBreak: Bool, _ name: String) throws(Objection) {
      guard text.contains(where: { !$0.isWhitespace }) else { throw Objection(why: "`\(name)` is empty") }
      guard text.utf8.count <= most else { throw Objection(why: "`\(name)` is longer than \(most) bytes") }
      for scalar in text.unicodeScalars where scalar.properties.generalCategory == .control {
        guard mayBreak, ["\n", "\r", "\t"].contains(scalar) else {
          throw Objection(why: "`\(name)` holds the control character U+\(String(scalar.value, radix: 16, uppercase: true))")
        }
      }
    }
  }

  /// The documented members, but for impersonation, values of secrets and `devin_id`, of which nobody knows what it does.
  private static func forms(of action: Action) -> [String: Form] {
    let ids = Form.list(most: 500, bytes: 200)
    let addresses = Form.list(most: 100, bytes: 2_083)
    let tags = Form.list(most: tagLimit, bytes: 200)
    let target = ["session_id": Form.text(most: 200), "session_key": .text(most: 200)]
    return switch action {
    case .create:
      [
        "prompt": .lines(most: 512 << 10), "title": .text(most: 1_000), "tags": tags, "repos": ids,
        "playbook_id": .text(most: 200),
        "child_playbook_id": .text(most: 200), "knowledge_ids": ids, "secret_ids": ids, "session_links": addresses,
        "attachment_urls": addresses, "max_acu_limit": .count, "devin_mode": .text(most: 100), "platform": .text(most: 200),
        "resumable": .flag, "bypass_approval": .flag, "structured_output_schema": .object(bytes: 64 << 10),
        "structured_output_required": .flag,
      ]
    case .message: target.merging(["message": .lines(most: 512 << 10), "attachment_urls": addresses]) { $1 }
    case .tags: target.merging(["tags": tags, "add": tags]) { $1 }
    case .archive: target
    case .terminate: target.merging(["archive": .flag]) { $1 }
    }
  }
}
