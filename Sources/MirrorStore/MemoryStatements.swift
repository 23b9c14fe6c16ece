/// Remembers which keys a walk has seen.
struct MemoryStatements: Sendable {
  /// Parameters: `list`, `walk`, `now`. The number of changes is the number of keys that are new in this walk.
  let see: String
  /// The same, remembered only until the connection is closed.
  let seeForNow: String

  /// - Parameter rows: what follows FROM in a query for the seen rows.
  init(_ sql: TableSQL, rows: String) {
    see = Self.seeing(rows, sql.key, in: "sync_seen")
    // A temporary table of the same name would hide the permanent table from every statement of the connection.
    seeForNow = Self.seeing(rows, sql.key, in: "temp.seen_for_now")
  }

  private static func seeing(_ rows: String, _ key: String, in memory: String) -> String {
    """
    INSERT INTO \(memory) (list_id, key, walk, seen_at)
    SELECT :list, "\(key)", :walk, :now FROM \(rows)
    ON CONFLICT (list_id, key) DO UPDATE SET walk = excluded.walk, seen_at = excluded.seen_at
    WHERE walk IS NOT excluded.walk
    """
  }
}
