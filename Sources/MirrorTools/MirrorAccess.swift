import DevinModel
import MirrorReading
import ModelContext

/// Opens the mirror for each call, so a file that is created, replaced or upgraded is read in its current state. It also checks freshness.
actor MirrorAccess {
  /// The number of calls that read at once; others wait.
  private static let mostReaders = 8
  /// The maximum size of one value in bytes, which keeps a query from creating gigabytes.
  private static let longestValue = 16 << 20

  private let database: String
  /// Resources requested in the settings.
  private let asked: Set<String>
  private var readers = 0
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private var known: Known?
  private var refresh: (stamp: MirrorReader.Stamp, task: Task<Known, any Error>)?

  private struct Known: Sendable {
    let freshness: MirrorReader.Freshness
    let stamp: MirrorReader.Stamp
    let checkedAt: UnixTime
    let moment: ContinuousClock.Instant
    /// How long the check took.
    let effort: Duration

    var json: JSONObject {
      let completeness = freshness.completeness
      return [
        "verdict": .text(completeness.verdict()), "is_complete": .truth(completeness.isComplete),
        "as_of": completeness.isComplete ? .time(completeness.asOf) : nil, "newest_list": .time(freshness.newest),
        "checked_at": .time(checkedAt), "sync_is_running": .truth(freshness.isSyncing),
      ]
    }
  }

  init(database: String, asked: Set<String>) {
    self.database = database
    self.asked = asked
  }

  /// - Throws: `MirrorError`; errors of `work`.
  func reading<Result: Sendable>(_ work: @Sendable (MirrorReader) async throws -> Result) async throws -> Result {
    if readers >= Self.mostReaders {
      await withCheckedContinuation { waiting.append($0) }
    } else {
      readers += 1
    }
    defer { leave() }
    try Task.checkCancellation()
    return try await Self.open(database, work)
  }

  /// Outside of the actor, since opening and closing a file takes some time.
  private static nonisolated func open<Result: Sendable>(
    _ database: String, _ work: @Sendable (MirrorReader) async throws -> Result
  ) async throws -> Result {
    try await work(MirrorReader(database: database, longestValue: longestValue, keepsAnswers: false))
  }

  /// Gives this slot to the next waiting call.
  private func leave() {
    if waiting.isEmpty { readers -= 1 } else { waiting.removeFirst().resume() }
  }

  /// For a large mirror that a sync is changing, the result is up to ten seconds old, as `checked_at` says, since a new check takes
  /// longer than most answers.
  /// - Throws: `MirrorError`.
  func freshness(_ reader: MirrorReader) async throws -> JSONObject {
    try await current(reader).json
  }

  private func current(_ reader: MirrorReader) async throws -> Known {
    let stamp = reader.stamp
    if let known, known.stamp == stamp { return known }
    if let known, known.effort > .milliseconds(30), known.moment.duration(to: .now) < .seconds(10), try await reader.isSyncing() {
      if known.moment.duration(to: .now) > known.effort * 10 { _ = refreshed(stamp, reader) }
      return known
    }
    return try await refreshed(stamp, reader).value
  }

  private func refreshed(_ stamp: MirrorReader.Stamp, _ reader: MirrorReader) -> Task<Known, any Error> {
    if let refresh, refresh.stamp == stamp { return refresh.task }
    let task = Task { [asked] in
      let start = ContinuousClock.now
      let freshness = try await reader.freshness(asked: asked)
      return Known(
        freshness: freshness, stamp: stamp, checkedAt: .now, moment: .now, effort: start.duration(to: .now))
    }
    refresh = (stamp, task)
    Task {
      let result = try? await task.value
      self.finish(result, stamp)
    }
    return task
  }

  private func finish(_ result: Known?, _ stamp: MirrorReader.Stamp) {
    if let result { known = result }
    if refresh?.stamp == stamp { refresh = nil }
  }
}
