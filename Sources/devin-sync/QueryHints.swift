import DevinSync

extension MirrorError {
  /// The message of a query that cannot be run, with the name that was probably meant.
  /// - Parameter sql: the query.
  func message(withHintFor sql: String) -> String {
    guard case .unusableQuery(let why) = self else { return messageWithAdvice }
    let hint = (try? Self.hint(why, sql)) ?? nil
    guard let hint else { return messageWithAdvice }
    return "\(message)\(hint) `devin-sync schema` lists tables and columns."
  }

  /// - Returns: a suggestion for the table or the column that SQLite did not find.
  private static func hint(_ why: String, _ sql: String) throws -> String? {
    if let name = why.firstMatch(of: /no such table: (?:\w+\.)?(\w+)/)?.1 {
      return try MirrorSchemaText.names().hint(for: String(name))
    }
    guard let name = why.firstMatch(of: /no such column: "?(?:\w+\.)?(\w+)/)?.1 else { return nil }
    let objects = try MirrorSchemaText.objects(of: nil).filter { $0.kind != "index" }
    let used = objects.filter { sql.contains($0.name) }
    return (used.isEmpty ? objects : used).flatMap { $0.columns.map(\.name) }.hint(for: String(name))
  }
}
