import DevinAPI

// What a push of secrets would do, and did, as JSON. Members may be added, never renamed.

private enum SecretKeys: String, CodingKey {
  case action, resource, key, replaces, secretId, outcome, error
}

extension KeyedEncodingContainer<SecretKeys> {
  /// The members that a plan and a result have.
  fileprivate mutating func encode(_ decision: SecretDecision, of entry: SecretEntry) throws {
    try encode(decision.action, forKey: .action)
    try encode("secrets", forKey: .resource)
    try encode(entry.key, forKey: .key)
  }
}

extension SecretPlan.Item: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: SecretKeys.self)
    try members.encode(decision, of: entry)
    try members.encodeIfPresent(decision.replaced, forKey: .replaces)
  }
}

extension SecretDecision {
  /// Ids of the secrets that are deleted after the new one was made; nil: none is replaced.
  package var replaced: [String]? { if case .replace(let ids) = self { ids } else { nil } }
}

extension SecretResult: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: SecretKeys.self)
    try members.encode(decision, of: entry)
    try members.encodeIfPresent(id, forKey: .secretId)
    try members.encode(outcome.name, forKey: .outcome)
    try members.encodeIfPresent(outcome.detail, forKey: .error)
  }
}

extension SecretResult.Outcome {
  /// Part of the interface.
  package var name: String {
    switch self {
    case .done: "done"
    case .exists: "exists"
    case .refused: "refused"
    case .unread: "unread"
    case .notSent: "not_sent"
    case .conflict: "conflict"
    case .notDone: "not_done"
    case .unknown: "unknown"
    }
  }

  /// For people; nil: there is nothing to add.
  package var detail: String? {
    switch self {
    case .done, .exists: nil
    case .refused(let error): error.message
    case .unread(let error): "\(error.message). Nothing was sent"
    case .notSent(let why), .conflict(let why): why
    case .notDone(let error): "\(error.message). It was looked for, and is not done: push again"
    case .unknown(let error): "\(error.message). The outcome is unknown. The next push checks it first"
    }
  }
}
