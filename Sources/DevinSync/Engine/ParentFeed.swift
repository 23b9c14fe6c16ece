import Synchronization

/// Informs the workers for child lists that pages of the parent list have been committed, while it is still being read.
final class ParentFeed: Sendable {
  private struct State {
    var pages = 0
    var isOver = false
    var nextNumber = 0
    var audience: [(number: Int, continuation: CheckedContinuation<Void, Never>)] = []
  }

  private let state = Mutex(State())

  /// Pages committed so far; nil: the list has been read, or its walk has ended early.
  var pages: Int? { state.withLock { $0.isOver ? nil : $0.pages } }

  func committed() { tell { $0.pages += 1 } }
  func finish() { tell { $0.isOver = true } }

  private func tell(_ change: (inout State) -> Void) {
    let audience = state.withLock { state in
      change(&state)
      defer { state.audience = [] }
      return state.audience
    }
    for listener in audience { listener.continuation.resume() }
  }

  /// Waits until more than this many pages have been committed, the list has ended, or the task is cancelled.
  func next(after pages: Int) async {
    let number = state.withLock { state in
      state.nextNumber += 1
      return state.nextNumber
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isThere = state.withLock { state in
          if state.isOver || state.pages > pages || Task.isCancelled { return true }
          state.audience.append((number, continuation))
          return false
        }
        if isThere { continuation.resume() }
      }
    } onCancel: {
      let listener = state.withLock { state in
        state.audience.firstIndex { $0.number == number }.map { state.audience.remove(at: $0) }
      }
      listener?.continuation.resume()
    }
  }
}
