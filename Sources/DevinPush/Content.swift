import Foundation
import MirrorStore

/// What can be written of one object: the members of its kind, each with a value.
package struct Content: Sendable {
  package let kind: ContentKind
  /// By name; what is missing is null.
  let members: [String: JSONValue]

  init(_ kind: ContentKind, _ members: [String: JSONValue]) {
    self.kind = kind
    self.members = members
  }

  /// What can be written of an object as Devin sent it.
  init(_ kind: ContentKind, row: [String: JSONValue]) {
    self.kind = kind
    var members = row
    switch kind {
    case .notes, .playbooks: break
    case .schedules: members["playbook_id"] = row["playbook"]?.object?["playbook_id"] ?? row["playbook_id"]
    case .automations:
      members["triggers"] = row["triggers"].map { Self.each(of: $0) { $0.without("trigger_id", "webhook") } }
      members["actions"] = row["actions"].map { Self.each(of: $0, Self.action) }
      members["security_profile"] = row["security_profile"].map(Self.profile)
    }
    let names = Set(kind.members.map(\.name))
    self.members = members.filter { names.contains($0.key) }
  }

  package var name: String { self[kind.nameMember].text ?? "" }

  /// Whether it says anything of a member.
  func says(_ name: String) -> Bool { members[name] ?? .null != .null }

  /// As it is sent and shown: with what null stands for.
  subscript(_ name: String) -> JSONValue {
    let value = members[name] ?? .null
    guard value == .null, let member = kind.members.first(where: { $0.name == name }) else { return value }
    return member.standard ?? .null
  }

  /// As it is compared: null, absence, empty lists of tags and empty maps alike, tags in any order, times as moments.
  func compared(_ name: String) -> JSONValue {
    switch (name, self[name]) {
    case ("tags", .list(let tags)):
      tags.isEmpty ? .null : .list(tags.sorted { $0.canonical < $1.canonical })
    case ("metadata", .object(let pairs)) where pairs.isEmpty: .null
    case ("triggers", let value), ("actions", let value): value.withoutNulls.without(Self.filledIn)
    case ("scheduled_at", .text(let time)): Self.moment(time).map { .number($0) } ?? .text(time)
    case (_, let value): value.withoutNulls
    }
  }

  /// SHA-256 of what can be written, the same for contents that mean the same; 64 hexadecimal digits.
  package var hash: String {
    let all = JSONValue.object(Dictionary(uniqueKeysWithValues: kind.members.map { ($0.name, compared($0.name)) }))
    return ContentHash.of(all.canonical)
  }

  /// Names of the members in which another one differs, in the order of the kind.
  func differences(from other: Content) -> [String] {
    kind.members.map(\.name).filter { compared($0).canonical != other.compared($0).canonical }
  }

  /// The same, with another one's values where they mean the same, so that a comparison shows nothing but what differs.
  func written(like other: Content) -> Content {
    let same = Set(kind.members.map(\.name)).subtracting(differences(from: other))
    return Content(kind, members.merging(other.members.filter { same.contains($0.key) }) { $1 })
  }

  // MARK: - Of rows of automations

  /// What the service adds to triggers and actions where a request says nothing of it.
  private static let filledIn: [String: JSONValue] = [
    "bypass_approval": .bool(false), "auto_create": .bool(false), "tags": .list([]), "replies": .list([]),
    "session": .object([:]),
  ]

  private static func each(of list: JSONValue, _ change: (JSONValue) -> JSONValue) -> JSONValue {
    list.list.map { .list($0.map(change)) } ?? list
  }

  /// Without what the service works out of the prompt, and without a session that it chooses itself.
  private static func action(_ action: JSONValue) -> JSONValue {
    guard var members = action.object else { return action }
    members["session"] = members["session"].map { $0.without("playbook_id", "repos") }
    if members["auto_create"] == .bool(true) { members["target_devin_id"] = nil }
    return .object(members)
  }

  /// A row tells the choice, and a request the id that follows from it.
  private static func profile(_ profile: JSONValue) -> JSONValue {
    guard let members = profile.object, let selection = members["selection"]?.text else { return profile }
    return switch selection {
    case "inherit": .null
    case "none": .object(["profile_id": .null])
    default: .object(["profile_id": members["profile_id"] ?? .null])
    }
  }

  private static func moment(_ time: String) -> Double? {
    let style = Date.ISO8601FormatStyle(includingFractionalSeconds: time.contains("."))
    return (try? style.parse(time))?.timeIntervalSince1970
  }
}

extension JSONValue {
  /// Without members of these names that have these values, in lists and objects too.
  fileprivate func without(_ values: [String: JSONValue]) -> JSONValue {
    switch self {
    case .list(let list): .list(list.map { $0.without(values) })
    case .object(let members): .object(members.mapValues { $0.without(values) }.filter { values[$0.key] != $0.value })
    default: self
    }
  }

  /// The same object without these members; what is no object stays as it is.
  fileprivate func without(_ names: String...) -> JSONValue {
    object.map { .object($0.filter { !names.contains($0.key) }) } ?? self
  }
}
