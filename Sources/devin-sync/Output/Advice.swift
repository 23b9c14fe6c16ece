import DevinSync

// What the reader can do, with the flags and variables of this command. What happened is described by the library.

extension SyncProblem {
  var messageWithAdvice: String { [message, advice].compactMap(\.self).joined(separator: " ") }

  /// Nil: the only thing to do is to wait for the next run.
  private var advice: String? {
    switch kind {
    case .keyRefused:
      "Check \(keySource ?? "DEVIN_API_KEY"): the key may be revoked, expired or of another deployment."
    case .permissionLost(let permission):
      "Give the service user \(permission) again, or pass --skip with the names of what is not needed."
    case .withdrawn(let permission):
      "\(likelyReason.isEmpty ? "The" : "Otherwise the") service user may have lost \(permission), or the organization is gone. Pass --skip with the names of what is not needed any more."
    case .requestFailed: adviceAfterFailure
    case .massDeletion: "Check in Devin whether they are really gone, then run once with --allow-mass-deletion."
    case .emptied:
      "If the rows are really gone, run once with --allow-mass-deletion; --skip \(resource ?? "it") leaves the resource out and its rows as they are."
    case .seenWithAnotherKey:
      "Check in Devin: give this key's user the same sight; or, if they are really gone, run once with --allow-mass-deletion."
    case .undecided:
      "Run once with a key that may read the enterprise's list and without --org; or, if they are really gone, run once with --allow-mass-deletion."
    case .organizationsUnknown: "Give it that permission, or name organizations with DEVIN_ORG_ID or --org."
    case .foreignOrganization: "Correct DEVIN_ORG_ID or --org, or use a key of that organization."
    case .nothingReadable:
      "Give its service user permissions in Devin (`devin-sync check` names those that each resource needs), and see that DEVIN_ORG_ID is its organization."
    case .nothingFound: "Check DEVIN_API_URL and DEVIN_ORG_ID."
    case .forbidden, .absent, .unsoundWalk, .quarantine, .unusablePage, .outOfReach, .listsPending, .filesRefused,
      .filesUnread, .databaseFailed, .defect:
      nil
    }
  }

  private var adviceAfterFailure: String {
    switch error?.reason {
    case .redirected: "Check DEVIN_API_URL."
    case .untrusted:
      "Check DEVIN_API_URL and this machine's clock. If a company's own authority signs here, name its certificate with --ca-file; a bare system may lack the package ca-certificates."
    case .rejected: "Please report it: devin-sync asked something that the server does not take. What was read before is kept."
    case .notJSON, .unexpectedShape, .tooLarge: "What was read before is kept. Check DEVIN_API_URL, and any proxy in between."
    default: "What was read is kept; run again to go on there."
    }
  }

  /// What to do if nothing could be read because of it.
  fileprivate var adviceAtOnce: String {
    switch error?.reason {
    case .connection: "Check the network, DEVIN_API_URL and any proxy, and run again."
    case .redirected, .notJSON, .unexpectedShape, .tooLarge: "Check DEVIN_API_URL, and any proxy or login page before the API."
    default: "Run again later."
    }
  }
}

extension SyncError {
  var messageWithAdvice: String {
    switch self {
    case .unknownResource: "\(message) `devin-sync resources` lists them; `all` and `default` are names too."
    case .noOrganization: "\(message) Say which one to mirror with DEVIN_ORG_ID or --org."
    case .keyRefused(let problem), .serverUntrusted(let problem), .foreignOrganization(let problem): problem.messageWithAdvice
    case .apiUnusable(let problem): "\(message) \(problem.adviceAtOnce)"
    case .organizationUnknown(let problem):
      "the key's organization could not be asked for: \(problem.messageWithAdvice) With DEVIN_ORG_ID or --org it need not be asked."
    case .mirror: message
    }
  }
}
