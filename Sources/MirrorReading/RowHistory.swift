public import DevinModel
import Foundation

/// The history of one row since the mirror first saw it, which the service itself does not keep.
public struct RowHistory: Hashable, Sendable {
  /// One event in the history of the row.
  public struct Event: Hashable, Sendable, Encodable {
    /// When a run found the change.
    public let foundAt: UnixTime
    /// Nil: older than the recorded changes.
    public let run: Int64?
    /// `sync_changes.change_id`; nil: older than the recorded changes.
    public let changeID: Int64?
    /// inserted, changed, deleted, restored.
    public let change: String
    /// Nil: it was not written by this mirror's `push` or `restore`.
    public let push: Push?
    /// The members that differ; only if the row was changed.
    public let fields: [Field]

    private enum CodingKeys: String, CodingKey {
      case foundAt, run, change, push, fields
      case changeID = "changeId"
    }
  }

  /// What wrote a change to Devin.
  public struct Push: Hashable, Sendable, Encodable {
    /// `sync_pushes.push_id`.
    public let number: Int64
    /// create, update, delete.
    public let action: String
    /// Whose key it was: kind and id; nil: not known.
    public let principal: String?

    private enum CodingKeys: String, CodingKey {
      case number = "pushId"
      case action, principal
    }
  }

  /// Values as JSON; nil: the member did not exist.
  public struct Field: Hashable, Sendable, Encodable {
    /// Name of the object's member.
    public let name: String
    public let before, after: String?
  }

  /// Oldest first; the first event is that the mirror saw the row.
  public let events: [Event]
  /// If older changes were removed: what happened between the first event and this time is unknown. Nil: everything
  /// since the first event is known.
  public let knownFrom: UnixTime?

  /// SQL for the states of a row: its content after each change. Parameters: `resource`, `key`, `current`.
  static let states = """
    SELECT c.change_id, c.changed_at, c.run_id, c.change, c.before, coalesce((
        SELECT n.before FROM sync_changes AS n
        WHERE n.resource = c.resource AND n.key = c.key AND n.change <> 'inserted' AND n.change_id > c.change_id AND n.before IS NOT NULL
        ORDER BY n.change_id LIMIT 1), :current) AS after
    FROM sync_changes AS c WHERE c.resource = :resource AND c.key = :key AND c.change <> 'inserted'
    """

  /// - Parameters:
  ///   - resource: the resource of the row.
  ///   - key: the values of its key columns, in order; the id of a session may be a web address.
  ///   - reader: the mirror with the row.
  /// - Throws: `MirrorError`; `.noSuchRow` if the mirror has no such row, `.unusableQuery` if the key has other columns.
  public init(of resource: Resource, key: [String], in reader: MirrorReader) async throws {
    let table = resource.table
    var key = key
    if table.keyColumns.first == "session_id", let first = key.first { key[0] = SessionID(first).text }
    guard key.count == table.keyColumns.count else {
      throw MirrorError.unusableQuery(
        "the key of \(table.name) is \(table.keyColumns.joined(separator: " and ")), but \(key.count) values were given")
    }
    let match = table.keyColumns.indices.map { "\"\(table.keyColumns[$0])\" = :key\($0)" }.joined(separator: " AND ")
    let names = Dictionary(uniqueKeysWithValues: key.enumerated().map { ("key\($0)", MirrorValue.text($1)) })
    let row = try await reader.answer("SELECT _raw, _first_synced_at FROM \"\(table.name)\" WHERE \(match)", names).rows.first
    guard let row, let current = row[0].text, let seen = row[1].time else {
      throw MirrorError.noSuchRow(table.name, key.joined(separator: " "))
    }
    let keyText = key.count == 1 ? key[0] : try Self.list(key)
    let found = try await reader.answer(
      """
      WITH states AS (\(Self.states)),
      differing AS (
        SELECT change_id, b.key AS name, before -> b.fullkey AS old, after -> b.fullkey AS new FROM states, json_each(before) AS b
        WHERE change = 'changed' AND (before -> b.fullkey) IS NOT (after -> b.fullkey)
        UNION ALL
        SELECT change_id, a.key, NULL, after -> a.fullkey FROM states, json_each(after) AS a
        WHERE change = 'changed' AND json_type(before, a.fullkey) IS NULL)
      SELECT s.changed_at, s.run_id, s.change, d.name, d.old, d.new, s.change_id FROM states AS s LEFT JOIN differing AS d USING (change_id)
      ORDER BY s.change_id, d.name
      """,
      ["resource": .text(table.name), "key": .text(keyText), "current": .text(current)])
    let pushes = try await Self.pushes(of: table.name, keyText, in: reader)
    let creation = pushes.first { $0.push.action == "create" }?.push
    var events = [Event(foundAt: seen, run: nil, changeID: nil, change: "inserted", push: creation, fields: [])]
    var last: MirrorValue?
    for row in found.rows {
      guard let at = row[0].time, case .integer(let run) = row[1] else { continue }
      let field = row[3].text.map { [Field(name: $0, before: row[4].text, after: row[5].text)] } ?? []
      let earlier = row[6] == last ? events.removeLast().fields : []
      let number = row[6].integer ?? 0
      let push = pushes.last { $0.run == run && $0.before < number }?.push
      events.append(
        Event(foundAt: at, run: run, changeID: number, change: row[2].text ?? "", push: push, fields: earlier + field))
      last = row[6]
    }
    self.events = events
    knownFrom = try await reader.historyKnownFrom().flatMap { $0 > seen ? $0 : nil }
  }

  /// What was written to Devin of a row, oldest first: the run, and the newest change before it.
  private static func pushes(
    of resource: String, _ key: String, in reader: MirrorReader
  ) async throws -> [(run: Int64, before: Int64, push: Push)] {
    let found = try await reader.answer(
      """
      SELECT p.run_id, p.change_before, p.push_id, p.action, r.principal FROM sync_pushes AS p LEFT JOIN sync_runs AS r USING (run_id)
      WHERE p.resource = :resource AND p.key = :key AND p.outcome = 'done' ORDER BY p.push_id
      """, ["resource": .text(resource), "key": .text(key)])
    return found.rows.compactMap { row in
      guard let run = row[0].integer, let number = row[2].integer, let action = row[3].text else { return nil }
      return (run, row[1].integer ?? 0, Push(number: number, action: action, principal: row[4].text))
    }
  }

  /// The key as in `sync_changes.key`.
  private static func list(_ key: [String]) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(key), as: UTF8.self)
  }
}

/// The id of a session: without or with its prefix, or as its address in the web app.
public struct SessionID: Hashable, Sendable {
  /// Without the prefix, as in the mirror.
  public let text: String

  /// - Parameter given: an id with or without the prefix `devin-`, or an address whose last part is one. Any text is accepted.
  public init(_ given: String) {
    let path = given.split(separator: "?").first.map(String.init) ?? given
    let last = path.contains("/") ? path.split(separator: "/").last.map(String.init) ?? path : path
    text = last.hasPrefix("devin-") ? String(last.dropFirst(6)) : last
  }
}
