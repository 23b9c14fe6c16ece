import DevinSync

/// The exit status of a command (sysexits): how its run ended, or that the command line was wrong.
enum ExitStatus: Hashable, Sendable {
  case run(RunStatus)
  /// Wrong usage of the command line.
  case usage

  static let success = ExitStatus.run(.success)
  static let unusableData = ExitStatus.run(.unusableData)
  static let unavailable = ExitStatus.run(.unavailable)
  static let defect = ExitStatus.run(.defect)
  static let cannotCreate = ExitStatus.run(.cannotCreate)
  static let databaseFailed = ExitStatus.run(.databaseFailed)
  static let tryAgain = ExitStatus.run(.tryAgain)
  static let permission = ExitStatus.run(.permission)
  static let configuration = ExitStatus.run(.configuration)
  static let interrupted = ExitStatus.run(.interrupted)
  static let terminated = ExitStatus.run(.terminated)

  /// Part of the interface. The status of a run is the number that its mirror has in `sync_runs.status`.
  var rawValue: Int32 {
    switch self {
    case .run(let status): status.number
    case .usage: 64
    }
  }

  /// Every status, by number.
  static let all = (RunStatus.allCases.map(ExitStatus.run) + [.usage]).sorted { $0.rawValue < $1.rawValue }

  /// What it means: a line of the tables in `--help` and in the README.
  var meaning: String {
    switch self {
    case .usage: "wrong usage"
    case .run(.success): "success"
    case .run(.unusableData):
      "the server sent unusable data, deletions were held back, or `verify` found differences or unread lists"
    case .run(.unavailable):
      "the API was unavailable, lists are still pending, or `status --max-age` found old data"
    case .run(.defect): "internal error: a bug in devin-sync"
    case .run(.cannotCreate): "the database cannot be created"
    case .run(.databaseFailed): "reading or writing the database failed"
    case .run(.tryAgain): "another run is active, or the time limit was reached: run again"
    case .run(.permission): "the key was refused, can read nothing, or lost a permission"
    case .run(.configuration): "configuration missing or invalid, or the key belongs to another organization"
    case .run(.interrupted): "interrupted by SIGINT; progress is saved"
    case .run(.terminated): "terminated by SIGTERM; progress is saved"
    }
  }

  /// The status of a command that did several things: that of a run with all of their problems. Wrong usage counts last.
  static func combined(_ parts: some Sequence<ExitStatus>) -> ExitStatus {
    let parts = Array(parts)
    let runs = parts.compactMap { if case .run(let status) = $0 { status } else { nil } }
    let status = RunStatus.combined(runs)
    return status == .success && parts.contains(.usage) ? .usage : .run(status)
  }
}

extension SyncError {
  var exitStatus: ExitStatus {
    switch self {
    case .unknownResource, .nothingRequested: .usage
    case .mirror(let error): error.exitStatus
    default: .run(status)
    }
  }
}

extension MirrorError {
  var exitStatus: ExitStatus {
    switch self {
    case .unusableQuery, .unknownOrganization, .unknownUser, .emptyPeriod, .noSuchRow, .unknownColumn, .neededColumn,
      .noOrganizations:
      .usage
    case .searchIsOff: .configuration
    case .cannotCreate, .exists: .cannotCreate
    case .unusableFile: .databaseFailed
    case .locked, .tookTooLong: .tryAgain
    }
  }
}
