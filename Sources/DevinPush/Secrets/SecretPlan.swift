import DevinModel

/// A secret as the server lists it, which is everything but its value.
struct SecretFacts: Hashable, Sendable {
  let id: String
  let key: String
  let body: String
  /// Whether it is the organization's, and not a person's own.
  let isOfOrganization: Bool
  /// Nil: the server does not say.
  let createdAt: UnixTime?

  /// - Returns: nil: it is no secret with a name.
  init?(_ members: [String: JSONValue]) {
    guard let id = members["secret_id"]?.text, let key = members["key"]?.text else { return nil }
    self.id = id
    self.key = key
    // Should a value ever come along, it goes no further.
    body = JSONValue.object(members.filter { $0.key != "value" }).canonical
    isOfOrganization = members["access_type"]?.text != "personal"
    createdAt = if case .integer(let time) = members["created_at"] { UnixTime(reported: time) } else { nil }
  }

  func has(_ key: String) -> Bool { isOfOrganization && self.key.utf8.elementsEqual(key.utf8) }
}

/// What becomes of a secret of a file. Values cannot be compared, since nobody can read them.
package enum SecretDecision: Hashable, Sendable {
  case create
  /// A new one is made, and then these go.
  case replace([String])
  /// The organization has it. Nothing is sent.
  case exists

  init(_ entry: SecretEntry, among secrets: [SecretFacts], replaces: Bool) {
    let same = secrets.filter { $0.has(entry.key) }
    self = same.isEmpty ? .create : replaces ? .replace(same.map(\.id).sorted()) : .exists
  }

  package var isWrite: Bool { self != .exists }
  /// Part of the interface.
  package var action: String {
    switch self {
    case .create: "create"
    case .replace: "replace"
    case .exists: "exists"
    }
  }
}

/// What pushing a file of secrets would do.
package struct SecretPlan: Sendable {
  package struct Item: Sendable {
    package let entry: SecretEntry
    package let decision: SecretDecision
  }

  /// In the order of the file.
  package let items: [Item]
  package var writes: [Item] { items.filter(\.decision.isWrite) }

  init(_ entries: [SecretEntry], among secrets: [SecretFacts], replaces: Bool) {
    items = entries.map { Item(entry: $0, decision: SecretDecision($0, among: secrets, replaces: replaces)) }
  }
}

/// What is asked of `push secrets` beyond its file.
package struct SecretOptions: Sendable {
  package var replaces = false
  /// Whether the old secret goes before the new one is there.
  package var allowsGap = false

  package init() {}
}
