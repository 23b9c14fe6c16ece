import DevinModel

extension MirrorReader {
  /// The result of looking up an id that may be abbreviated.
  package enum Match: Hashable, Sendable {
    case one(String)
    /// It is the beginning of several ids; these are some of them.
    case several([String])
    /// No match; ids that are similar.
    case none(near: [String])
  }

  /// - Parameter given: an id or its beginning, with or without `devin-`, or an address in the web app.
  /// - Throws: `MirrorError`.
  package func session(_ given: String) async throws -> Match {
    try await match(SessionID(given).text, table: "sessions", key: "session_id")
  }

  /// - Parameter given: an id or its beginning, or the complete name or title.
  /// - Throws: `MirrorError`.
  package func document(_ kind: KnowledgeDocument.Kind, _ given: String) async throws -> Match {
    let match = try await match(given, table: kind.table, key: kind.keyColumn)
    guard case .none = match else { return match }
    let named = try await answer(
      """
      SELECT \(kind.keyColumn) FROM \(kind.table) WHERE lower(\(kind.nameMember)) = lower(:name) ORDER BY _deleted_at IS NOT NULL, 1 LIMIT 6
      """, ["name": .text(given)]
    ).rows.compactMap { $0[0].text }
    return named.isEmpty ? match : named.count == 1 ? .one(named[0]) : .several(named)
  }

  /// - Parameter given: a key or its beginning, of a resource whose key is one column.
  /// - Throws: `MirrorError`.
  package func row(of resource: Resource, _ given: String) async throws -> Match {
    guard resource.table.keyColumns.count == 1 else { return .one(given) }
    let isSession = resource.table.keyColumns[0] == "session_id"
    return try await match(
      isSession ? SessionID(given).text : given, table: "\"\(resource.table.name)\"", key: "\"\(resource.table.keyColumns[0])\"")
  }

  private func match(_ given: String, table: String, key: String) async throws -> Match {
    let parameters: [String: MirrorValue] = ["given": .text(given)]
    // The index on the key finds the rows with this beginning.
    let found = try await answer(
      """
      SELECT \(key) FROM \(table)
      WHERE \(key) >= :given AND \(key) < :given || char(1114111) AND substr(\(key), 1, length(:given)) = :given ORDER BY \(key) LIMIT 6
      """, parameters
    ).rows.compactMap { $0[0].text }
    if found.first == given || found.count == 1 { return .one(found[0]) }
    if !found.isEmpty { return .several(found) }
    let around = try await answer(
      """
      SELECT * FROM (SELECT \(key) FROM \(table) WHERE \(key) >= :given ORDER BY \(key) LIMIT 3)
      UNION ALL SELECT * FROM (SELECT \(key) FROM \(table) WHERE \(key) < :given ORDER BY \(key) DESC LIMIT 3)
      """, parameters
    ).rows.compactMap { $0[0].text }
    let nearest = around.nearest(to: given)
    return .none(near: nearest.map { [$0] } ?? around.filter { given.count >= 4 && $0.hasPrefix(given.prefix(4)) })
  }
}
