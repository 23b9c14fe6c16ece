import DevinAPI
import DevinModel

/// What pushing a file of rows would do.
package struct SessionPlan: Sendable {
  package struct Item: Sendable {
    package let row: SessionRow
    package internal(set) var decision: SessionDecision
    /// The session that the row is about, as it is known; nil: it is created, or will be.
    package internal(set) var session: String?
    /// For people; nil: not known.
    package internal(set) var title: String?
  }

  /// In the order of the file.
  package internal(set) var items: [Item] = []

  package var sends: [Item] { items.filter { $0.decision == .send } }
  package func sends(_ action: SessionRow.Action) -> Int { sends.count { $0.row.action == action } }
  /// The most that new sessions may cost together, in ACUs; nil: some have no limit.
  package var acus: Int64? {
    let limits = sends.filter { $0.row.action == .create }.map(\.row.limit)
    return limits.contains(nil) ? nil : limits.compactMap(\.self).reduce(0) { $0.addingReportingOverflow($1).partialValue }
  }
  /// Whether something that was wished cannot be done as it is.
  package var hasConflicts: Bool {
    items.contains {
      switch $0.decision {
      case .conflict, .blocked, .open: true
      case .send, .unchanged: false
      }
    }
  }
}

extension SessionPlan {
  /// Plans with GET alone.
  /// - Throws: `APIError` when a session cannot be asked for.
  init(
    _ rows: [SessionRow], _ journal: SessionJournal, _ options: SessionOptions, asking server: SessionServer
  ) async throws(APIError) {
    var creating: Set<String> = []
    var sessions: [String: SessionFacts?] = [:]
    for row in rows {
      let entry = journal.entry(for: row.key)
      var item = Item(row: row, decision: SessionDecision(row, entry, options), session: entry?.session, title: row.title)
      if row.action == .create, item.decision == .send || item.decision == .open { creating.insert(row.key) }
      switch row.target {
      case .session(let id):
        item.session = id
        guard item.decision == .send else { break }
        if sessions[id] == nil { sessions[id] = .some(try await server.session(id)) }
        guard let facts = sessions[id] ?? nil else {
          item.decision = .blocked("there is no session \(id)")
          break
        }
        item.title = facts.title
      case .row(let key):
        item.session = journal.session(createdBy: key) ?? item.session
        guard item.decision == .send, item.session == nil, !creating.contains(key) else { break }
        item.decision = .blocked("no row with the key \(key) has created a session, or creates one further up in the file")
      case nil: break
      }
      items.append(item)
    }
  }
}
