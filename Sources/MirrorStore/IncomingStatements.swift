import DevinModel

/// Splits a page into the temporary table of its items, which contains only items that differ.
struct IncomingStatements: Sendable {
  let create: String
  /// Splits a page and compares it with the table. Parameters: `page`, `path` for lists, the scope's.
  let split: String
  /// The same for a page whose items are cut out of it, as in `FirstReadStatements.insertParts`.
  let splitParts: String
  /// The result, as one row. Parameters: `since`.
  let count: String
  /// The items that cannot become rows, and the reason (`state`).
  let malformed: String
  let clear: String

  init(_ sql: TableSQL) {
    create = """
      CREATE TABLE IF NOT EXISTS \(sql.incoming)
      ("\(sql.key)" TEXT UNIQUE, state TEXT, raw TEXT, before TEXT, moved INTEGER)
      """
    split = Self.splitting(sql.items, sql)
    splitParts = Self.splitting(sql.parts, sql)
    count = """
      SELECT count(nullif(state = 'inserted', 0)) AS inserted, count(nullif(state = 'changed', 0)) AS changed,
        count(nullif(state = 'restored', 0)) AS restored, count(nullif(state IN ('malformed', 'unsound'), 0)) AS odd, max(moved) AS newest,
        count(nullif(moved < :since, 0)) AS outside
      FROM \(sql.incoming)
      """
    malformed = "SELECT coalesce(raw, '') AS item, state FROM \(sql.incoming) WHERE state IN ('malformed', 'unsound')"
    clear = "DELETE FROM \(sql.incoming)"
  }

  private static func splitting(_ items: String, _ sql: TableSQL) -> String {
    let table = sql.table
    let key = sql.key
    let object = (table.keptMembers.map(keeping) ?? "raw").omitting(sql.omitted)
    let kept = sql.leavesOut ? "NULL" : "json_quote(raw)"
    let moved = sql.timeOfChange(in: "i.raw") ?? "NULL"
    return """
      INSERT OR REPLACE INTO \(sql.incoming) ("\(key)", state, raw, before, moved)
      SELECT i."\(key)", state, iif(state IS NULL, NULL, raw), iif(state = 'changed', before, NULL), moved FROM (
        SELECT nullif(i."\(key)", x'') AS "\(key)", i.raw AS raw, t._raw AS before,
          CASE WHEN i."\(key)" = x'' THEN 'unsound' WHEN i."\(key)" IS NULL THEN 'malformed' WHEN t._raw IS NULL THEN 'inserted'
            WHEN \("t._raw".omitting(sql.omitted)) IS NOT i.raw THEN 'changed' WHEN t._deleted_at IS NOT NULL THEN 'restored' END AS state,
          CASE WHEN nullif(i."\(key)", x'') IS NOT NULL THEN \(moved) END AS moved
        FROM (
          -- An unsound key is x'', so that what tells it is computed once.
          SELECT CASE WHEN type = 'object' THEN iif(\(table.itemKey.isSound), nullif(\(table.itemKey.expression), ''), x'') END AS "\(key)",
            CASE type WHEN 'object' THEN \(object) ELSE \(kept) END AS raw
          FROM (\(items) \(sql.computedOnce)) AS item \(sql.computedOnce)) AS i
        LEFT JOIN "\(sql.name)" AS t ON \(sql.match)) AS i
      """
  }

  /// SQL for the object in `raw` with only these members, each value as received.
  private static func keeping(_ members: [String]) -> String {
    let list = members.map { "'\($0)'" }.joined(separator: ", ")
    return """
      (SELECT '{' || coalesce(group_concat(json_quote(m.key) || ':' || (item.raw -> m.key)), '') || '}'
        FROM json_each(item.raw) AS m WHERE m.key IN (\(list)))
      """
  }
}
