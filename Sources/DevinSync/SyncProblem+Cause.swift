import DevinAPI

extension SyncProblem {
  /// What several lists can meet for one and the same reason, so that it is told once.
  enum Cause: Hashable, Sendable {
    case connection, server, busy, limit, untrusted, redirect, notJSON, shape
    /// Not asked, since too many requests before had failed: what came of another cause.
    case notAsked
    case permissionLost, withdrawn, quarantine
  }

  /// Nil: it is told for itself.
  var cause: Cause? {
    switch kind {
    case .permissionLost: .permissionLost
    case .withdrawn: .withdrawn
    case .quarantine: .quarantine
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

  /// Whether it may turn out to have the cause of others, so that it is better told when all are known.
  public var isReportedAtTheEnd: Bool { cause != nil }

  /// The same problems, those of one cause made into one.
  static func merged(_ problems: [SyncProblem]) -> [SyncProblem] {
    let groups = Dictionary(grouping: problems.filter { $0.cause != nil }, by: \.cause)
    // Lists are not asked after many others have failed, and belong to what most of these met.
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
  /// How many lists must have met it to be told as one. Each permission has its own remedy, and each shape may be another, so
  /// that a few are told apart.
  fileprivate var leastShared: Int {
    switch self {
    case .permissionLost, .withdrawn, .shape: 4
    default: 2
    }
  }
}

extension SyncProblem.Kind {
  /// The same kind with the permissions, or the counts, of all.
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
