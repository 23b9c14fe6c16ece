import DevinModel
import GRDB
import MirrorSchema

/// Fills an empty file with the rows of a mirror, with pseudonyms for what people wrote and who they are. Every row is inserted
/// according to the rules of its columns. Database pages are not copied, so no other data can get into the copy.
struct RedactedCopy {
  private let source: Database
  private let target: Database
  private let pseudonyms: Pseudonyms
  private let resources: [String: ResourceRules]
  /// The resource of each list.
  private let lists: [Int64: String]

  private struct ResourceRules {
    let object: RedactionRule
    let parent: RedactionRule
    /// The rule for the item's own key.
    let item: RedactionRule
    /// The rule for all columns of the key, as in `sync_changes.key`.
    let key: RedactionRule
  }

  /// - Parameters:
  ///   - source: must be within a transaction, so that all rows are from one moment.
  ///   - target: a connection to an empty file.
  init(of source: Database, in target: Database, _ pseudonyms: Pseudonyms) throws {
    self.source = source
    self.target = target
    self.pseudonyms = pseudonyms
    resources = try Dictionary(
      uniqueKeysWithValues: Catalogue.all.map { resource in
        let rules = try RedactionRules.of(resource.table.name)
        return (
          resource.name,
          ResourceRules(
            object: rules.object, parent: try resource.parentRule, item: rules.columns[resource.table.itemKey.column] ?? .name,
            key: rules.key(of: resource.table))
        )
      })
    lists = try Row.fetchAll(source, sql: "SELECT list_id, resource FROM sync_checkpoints").reduce(into: [:]) {
      $0[try $1.value("list_id")] = try $1.value("resource") as String
    }
  }

  func make() throws {
    // The file does not have its final name yet, so a failed copy leaves nothing behind.
    try target.execute(sql: "PRAGMA journal_mode = OFF")
    try target.execute(sql: "PRAGMA synchronous = OFF")
    try target.inTransaction {
      for statements in [MirrorSchema.sql, MirrorSchema.rows, Self.mark] { try target.execute(sql: statements) }
      for table in try tables() { try copy(table) }
      try indexText()
      try target.makeDerived()
      try target.execute(sql: "PRAGMA application_id = \(MirrorSchema.applicationID)")
      try target.execute(sql: "PRAGMA user_version = \(MirrorSchema.versions.count)")
      return .commit
    }
  }

  /// Marks a redacted copy.
  static let markTable = "sync_redacted"
  private static let mark = """
    CREATE TABLE \(markTable) (
      made_at INTEGER NOT NULL             -- when this redacted copy was made; Unix seconds
    ) STRICT;
    INSERT INTO \(markTable) VALUES (unixepoch());
    """

  /// Tables whose rows are inserted. Other tables are derived from these rows, or left out.
  private func tables() throws -> [String] {
    try String.fetchAll(
      target,
      sql: """
        SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
          AND name NOT LIKE 'derived\\_%' ESCAPE '\\' AND name NOT IN ('files', 'sync_drift', 'sync_text_indexes', '\(Self.markTable)') ORDER BY name
        """)
  }

  // MARK: - Rows

  private func copy(_ table: String) throws {
    let rules = try RedactionRules.of(table).columns
    let columns = try columns(of: table)
    let names = columns.map(\.quotedDatabaseIdentifier).joined(separator: ", ")
    let insertion = try target.makeStatement(
      sql: "INSERT INTO \(table.quotedDatabaseIdentifier) (\(names)) VALUES (\(databaseQuestionMarks(count: columns.count)))")
    let rows = try Row.fetchCursor(source, sql: "SELECT \(names) FROM \(table.quotedDatabaseIdentifier) ORDER BY 1")
    let (resource, list) = (columns.firstIndex(of: "resource"), columns.firstIndex(of: "list_id"))
    while let row = try rows.next() {
      let values = Array(row.databaseValues)
      let name =
        resource.flatMap { String.fromDatabaseValue(values[$0]) }
        ?? list.flatMap { Int64.fromDatabaseValue(values[$0]) }.flatMap { lists[$0] }
      let redacted = zip(columns, values).map { column, value in
        column == "rowid" ? value : redact(value, rules[column] ?? .dropped, of: name ?? table)
      }
      insertion.setUncheckedArguments(StatementArguments(redacted))
      try insertion.execute()
    }
  }

