import DevinAPI

extension SyncProblem {
  /// A cause that several lists can share, so that it is reported once.
  enum Cause: Hashable, Sendable {
    case connection, server, busy, limit, untrusted, redirect, notJSON, shape
    /// Not requested because too many earlier requests had failed: the effect of another cause.
    case notAsked
    case permissionLost, withdrawn, quarantine
    case parentsUnread(String)
  }

  /// Nil: this problem is reported individually.
  var cause: Cause? {
    switch kind {
    case .permissionLost: .permissionLost
    case .withdrawn: .withdrawn
    case .quarantine: .quarantine
    case .parentsUnread(let parent): .parentsUnread(parent)
    case .requestFailed:
      switch error?.reason {
      case .connection: .connection
      case .server: .server
      case .busy: .busy
      case .rateLimited: .limit
      case .untrusted: .untrusted
      case .redirected: .redirect
      case .notJSON: .notJSON
      case .unexpectedShape: .shape
      case .unavailable: .notAsked
      default: nil
      }
    default: nil
    }
  }

  /// Whether it may share its cause with others, so that it is better reported at the end.
  package var isReportedAtTheEnd: Bool { cause != nil }

  /// The same problems, with those of one cause merged.
  static func merged(_ problems: [SyncProblem]) -> [SyncProblem] {
    let groups = Dictionary(grouping: problems.filter { $0.cause != nil }, by: \.cause)
    // Lists are skipped after many others have failed, so they are added to the most frequent of those failures.
    let main = groups.filter { $0.key != .notAsked && $0.value.first?.kind == .requestFailed }
      .max { $0.value.count < $1.value.count }?.key
    var reported: Set<Cause> = []
    return problems.compactMap { problem in
      guard let cause = problem.cause, let alike = groups[cause] else { return problem }
      if cause == .notAsked, main != nil { return nil }
      let notAsked = cause == main ? groups[.notAsked]?.count ?? 0 : 0
      guard alike.count >= cause.leastShared || notAsked > 0 else { return problem }
      return reported.insert(cause).inserted ? problem.standing(for: alike, notAsked: notAsked) : nil
    }
  }

  private func standing(for alike: [SyncProblem], notAsked: Int) -> SyncProblem {
    var merged = SyncProblem(kind.summing(alike.map(\.kind)), error: error)
    merged.keySource = keySource
    merged.lists = alike.map { "\($0.resource ?? "")\($0.organization.map { " of \($0)" } ?? "")" }
    merged.listsNotAsked = notAsked
    return merged
  }
}

extension SyncProblem.Cause {
  /// How many lists must share a cause before it is merged. Each permission needs its own fix, and shapes may differ, so a few
  /// of these are reported separately.
  fileprivate var leastShared: Int {
    switch self {
    case .permissionLost, .withdrawn, .shape: 4
    default: 2
    }
  }
}

extension SyncProblem.Kind {
  /// The same kind, with the permissions or the counts of all.
  fileprivate func summing(_ kinds: [SyncProblem.Kind]) -> SyncProblem.Kind {
    var permissions: Set<String> = []
    var (items, parents) = (0, 0)
    for kind in kinds {
      switch kind {
      case .permissionLost(let permission), .withdrawn(let permission): permissions.insert(permission)
      case .quarantine(let more, let moreParents):
        items += more
        parents += moreParents
      default: break
      }
    }
    let all = permissions.sorted().joined(separator: ", ")
    return switch self {
    case .permissionLost: .permissionLost(all)
    case .withdrawn: .withdrawn(all)
    case .quarantine: .quarantine(items: items, parents: parents)
    default: self
    }
  }
}
