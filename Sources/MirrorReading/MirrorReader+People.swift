import DevinModel

/// A user or service user.
package struct Person: Hashable, Sendable {
  package let id: String
  /// Nil: unknown.
  package let name, email: String?

  /// The name; without one, the email address or the id.
  package var shown: String { [name, email].compactMap(\.self).first { !$0.isEmpty } ?? id }
}

extension MirrorReader {
  /// Users and service users by id.
  /// - Throws: `MirrorError`.
  package func people() async throws -> [String: Person] {
    let rows = try await answer("SELECT user_id, name, email FROM people").rows
    return Dictionary(
      rows.map { ($0[0].text ?? "", Person(id: $0[0].text ?? "", name: $0[1].text, email: $0[2].text)) },
      uniquingKeysWith: { first, _ in first })
  }

  /// The organizations of this mirror, by name.
  /// - Throws: `MirrorError`.
  package func organizations() async throws -> [(id: String, name: String)] {
    try await answer(
      """
      SELECT k.org_id, coalesce(o.name, k.org_id) AS name
      FROM (SELECT org_id FROM organizations WHERE _deleted_at IS NULL
        UNION SELECT org_id FROM sync_checkpoints WHERE parent = '' AND org_id <> '') AS k
        LEFT JOIN organizations AS o ON o.org_id = k.org_id
      WHERE o._deleted_at IS NULL ORDER BY lower(name), k.org_id
      """
    ).rows.map { (id: $0[0].text ?? "", name: $0[1].text ?? "") }
  }
}
