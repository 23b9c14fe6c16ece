import DevinModel
import MirrorStore

extension MirrorReader {
  /// The names of the parameters that a query has, without the colon.
  /// - Throws: `MirrorError.unusableQuery`.
  package func parameters(of sql: String) async throws -> Set<String> {
    do { return try await store.parameters(of: sql) } catch { throw MirrorError(storing: error) }
  }

  /// - Throws: `MirrorError.unknownOrganization` when the mirror has nothing of an organization of this id.
  package func demandOrganization(_ id: String) async throws {
    let listed =
      "SELECT org_id FROM organizations UNION SELECT org_id FROM sync_checkpoints UNION SELECT org_id FROM sync_pending"
    // Of an enterprise whose organizations the key may not list, its sessions and days tell them.
    let named = "SELECT org_id FROM sessions UNION SELECT org_id FROM daily_consumption"
    var known: Set<String> = []
    for sql in [listed, named] {
      known.formUnion(try await answer(sql).rows.compactMap { $0[0].text }.filter { !$0.isEmpty })
      if known.contains(id) { return }
    }
    throw MirrorError.unknownOrganization(id, known: known.sorted())
  }

  /// - Parameter user: id, name or mail address.
  /// - Throws: `MirrorError.unknownUser` when the mirror knows nobody of this name who could have started a session.
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

  /// Since when the history is known, Unix seconds; nil: since the first run. `maintain --keep-changes` removes what is older.
  /// - Throws: `MirrorError`.
  package func historyKnownFrom() async throws -> Int64? {
    EngineTime.seconds(try await answer("SELECT known_from FROM sync_pruned").rows.first?.first?.integer)
  }
}
