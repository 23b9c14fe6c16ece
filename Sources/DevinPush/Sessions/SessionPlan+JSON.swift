import DevinAPI

// What a push of session rows would do, and did, as JSON. Members may be added, never renamed.

private enum SessionKeys: String, CodingKey {
  case key, action, outcome, sessionId, url, title, error
}

extension SessionPlan.Item: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: SessionKeys.self)
    try members.encode(row.key, forKey: .key)
    try members.encode(row.action.rawValue, forKey: .action)
    try members.encode(decision.name, forKey: .outcome)
    try members.encodeIfPresent(session, forKey: .sessionId)
    if case .unchanged(_, let url?) = decision { try members.encode(url, forKey: .url) }
    try members.encodeIfPresent(title, forKey: .title)
    try members.encodeIfPresent(decision.detail, forKey: .error)
  }
}

extension SessionDecision {
  /// Part of the interface.
  package var name: String {
    switch self {
    case .send: "planned"
    case .unchanged: "unchanged"
    case .open: "open"
    case .conflict: "conflict"
    case .blocked: "blocked"
    }
  }

  /// For people; nil: there is nothing to add.
  package var detail: String? {
    switch self {
    case .send, .unchanged: nil
    case .open: "the outcome is unknown"
    case .conflict(let why), .blocked(let why): why
    }
  }
}

extension SessionResult: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: SessionKeys.self)
    try members.encode(row.key, forKey: .key)
    try members.encode(row.action.rawValue, forKey: .action)
    try members.encode(outcome.name, forKey: .outcome)
    try members.encodeIfPresent(session, forKey: .sessionId)
    try members.encodeIfPresent(url, forKey: .url)
    try members.encodeIfPresent(outcome.detail, forKey: .error)
  }
}

extension SessionResult.Outcome {
  /// Part of the interface.
  package var name: String {
    switch self {
    case .done: "done"
    case .unchanged: "unchanged"
    case .refused: "refused"
    case .unread: "unread"
    case .notSent: "not_sent"
    case .blocked: "blocked"
    case .conflict: "conflict"
    case .notDone: "not_done"
    case .open: "open"
    }
  }

  /// For people; nil: there is nothing to add.
  package var detail: String? {
    switch self {
    case .done, .unchanged: nil
    case .refused(let error): error.message
    case .unread(let error): "\(error.message). Nothing was sent"
    case .notSent(let why), .blocked(let why), .conflict(let why), .open(let why): why
    case .notDone(let error): "\(error.message). It was looked for, and is not done: push again"
    }
  }
}
