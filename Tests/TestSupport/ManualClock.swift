package import DevinAPI
package import DevinModel
import Synchronization

/// A clock that is advanced by a test.
package final class ManualClock: Sendable {
  package enum Sleeps: Sendable {
    /// A sleep ends when the clock has been advanced far enough.
    case untilAdvanced
    /// A sleep returns at once and moves the clock by its length.
    case passAtOnce
    /// The same, and real time is added, so that the clock agrees with a server that uses the system's.
    case passAtOnceInRealTime
  }

  private struct Sleeper {
    let number: Int
    let end: Duration
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var elapsed = Duration.zero
    var sleeps: [Duration] = []
    var sleepers: [Sleeper] = []
    /// Sleeps that were cancelled before they were queued.
    var cancelled: Set<Int> = []
    var audience: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let mode: Sleeps
  private let start: UnixTime
  private let created = ContinuousClock.now
  private let state = Mutex(State())

  /// - Parameter start: the date at the start.
  package init(_ mode: Sleeps = .passAtOnce, start: UnixTime = UnixTime(rawValue: 1_790_000_000)) {
    self.mode = mode
    self.start = start
  }

  package var time: TimeSource {
    TimeSource(
      elapsed: { self.elapsed },
      now: { self.mode == .passAtOnceInRealTime ? UnixTime.now.advanced(by: self.moved) : self.start.advanced(by: self.moved) },
      sleep: { try await self.sleep($0) })
  }

  package var elapsed: Duration { moved + (mode == .passAtOnceInRealTime ? created.duration(to: .now) : .zero) }
  /// By how much a test or its sleeps advanced the clock.
  private var moved: Duration { state.withLock(\.elapsed) }
  /// The length of every sleep that was begun, in order.
  package var sleeps: [Duration] { state.withLock(\.sleeps) }

  package func advance(by duration: Duration) {
    let woken = state.withLock { state in
      state.elapsed += duration
      let now = state.elapsed
      let woken = state.sleepers.filter { $0.end <= now }
      state.sleepers.removeAll { $0.end <= now }
      return woken
    }
    for sleeper in woken { sleeper.continuation.resume() }
  }

  /// Returns when this many tasks are sleeping.
  package func untilAsleep(_ count: Int) async {
    await withCheckedContinuation { continuation in
      let isThere = state.withLock { state in
        if state.sleepers.count >= count { return true }
        state.audience.append((count, continuation))
        return false
      }
      if isThere { continuation.resume() }
    }
  }

  private func sleep(_ duration: Duration) async throws {
    try Task.checkCancellation()
    if mode != .untilAdvanced {
      state.withLock { state in
        state.sleeps.append(duration)
        state.elapsed += duration
      }
      if mode == .passAtOnceInRealTime { await Task.yield() }
      return
    }
    let number = state.withLock { state in
      state.sleeps.append(duration)
      return state.sleeps.count
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { lieDown(Sleeper(number: number, end: elapsed + duration, continuation: $0)) }
    } onCancel: {
      wakeCancelled(number)
    }
  }

  private func lieDown(_ sleeper: Sleeper) {
    var isCancelled = false
    let seen = state.withLock { state in
      if state.cancelled.remove(sleeper.number) != nil {
        isCancelled = true
        return [CheckedContinuation<Void, Never>]()
      }
      state.sleepers.append(sleeper)
      let count = state.sleepers.count
      defer { state.audience.removeAll { $0.count <= count } }
      return state.audience.filter { $0.count <= count }.map(\.continuation)
    }
    if isCancelled { sleeper.continuation.resume(throwing: CancellationError()) }
    for continuation in seen { continuation.resume() }
  }

  private func wakeCancelled(_ number: Int) {
    let sleeper = state.withLock { state -> Sleeper? in
      guard let place = state.sleepers.firstIndex(where: { $0.number == number }) else {
        state.cancelled.insert(number)
        return nil
      }
      return state.sleepers.remove(at: place)
    }
    sleeper?.continuation.resume(throwing: CancellationError())
  }
}
