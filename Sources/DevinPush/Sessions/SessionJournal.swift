import DevinModel
import MirrorReading
import MirrorStore

/// What the journal of the mirror says of rows that were sent, in one organization.
struct SessionJournal: Sendable {
  struct Entry: Hashable, Sendable {
    /// `sync_pushes.push_id`.
    let number: Int64
    let rowKey: String
    let action: SessionRow.Action
    /// Nil: not known, or none.
    var session: String?
    /// `SessionRow.hash`; nil: the entry is no row's, but the removal of a marker.
    let hash: String?
    /// What was there before, for actions of which that tells what they did.
    var baseHash: String?
    var marker: String?
    /// When it was to be sent, by this machine's clock.
    let startedAt: UnixTime
    /// Nil: not known.
    var outcome: PushOutcome?
    var url: String?

    /// Nobody knows yet what became of it. A row is never closed as unclear: somebody may still say.
    var isOpen: Bool { outcome == nil || outcome == .unclear }
  }

  /// Oldest first.
  private(set) var entries: [Entry] = []

  init(_ entries: [Entry]) { self.entries = entries }

  /// The newest of a row; nil: it was never sent.
  func entry(for key: String) -> Entry? { entries.last { $0.rowKey == key && $0.hash != nil } }

  /// Those of which nobody knows what became of them, oldest first.
  var open: [Entry] { entries.filter(\.isOpen) }

  /// The session that a row created; nil: none is known.
  func session(createdBy key: String) -> String? {
    guard let entry = entry(for: key), entry.action == .create, entry.outcome == .done else { return nil }
    return entry.session
  }

  /// Sessions that rows are known to have created.
  var created: Set<String> {
    Set(entries.lazy.filter { $0.action == .create && $0.outcome == .done }.compactMap(\.session))
  }

  /// Sessions created by rows that were sent after an entry.
  func created(after entry: Entry) -> Set<String> {
    Set(entries.lazy.filter { $0.number > entry.number && $0.action == .create && $0.outcome == .done }.compactMap(\.session))
  }

  /// Sessions that may still have the tag by which they were looked for.
  var marked: [Entry] {
    let removed = Set(entries.lazy.filter { $0.hash == nil && $0.outcome == .done }.compactMap(\.marker))
    return entries.filter { entry in
      guard entry.action == .create, entry.outcome == .done, entry.session != nil, let marker = entry.marker else { return false }
      return !removed.contains(marker)
    }
  }
}

extension SessionJournal {
  /// - Throws: `MirrorError`.
  init(_ mirror: MirrorReader, organization: String) async throws {
    let sql = """
      SELECT push_id, row_key, action, key, content_hash, base_hash, marker, started_at, outcome, url FROM sync_pushes
      WHERE resource = 'sessions' AND org_id = :org AND row_key IS NOT NULL ORDER BY push_id
      """
    let rows = try await mirror.answer(sql, ["org": .text(organization)]).rows
    self.init(
      rows.compactMap { row in
        guard case .integer(let number) = row[0], let key = row[1].text, let action = row[2].text.flatMap(SessionRow.Action.init),
          let startedAt = row[7].time
        else { return nil }
        return Entry(
          number: number, rowKey: key, action: action, session: row[3].text, hash: row[4].text, baseHash: row[5].text,
          marker: row[6].text, startedAt: startedAt, outcome: row[8].text.flatMap(PushOutcome.init(rawValue:)), url: row[9].text)
      })
  }
}
