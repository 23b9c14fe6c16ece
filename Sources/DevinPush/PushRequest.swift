import DevinAPI

/// The bodies of requests, from the list of members of each kind and from nothing else.
enum PushBody {
  /// Groups of an automation whose members an organization may merge: what is to be empty is said.
  private static let groups: Set<String> = ["limits", "concurrency", "notifications", "session_settings", "tools"]

  /// What makes a new object. An automation is made switched off: its triggers could fire before anybody has looked at it. A schedule cannot
  /// be, since there is no such member.
  static func create(_ content: Content) -> JSONValue {
    guard !content.kind.isReplacedWhole else { return replace(content) }
    var members = Dictionary(uniqueKeysWithValues: content.kind.members.map { ($0.name, content[$0.name]) }).filter {
      $0.value != .null
    }
    members["enabled"] = content.kind == .automations ? .bool(false) : nil
    return .object(members)
  }

  /// What puts a whole object in the place of the one before.
  static func replace(_ content: Content) -> JSONValue {
    let sent = content.kind.members.filter { $0.isNullSent || content.says($0.name) }
    return .object(Dictionary(uniqueKeysWithValues: sent.map { ($0.name, content[$0.name]) }))
  }

  /// The members that differ, each whole.
  static func change(_ content: Content, from now: Content) -> JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: content.differences(from: now).map { name in
          (name, groups.contains(name) ? explicit(content[name], over: now[name]) : content[name])
        }))
  }

  /// With null for each member that the other one has and this one does not.
  private static func explicit(_ value: JSONValue, over now: JSONValue) -> JSONValue {
    guard let members = value.object, let others = now.object else { return value }
    let names = Set(members.keys).union(others.keys)
    return .object(
      Dictionary(
        uniqueKeysWithValues: names.map { name in
          (name, members[name].map { explicit($0, over: others[name] ?? .null) } ?? .null)
        }))
  }

  /// Why a change cannot be said in a way that every organization takes alike; nil: it can.
  static func objection(to content: Content, from now: Content) -> String? {
    guard content.kind == .automations, let mine = content["metadata"].object, let others = now["metadata"].object,
      !mine.isEmpty, !others.keys.allSatisfy({ mine[$0] != nil })
    else { return nil }
    return "single keys of metadata cannot be removed through the API; keep them, or remove all of it"
  }
}
