import DevinModel
import MirrorReading
import ModelContext

/// Opens the mirror for each call, so that a file that appears, is replaced or is upgraded is read as it is now, and knows how complete it is.
actor MirrorAccess {
  /// Calls that read at once; others wait for their turn.
  private static let mostReaders = 8
  /// Bytes of one value, which keeps a query from making gigabytes.
  private static let longestValue = 16 << 20

  private let database: String
  /// Resources that the settings ask for.
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
    /// How long it took to find out.
    let effort: Duration

    var json: JSONObject {
      let completeness = freshness.completeness
      return [
        "verdict": .text(completeness.verdict()), "is_complete": .truth(completeness.isComplete),
        "as_of": completeness.isComplete ? .time(completeness.asOf) : nil, "newest_list": .time(freshness.newest),
        "checked_at": .time(checkedAt.rawValue), "sync_is_running": .truth(freshness.isSyncing),
      ]
    }
  }

  init(database: String, asked: Set<String>) {
    self.database = database
    self.asked = asked
  }

  /// - Throws: `MirrorError`; what `work` throws.
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

  /// Outside of the actor: opening and closing a file takes a while.
  private static nonisolated func open<Result: Sendable>(
    _ database: String, _ work: @Sendable (MirrorReader) async throws -> Result
  ) async throws -> Result {
    try await work(MirrorReader(database: database, longestValue: longestValue, keepsAnswers: false))
  }

  /// The next one that waits takes this place.
  private func leave() {
    if waiting.isEmpty { readers -= 1 } else { waiting.removeFirst().resume() }
  }

  /// Of a large mirror, while a sync changes it all the time, it is the state of up to ten seconds ago, as `checked_at` says: to find out takes
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
