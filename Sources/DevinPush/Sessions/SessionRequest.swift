/// What a row wishes of a session that is there.
enum SessionRequest: Hashable, Sendable {
  case message
  /// All tags that the session is to have.
  case tags([String])
  case archived
  case ended

  /// - Parameter facts: of the session, as it was read a moment ago.
  init(_ row: SessionRow, _ facts: SessionFacts) {
    switch row.action {
    case .create, .message: self = .message
    case .tags: self = .tags(row.addedTags.map { added in facts.tags + added.filter { !facts.tags.contains($0) } } ?? row.tags)
    case .archive: self = .archived
    case .terminate: self = .ended
    }
  }

  /// Whether the session is already so. A message never is: two of the same text are two.
  func isFulfilled(by facts: SessionFacts) -> Bool {
    switch self {
    case .message: false
    case .tags(let tags): Set(tags) == Set(facts.tags)
    case .archived: facts.isArchived
    case .ended: facts.hasEnded
    }
  }
}
