package import DevinModel
import MirrorStore

extension MirrorReader {
  /// The names of the parameters of a query, without the colon.
  /// - Throws: `MirrorError.unusableQuery`.
  package func parameters(of sql: String) async throws -> Set<String> {
    do { return try await store.parameters(of: sql) } catch { throw MirrorError(storing: error) }
  }

  /// - Throws: `MirrorError.unknownOrganization` if the mirror has no data of an organization with this id.
  package func demandOrganization(_ id: String) async throws {
    let listed =
      "SELECT org_id FROM organizations UNION SELECT org_id FROM sync_checkpoints UNION SELECT org_id FROM sync_pending"
    // If the key may not list the enterprise's organizations, they are known only from sessions and daily consumption.
    let named = "SELECT org_id FROM sessions UNION SELECT org_id FROM daily_consumption"
    var known: Set<String> = []
    for sql in [listed, named] {
      known.formUnion(try await answer(sql).rows.compactMap { $0[0].text }.filter { !$0.isEmpty })
      if known.contains(id) { return }
    }
    throw MirrorError.unknownOrganization(id, known: known.sorted())
  }

  /// - Parameter user: id, name or email address.
  /// - Throws: `MirrorError.unknownUser` if the mirror knows no such user who could have started a session.
  package func demandUser(_ user: String) async throws {
    let isKnown = try await answer(
      """
      SELECT EXISTS (SELECT 1 FROM people WHERE user_id = :user OR lower(name) = lower(:user) OR lower(email) = lower(:user))
        OR EXISTS (SELECT 1 FROM sessions WHERE user_id = :user OR service_user_id = :user)
      """, ["user": .text(user)]
    ).rows[0][0]
    guard isKnown != .integer(1) else { return }
    let known = try await answer(
      """
      SELECT coalesce(email, name, user_id) FROM people UNION
      SELECT coalesce(service_user_id, user_id) FROM sessions 
        WHERE coalesce(service_user_id, nullif(user_id, 'bot_apk')) NOT IN (SELECT user_id FROM people)
      """)
    throw MirrorError.unknownUser(user, known: known.rows.compactMap { $0[0].text }.sorted())
  }

  /// The start of the known history; nil: the first run. `maintain --keep-changes` removes older history.
  /// - Throws: `MirrorError`.
  package func historyKnownFrom() async throws -> UnixTime? {
    UnixTime(reported: try await answer("SELECT known_from FROM sync_pruned").rows.first?.first?.integer)
  }
}
