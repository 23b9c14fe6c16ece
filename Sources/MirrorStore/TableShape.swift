import GRDB
import MirrorSchema
import Synchronization

/// What the schema's SQL says about the members of a table's objects: the expected types and, if they are known, the values. The SQL is
/// the only place where this is written, so its columns and the facts in their comments (`ColumnComment`) are parsed.
package struct TableShape: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    /// The member of the object, which is the column's name too.
    package let name: String
    /// As `json_type` calls them.
    package let types: [String]
    /// Nil: any value.
    package let values: [String]?
    /// Whether the column is computed from the member; otherwise it is part of the key.
    package let isGenerated: Bool
  }

  package let fields: [Field]

  package enum Failure: Error { case noSuchTable(String) }

  /// The lines between the parentheses of each table. A later version may replace a table: the last definition counts.
  private static let columnLines = MirrorSchema.versions.joined().reduce(into: [Substring: [Substring]]()) { tables, text in
    var table: Substring?
    for line in text.utf8.split(separator: UInt8(ascii: "\n")).map(Substring.init) {
      if let name = table {
        if line.hasPrefix(")") { table = nil } else { tables[name]?.append(line) }
      } else if line.hasPrefix("CREATE TABLE "), line.hasSuffix(" (") {
        let name = line.dropFirst("CREATE TABLE ".count).dropLast(2)
        tables[name] = []
        table = name
      }
    }
  }

  /// - Throws: `Failure` for a table that the schema does not have.
  package static func of(_ table: String) throws -> TableShape {
    if let known = shapes.withLock({ $0[table] }) { return known }
    let shape = TableShape(fields: try columnLines(of: table).compactMap { Field(line: $0) })
    shapes.withLock { $0[table] = shape }
    return shape
  }

  /// By table; only those requested so far.
  private static let shapes = Mutex<[String: TableShape]>([:])

  /// A column that is computed when the row is written, and stored.
  struct StoredColumn: Hashable, Sendable {
    let name: String
    /// SQL expression over the row.
    let expression: String
  }

  static func storedColumns(of table: String) throws -> [StoredColumn] {
    // Each use of a regular expression parses it, so only lines that can match are tried.
    try columnLines(of: table).filter { $0.contains("STORED") }.compactMap { line in
      guard let match = line.firstMatch(of: /^\s*"?(\w+)"?\s+\w+\s+AS \((.*)\) STORED/) else { return nil }
      return StoredColumn(name: String(match.1), expression: String(match.2))
    }
  }

  /// The lines of a table's newest definition.
  static func columnLines(of table: String) throws -> [Substring] {
    guard let lines = columnLines[table[...]] else { throw Failure.noSuchTable(table) }
    return lines
  }
}

extension TableShape.Field {
  /// Parses a line such as `status TEXT AS (_raw ->> 'status') STORED, -- open set @kept one_of(new, running)`; nil: it defines no member.
  init?(line: Substring) {
    let dashes = line.firstRange(of: "--")
    let declaration = line[..<(dashes?.lowerBound ?? line.endIndex)]
    let parts = declaration.split(separator: " ")
    isGenerated = declaration.contains("_raw")
    // Generated columns are members; key columns are not generated, but most correspond to a member too.
    guard parts.count >= 2, !parts[0].hasPrefix("_"), isGenerated || declaration.contains("NOT NULL") else { return nil }
    let form = ColumnComment(line[(dashes?.upperBound ?? line.endIndex)...]).form
    name = parts[0].filter { $0 != "\"" }
    values = if case .oneOf(let values) = form { values } else { nil }
    types =
      switch (parts[1], form) {
      case ("INTEGER", _): ["integer", "true", "false"]
      case ("REAL", _): ["integer", "real"]
      case (_, .list): ["array"]
      case (_, .object): ["object"]
      case (_, .json): ["array", "object", "text", "integer", "real", "true", "false"]
      default: ["text"]
      }
  }
}

extension MirrorStore {
  static let createKnownFields = """
    CREATE TEMP TABLE IF NOT EXISTS known_fields (
      resource TEXT, field TEXT, types TEXT, "values" TEXT, PRIMARY KEY (resource, field)) WITHOUT ROWID
    """
}

extension Database {
  /// Stores the expected members of a table's objects, for `TableStatements.noteDrift`. If a table names no member
  /// except its key, nothing is expected, since the shape of its objects is unknown.
  func learn(_ shape: TableShape, as table: String) throws {
    guard shape.fields.contains(where: \.isGenerated) else { return }
    for field in shape.fields {
      try execute(
        "INSERT OR REPLACE INTO temp.known_fields VALUES (:table, :field, :types, :values)",
        [
          "table": table, "field": field.name, "types": ",\(field.types.joined(separator: ",")),",
          "values": field.values.map { ",\($0.joined(separator: ","))," },
        ])
    }
  }
}
