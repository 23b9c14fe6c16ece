import DevinSync

// What the reader can do, with the flags and variables of this command. What happened is described by the library.

extension SyncProblem {
  var messageWithAdvice: String { [message, advice].compactMap(\.self).joined(separator: " ") }

  /// Nil: the only thing to do is to wait for the next run.
  private var advice: String? {
    switch kind {
    case .keyRefused:
      "Check \(keySource ?? "DEVIN_API_KEY"): the key may be revoked, expired, or for another deployment."
    case .permissionLost(let permission):
      "Give the service user \(permission) again, or leave out what you do not need with --skip."
    case .withdrawn(let permission):
      "\(likelyReason.isEmpty ? "The" : "Otherwise the") service user may have lost \(permission), or the organization was deleted. Leave out what you no longer need with --skip."
    case .requestFailed: adviceAfterFailure
    case .massDeletion: "Check in Devin whether they were really deleted. If so, run once with --allow-mass-deletion."
    case .emptied:
      "If the rows were really deleted, run once with --allow-mass-deletion. To keep the rows and stop reading the resource, use --skip \(resource ?? "NAME")."
    case .seenWithAnotherKey:
      "Check in Devin. Give this key's user the same permissions, or, if the rows were really deleted, run once with --allow-mass-deletion."
    case .undecided:
      "Run once without --org and with a key that may read the enterprise's list. If the rows were really deleted, run once with --allow-mass-deletion."
    case .organizationsUnknown: "Give it that permission, or set the organizations with DEVIN_ORG_ID or --org."
    case .foreignOrganization: "Correct DEVIN_ORG_ID or --org, or use a key of that organization."
    case .nothingReadable:
      "Give its service user permissions in Devin (`devin-sync check` lists what each resource needs). Check that DEVIN_ORG_ID is its organization."
    case .nothingFound: "Check DEVIN_API_URL and DEVIN_ORG_ID."
    case .parentsUnread(let parent): "Read \(parent) as well, or leave the resources below out, too, with --skip."
    case .forbidden, .absent, .unsoundWalk, .quarantine, .unusablePage, .outOfReach, .listsPending, .filesRefused,
      .filesUnread, .defect:
      nil
    case .databaseFailed(let error): error.advice
    }
  }

  private var adviceAfterFailure: String {
    switch error?.reason {
    case .redirected: "Check DEVIN_API_URL."
    case .untrusted:
      "Check DEVIN_API_URL and this machine's clock. If your company has its own certificate authority, name its certificate with --ca-file. On a minimal system, install the package ca-certificates."
    case .rejected: "Please report it: the server does not accept a request of devin-sync. What was read before is kept."
    case .notJSON, .unexpectedShape, .tooLarge: "What was read before is kept. Check DEVIN_API_URL and any proxy."
    default: "What was read is kept. Run again to continue."
    }
  }

  /// What to do if nothing could be read because of it.
  fileprivate var adviceAtOnce: String {
    switch error?.reason {
    case .connection: "Check the network, DEVIN_API_URL and any proxy, and run again."
    case .redirected, .notJSON, .unexpectedShape, .tooLarge:
      "Check DEVIN_API_URL, and any proxy or login page in front of the API."
    default: "Run again later."
    }
  }
}

extension SyncError {
  var messageWithAdvice: String {
    switch self {
    case .unknownResource(let name):
      "there is no resource or group `\(name)`.\(Catalogue.allNames.hint(for: name) ?? "") `devin-sync resources` lists them. `all` and `default` are also valid."
    case .nothingRequested: "\(message) Skip less (--skip, or `skip` in the configuration file), or name other resources."
    case .noOrganization: "\(message) Set the organization to mirror with DEVIN_ORG_ID or --org."
    case .keyRefused(let problem), .serverUntrusted(let problem), .foreignOrganization(let problem): problem.messageWithAdvice
    case .apiUnusable(let problem): "\(message) \(problem.adviceAtOnce)"
    case .organizationUnknown(let problem):
      "the organization of the key could not be requested: \(problem.messageWithAdvice) Or set it with DEVIN_ORG_ID or --org."
    case .mirror(let error): error.messageWithAdvice
    }
  }
}

extension MirrorError {
  var messageWithAdvice: String { [message, advice].compactMap(\.self).joined(separator: " ") }

  /// Nil: the message says what is to be done.
  fileprivate var advice: String? {
    switch self {
    case .cannotCreate, .emptyPeriod, .neededColumn: nil
    case .exists: "To overwrite it, use --force."
    case .unusableFile(let fault, _): fault.advice
    case .unusableQuery: "`devin-sync schema` lists tables and columns, `devin-sync query --list` lists questions."
    case .unknownOrganization: "`devin-sync status` shows them."
    case .unknownUser: "`devin-sync query 'SELECT * FROM people'` lists them."
    case .noSuchRow: "Check the id. If the row is new, run `devin-sync sync` first."
    case .searchIsOff:
      "Remove the setting and run `devin-sync sync`, or build the index now with `devin-sync search --rebuild`."
    case .tookTooLong: "--timeout sets a longer limit."
    case .unknownColumn(_, let known):
      known.isEmpty
        ? "Write RESOURCE.COLUMN. `devin-sync resources` lists resources, `devin-sync schema NAME` their columns." : nil
    case .noOrganizations: "Leave out --org."
    case .locked: "To wait for it, use --lock-wait 30s."
    }
  }
}

extension MirrorError.Fault {
  fileprivate var advice: String? {
    switch self {
    case .missing: "Run `devin-sync sync` first, or give its path with --database."
    case .foreign: "Use another file with --database."
    case .outdated: "Run `devin-sync sync` to upgrade it."
    case .logUnreadable:
      "As the user who syncs, run `devin-sync backup FILE` to make a consistent copy, and chmod it so that others can read it."
    case .changedMeanwhile:
      "Run the command again. Or read a consistent copy: run `devin-sync backup FILE` as the user who syncs."
    case .damagedIndex: "`devin-sync search --rebuild` rebuilds it."
    case .newer, .other: nil
    }
  }
}

extension OpenPushes {
  var sentences: [String] { sentences("the next push with --apply") }
}
