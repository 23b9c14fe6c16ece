package import DevinModel
import GRDB
import Synchronization

/// How a page from the server differs from the mirror. Keys are as in `sync_seen`.
package struct PageComparison: Hashable, Sendable {
  package struct Difference: Hashable, Sendable {
    package let key: String
    package let kind: Kind
    /// Members of the object that differ; only for `changed`.
    package var members: [String] = []

    package init(key: String, kind: Kind, members: [String] = []) {
      self.key = key
      self.kind = kind
      self.members = members
    }
  }

  package enum Kind: String, Hashable, Sendable {
    /// The server lists it and the mirror does not have it.
    case missing
    /// The mirror has different content.
    case changed
    /// The row is marked as deleted in the mirror.
    case markedDeleted
    /// The mirror has the row as not deleted, but the server does not list it.
    case gone
  }

  package var received = 0
  package var keys: [String] = []
  package var differences: [Difference] = []
  /// Items that could not be parsed.
  package var malformed = 0
}

extension MirrorStore {
  /// Compares a page with the table, without changing anything.
  /// - Throws: `.unusablePage`.
  package func compare(_ page: PageCommit) async throws -> PageComparison {
    let statements = try await statements(for: page.table)
    let omitted = omittedMembers[page.table.name] ?? []
    do {
      return try await database.writeWithoutTransaction { database in
        defer { try? database.execute(sql: statements.incoming.clear) }
        var comparison = PageComparison()
        comparison.received = try database.split(page, statements)
        let sql = """
          SELECT "\(page.table.itemKey.column)" AS item_key, state, CASE state WHEN 'changed' THEN (
            SELECT group_concat(name) FROM (
              SELECT n.key AS name FROM json_each(i.raw) AS n WHERE (i.before -> ('$."' || n.key || '"')) IS NOT (i.raw -> ('$."' || n.key || '"'))
              UNION SELECT b.key FROM json_each(i.before) AS b WHERE json_type(i.raw, '$."' || b.key || '"') IS NULL)) END AS members
          FROM temp.incoming_\(page.table.name) AS i
          """
        for row in try Row.fetchAll(database, sql: sql) {
          guard let key: String = try row.value("item_key") else {
            comparison.malformed += 1
            continue
          }
          comparison.keys.append(key)
          let kind: PageComparison.Kind? =
            switch try row.value("state") as String? {
            case "inserted": .missing
            case "changed": .changed
            case "restored": .markedDeleted
            default: nil
            }
          let members =
            (try row.value("members") as String?)?.split(separator: ",").map(String.init).filter { !omitted.contains($0) } ?? []
          if let kind { comparison.differences.append(.init(key: key, kind: kind, members: members)) }
        }
        return comparison
      }
    } catch {
      throw Self.storeError(error, path: path)
    }
  }

  /// Rows of a list that are not deleted and not among these keys: rows that a walk of the list has seen, and rows that are in no
  /// list of the resource. The enterprise's list includes all rows of its organizations' lists.
  /// - Parameter parentColumn: the column with the list's parent; nil: a top-level list.
  package func unlisted(
    of table: MirrorTable, in list: ListID, parentColumn: String?, listed: [String]
  ) async throws -> [String] {
    let key = table.itemKey.column
    // In a child list, a column of the row says which list it belongs to.
    let isOfAll = table.isListedAtTwoLevels && list.organization.isEmpty
    let belongs =
      isOfAll
      ? "1"
      : parentColumn.map { "t.\"\($0)\" = :parent" } ?? """
        (EXISTS (SELECT 1 FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)
            WHERE c.org_id = :org AND c.resource = :resource AND c.parent = :parent AND s.key = t."\(key)")
          OR NOT EXISTS (SELECT 1 FROM sync_checkpoints AS c JOIN sync_seen AS s USING (list_id)
            WHERE c.resource = :resource AND s.key = t."\(key)"))
        """
    let sql = """
      SELECT CAST(t."\(key)" AS TEXT) FROM "\(table.name)" AS t
      WHERE t._deleted_at IS NULL AND \(belongs)
        AND CAST(t."\(key)" AS TEXT) NOT IN (SELECT value FROM json_each(:listed)) ORDER BY 1
      """
    return try await read { database in
      var condition = sql
      let knowsOrganizations = try database.columns(in: table.name).contains { $0.name == "org_id" }
      // Of the rows that are in no list, those of other organizations do not belong to this list.
      if knowsOrganizations, !list.organization.isEmpty {
        condition = sql.replacing(" ORDER BY 1", with: " AND (t.org_id = :org OR t.org_id IS NULL) ORDER BY 1")
      }
      return try String.fetchAll(
        database, sql: condition,
        arguments: [
          "org": list.organization, "resource": list.resource, "parent": list.parent, "listed": try Self.json(listed),
        ])
    }
  }

  /// The child lists of a resource that can be compared.
  package struct Sample: Sendable {
    package var parents: [DueParent] = []
    /// Lists that were read at least once.
    package var candidates = 0
    /// How many of these contradict another row.
    package var contradicted = 0
  }

  /// Some child lists that were read at least once, of parents that are not deleted. Lists that contradict another row come first, the
  /// others are chosen at random.
  /// - Parameters:
  ///   - limit: the maximum number of the others; nil: all.
  ///   - includesOwed: whether pending lists also come first.
  package func sampleParents(
    for resource: String, below parents: ParentQuery, organization: String, limit: Int?, includesOwed: Bool
  ) async throws -> Sample {
    let from = """
      FROM \(parents.from) AS p
      JOIN sync_checkpoints AS c ON c.org_id = :org AND c.resource = :resource AND c.parent = \(parents.id)
      LEFT JOIN sync_pending AS q ON q.org_id = :org AND q.resource = :resource AND q.parent = \(parents.id) AND q.span_start = 0
      WHERE \(parents.belongs ?? "1") AND \(parents.isAlive) AND \(parents.hasSoundID) AND c.completed_at IS NOT NULL
      """
    let contradicted = parents.contradiction ?? "NULL"
    let isFirst = "(coalesce(\(contradicted), 0)\(includesOwed ? " OR q.pending_since IS NOT NULL" : ""))"
    return try await read { database in
      var sample = Sample()
      let count =
        "SELECT count(*) AS parents, coalesce(sum(\(contradicted)), 0) AS contradicted, sum(\(isFirst)) AS first \(from)"
      let arguments: StatementArguments = ["org": organization, "resource": resource]
      let counts = try Row.fetchOne(database, sql: count, arguments: arguments)
      sample.candidates = try counts?.value("parents") ?? 0
      sample.contradicted = try counts?.value("contradicted") ?? 0
      let first: Int = try counts?.value("first") ?? 0
      let size = limit.map { $0 + first } ?? -1
      let sql = """
        SELECT \(parents.id) AS parent_id, \(parents.version) AS version, \(parents.changedAt) AS changed_at,
          \(parents.isAtWork) AS is_at_work, q.version AS pending, c.* \(from)
        ORDER BY \(isFirst) DESC, random() LIMIT \(size)
        """
      sample.parents = try Row.fetchAll(database, sql: sql, arguments: arguments).map(DueParent.init)
      return sample
    }
  }
}
