package import DevinModel

/// The redaction rules for the columns of a table, from the comments in the schema's SQL.
package struct RedactionRules: Hashable, Sendable {
  /// By column; a column without a rule is left out of the copy.
  package let columns: [String: RedactionRule]

  /// - Throws: `TableShape.Failure` for a table that the schema does not have.
  package static func of(_ table: String) throws -> RedactionRules {
    RedactionRules(columns: try ColumnComment.all(of: table).compactMapValues(\.rule))
  }

  /// The rule for Devin's objects: if the table has no other rule, its columns are the members that are kept.
  package var object: RedactionRule {
    guard let rule = columns["_raw"], rule == .columns else { return columns["_raw"] ?? .dropped }
    return .members(columns.filter { !$0.key.hasPrefix("_") })
  }

  /// The rule for the key, as in `sync_changes.key`.
  package func key(of table: MirrorTable) -> RedactionRule {
    let rules = table.keyColumns.map { columns[$0] ?? .name }
    return rules.count == 1 ? rules[0] : .places(rules)
  }
}

extension Resource {
  /// The rule for the ids of the parents of its lists.
  var parentRule: RedactionRule {
    get throws { try parents.flatMap { try RedactionRules.of(table.name).columns[$0.column] } ?? .kept }
  }
}
