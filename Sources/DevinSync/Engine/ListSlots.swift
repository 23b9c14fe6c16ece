import Synchronization

/// Limits how many lists a run reads at once, over all resources and organizations, since a list holds up to two pages in memory. There
/// are more slots than allowed requests, because a list whose page is being written has no request in flight.
final class ListSlots: Sendable {
  private struct State {
    var taken = 0
    var nextNumber = 0
    var line: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
  }

  private let state = Mutex(State())
  /// How many requests may be in flight now.
  private let window: @Sendable () -> Int

  init(window: @escaping @Sendable () -> Int) { self.window = window }

  /// More lists than requests: pages that wait for the writer share its next transaction, and the fewer transactions there are, the fewer
  /// pages of the file are written twice.
  private var limit: Int { 2 * window() + 40 }

  /// Takes a slot if one is free and nobody waits for one; `leave` gives it back.
  func enterAtOnce() -> Bool {
    let limit = limit
    return state.withLock { state in
      guard state.line.isEmpty, state.taken < limit else { return false }
      state.taken += 1
      return true
    }
  }

  /// Waits for a slot.
  /// - Returns: false when the task was cancelled; then there is nothing to give back.
  func enter() async -> Bool {
    if Task.isCancelled { return false }
    if enterAtOnce() { return true }
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        state.withLock { $0.line.append((number, continuation)) }
        // A slot may have become free, or the task may have been cancelled, before it was in the line.
        if Task.isCancelled { giveUp(number) } else { admit() }
      }
    } onCancel: {
      giveUp(number)
    }
  }

  func leave() {
    state.withLock { $0.taken -= 1 }
    admit()
  }

  private func admit() {
    let limit = limit
    let admitted = state.withLock { state in
      var admitted: [CheckedContinuation<Bool, Never>] = []
      while state.taken < limit, !state.line.isEmpty {
        state.taken += 1
        admitted.append(state.line.removeFirst().continuation)
      }
      return admitted
    }
    for continuation in admitted { continuation.resume(returning: true) }
  }

  private func giveUp(_ number: Int) {
    let continuation = state.withLock { state in
      state.line.firstIndex { $0.number == number }.map { state.line.remove(at: $0).continuation }
    }
    continuation?.resume(returning: false)
  }
}
