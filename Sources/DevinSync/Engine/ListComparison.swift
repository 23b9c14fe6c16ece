import MirrorStore
import Synchronization

/// Collects how one list differs from the mirror, page by page. With repair, a page with a difference is committed as received,
/// so no further request is needed.
final class ListComparison: Sendable {
  struct Findings: Sendable {
    var listed: Set<ExactText> = []
    var differences: [PageComparison.Difference] = []
    var malformed = 0
  }

  /// The list's stored checkpoint, which is written with repaired rows; nil: nothing is written.
  private let repair: Checkpoint?
  private let state = Mutex(Findings())

  init(repair: Checkpoint? = nil) { self.repair = repair }

  var findings: Findings { state.withLock { $0 } }

  func compare(_ page: PageCommit, in store: MirrorStore) async throws -> PageOutcome {
    let found = try await store.compare(page)
    if let repair, !found.differences.isEmpty {
      _ = try await store.commit(page.repairing(repair)) { _ in repair }
    }
    var outcome = PageOutcome()
    outcome.received = found.received
    outcome.malformed = found.malformed
    if repair != nil {
      outcome.inserted = found.differences.count { $0.kind == .missing }
      outcome.changed = found.differences.count - outcome.inserted
    }
    outcome.newKeys = state.withLock { state in
      let before = state.listed.count
      state.listed.formUnion(Set(texts: found.keys))
      state.differences += found.differences
      state.malformed += found.malformed
      return state.listed.count - before
    }
    return outcome
  }
}
