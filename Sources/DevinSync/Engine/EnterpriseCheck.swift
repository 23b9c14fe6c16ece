import DevinAPI
import DevinModel
import MirrorStore

/// Asks the enterprise about rows that are missing from one organization's list, but were in the enterprise's list when it was last read.
/// The organization's list alone does not prove a deletion: a row may have moved, or be visible only to the enterprise.
struct EnterpriseCheck: Sendable {
  /// Keys of rows, grouped by the enterprise's answer.
  struct Finding: Sendable {
    var absent: [String] = []
    /// This key may not ask the enterprise.
    var unasked: [String] = []
    /// The answer proves nothing.
    var unproven: [String] = []

    static let none = Finding()
  }

  /// The enterprise's list.
  let list: ListID
  private let number: Int64
  private let checkpoint: Checkpoint
  /// How to ask; nil: this key cannot.
  private let walk: ListWalk?
  /// Rows that the enterprise's list held, and that the organization's list has just listed.
  private let known: [String]
  private let run: SyncRun
  private let resource: Resource

  /// Nil: the walk is not of an organization's list, or the enterprise's list was never read.
  /// - Parameters:
  ///   - organizationNumber: of the organization's list.
  ///   - first: the walk that was completed.
  init?(besides own: ListWalk, number organizationNumber: Int64, since first: Int64) async throws {
    guard own.resource.table.isListedAtTwoLevels, !own.list.organization.isEmpty else { return nil }
    (resource, run) = (own.resource, own.run.reading("", standIn: .none, nextLists: []))
    list = ListID(organization: "", resource: own.resource.name, parent: own.list.parent)
    checkpoint = try await own.run.store.checkpoint(of: list)
    guard let stored = checkpoint.listNumber else { return nil }
    number = stored
    known = try await own.run.store.keysSeen(in: organizationNumber, since: first, heldBy: list, limit: 2)
    let source = own.run.access == .enterprise ? own.resource.sources.first { $0.reach == .enterprise } : nil
    walk = source.map { [list, run] in ListWalk(resource: own.resource, source: $0, list: list, run: run) }
  }

  /// Asks by id or, if that proves nothing, reads the enterprise's list without storing any of it.
  /// - Throws: `APIError` when the request fails for now; `StoreError`.
  func ask(about keys: [String]) async throws -> Finding {
    guard !keys.isEmpty else { return .none }
    guard let walk else { return Finding(unasked: keys) }
    let lookup = RowLookup(walk: walk)
    do {
      if case .changedSince(_, _, let ids) = resource.strategy,
        let absent = try await lookup.absent(keys, known: known, as: ids, checkpoint, memory: .none)
      {
        return Finding(absent: absent)
      }
      if lookup.asksOneByOne(keys), let existing = try await lookup.existing(keys, known: known.first) {
        for key in keys where existing.contains(key) { _ = try await lookup.readOne(key, checkpoint: checkpoint) }
        return Finding(absent: keys.filter { !existing.contains($0) })
      }
      return try await askForAll(keys, walk)
    } catch let error as APIError {
      switch error.reason {
      case .forbidden, .notFound: return Finding(unasked: keys)
      case .rejected: return Finding(unproven: keys)
      default: throw error
      }
    }
  }

  /// The same, limited to keys that the enterprise's list held when it was last read.
  func ask(aboutHeldOf keys: [String]) async throws -> Finding {
    try await ask(about: run.store.keys(keys, heldBy: list))
  }

  /// One walk does not prove absence, so rows that the first walk does not list are looked for in a second.
  private func askForAll(_ keys: [String], _ walk: ListWalk) async throws -> Finding {
    var absent = keys
    for _ in 1...2 where !absent.isEmpty {
      let comparison = ListComparison()
      var walk = walk
      walk.comparison = comparison
      var begun = checkpoint
      begun.open(filter: nil)
      switch try await walk.run(from: begun).end {
      case .complete, .missing:
        try Task.checkCancellation()
        let listed = comparison.findings.listed
        absent.removeAll { listed.contains($0) }
      case .failed(let error): throw error
      case .unsound, .unusablePage: return Finding(unproven: keys)
      }
    }
    return Finding(absent: absent)
  }

  /// - Returns: the number of rows marked.
  func markDeleted(_ keys: [String]) async throws -> Int {
    guard !keys.isEmpty else { return 0 }
    return try await run.store.markDeleted(
      keys, of: resource.table, in: list, number: number, scope: [:], run: run.number, now: run.now)
  }
}
