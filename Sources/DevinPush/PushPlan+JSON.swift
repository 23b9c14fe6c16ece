import DevinAPI
import MirrorReading

// What a push would do, and did, as JSON. Members may be added, never renamed.

extension PushPlan.Change: Encodable {
  private enum CodingKeys: String, CodingKey {
    case action, resource, key, orgId, fromOrgId, fromKey, reason, remarks, diff
    case path = "file"
  }

  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(decision.action, forKey: .action)
    try members.encode(resource, forKey: .resource)
    try members.encodeIfPresent(key, forKey: .key)
    try members.encode(path, forKey: .path)
    try members.encodeIfPresent(scope == .enterprise ? nil : scope.organization, forKey: .orgId)
    try members.encodeIfPresent(fromOrganization, forKey: .fromOrgId)
    try members.encodeIfPresent(fromKey, forKey: .fromKey)
    try members.encodeIfPresent(decision.reason, forKey: .reason)
    if !remarks.isEmpty { try members.encode(remarks, forKey: .remarks) }
    let diff = diffs.flatMap(\.lines).joined(separator: "\n")
    if !diff.isEmpty { try members.encode(diff, forKey: .diff) }
  }
}

extension PushResult: Encodable {
  private enum CodingKeys: String, CodingKey {
    case action, resource, key, outcome, detail
    case path = "file"
  }

  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(change.decision.action, forKey: .action)
    try members.encode(change.resource, forKey: .resource)
    try members.encodeIfPresent(key, forKey: .key)
    try members.encode(change.path, forKey: .path)
    try members.encode(outcome.name, forKey: .outcome)
    try members.encodeIfPresent(outcome.detail, forKey: .detail)
  }
}

extension PushResult.Outcome {
  /// Part of the interface.
  package var name: String {
    switch self {
    case .done: "done"
    case .storedDifferently: "stored_differently"
    case .conflict: "conflict"
    case .refused: "refused"
    case .unread: "unread"
    case .notSent: "not_sent"
    case .notDone: "not_done"
    case .unknown: "unknown"
    }
  }

  /// For people; nil: there is nothing to add.
  package var detail: String? {
    switch self {
    case .done: nil
    case .storedDifferently(let members): "the server stored \(members.joined(separator: ", ")) in another way than it was sent"
    case .conflict(let why), .notSent(let why): why
    case .refused(let error): error.message
    case .unread(let error): "\(error.message). Nothing was sent"
    case .notDone(let error): "\(error.message). It was looked for, and is not done: push again"
    case .unknown(let error): "\(error.message). The outcome is unknown. The next push checks it first"
    }
  }
}