  /// Columns that are not computed. The row number comes first if no column has it, since queries use it to order equal rows.
  private func columns(of table: String) throws -> [String] {
    let columns = try Row.fetchAll(
      target,
      sql: "SELECT name, upper(type) = 'INTEGER' AND pk = 1 AS is_number FROM pragma_table_xinfo(?) WHERE hidden = 0",
      arguments: [table])
    let isNumbered =
      try Bool.fetchOne(target, sql: "SELECT NOT wr FROM pragma_table_list WHERE name = ?", arguments: [table]) ?? false
    let hasNumber = try columns.contains { try $0.value("is_number") }
    return try (isNumbered && !hasNumber ? ["rowid"] : []) + columns.map { try $0.value("name") }
  }

  /// - Parameter resource: the resource that the row is about.
  private func redact(_ value: DatabaseValue, _ rule: RedactionRule, of resource: String) -> DatabaseValue {
    switch value.storage {
    case .null: return .null
    case .int64, .double: return rule == .kept ? value : .null
    case .blob: return .null
    case .string(let text): return redact(text, rule, resources[resource])?.databaseValue ?? .null
    }
  }

  private func redact(_ text: String, _ rule: RedactionRule, _ resource: ResourceRules?) -> String? {
    switch rule {
    case .columns, .object: resource.flatMap { $0.object == .dropped ? nil : ObjectRedaction.redact(text, $0.object, pseudonyms) }
    case _ where rule.isStructured: ObjectRedaction.redact(text, rule, pseudonyms)
    case .parent: redact(text, resource?.parent ?? .name, nil)
    case .item: redact(text, resource?.item ?? .name, nil)
    case .row: redact(text, resource?.key ?? .name, nil)
    default: pseudonyms.replacement(of: text, rule) { _ in nil }
    }
  }

  // MARK: - What is derived from the rows

  private func indexText() throws {
    for index in TextIndex.all {
      let isOn =
        try Bool.fetchOne(source, sql: "SELECT is_on FROM sync_text_indexes WHERE resource = ?", arguments: [index.table])
        ?? false
      if isOn { try target.execute(sql: "INSERT INTO \(index.name) (\(index.name)) VALUES ('rebuild')") }
      try target.execute(
        sql: """
          UPDATE sync_text_indexes SET is_on = :isOn,
            indexed_to = iif(:isOn, (SELECT coalesce(max(rowid), 0) FROM \(index.table.quotedDatabaseIdentifier)), 0)
          WHERE resource = :resource
          """, arguments: ["isOn": isOn, "resource": index.table])
    }
  }
}

extension MirrorStore {
  /// - Throws: `StoreError` if the file is a redacted copy: data from the server must not be mixed with
  ///   pseudonyms.
  package func demandUnredacted() throws(StoreError) {
    let isRedacted: Bool
    do {
      // GRDB's own method would read the names of all tables.
      let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE name = '\(RedactedCopy.markTable)')"
      isRedacted = try database.read { try Bool.fetchOne($0, sql: sql) ?? false }
    } catch {
      throw Self.storeError(error, path: path)
    }
    if isRedacted { throw Self.redacted(path) }
  }

  /// The same check before a file is opened for writing, which would change its journal mode. A mirror has been written to, so its header
  /// alone shows that it is not a copy.
  package static func demandUnredacted(_ path: String) throws(StoreError) {
    if MirrorFile.isUnwrittenCopy(path, with: RedactedCopy.markTable) { throw redacted(path) }
  }

  private static func redacted(_ path: String) -> StoreError {
    .foreign(path: path, why: "it is a redacted copy, which cannot be compared with the server or brought up to date")
  }
}
