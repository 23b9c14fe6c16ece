import DevinModel

extension MirrorReader {
  /// The days of creation of the oldest and of the newest session that are not deleted, such as 2026-09-01; nil: there is no session.
  /// - Throws: `MirrorError`.
  package func sessionDays() async throws -> (first: String, last: String)? {
    // Each end by itself is found in the index of times.
    let row = try await answer(
      """
      SELECT (SELECT min(created_at) FROM sessions WHERE _deleted_at IS NULL),
        (SELECT max(created_at) FROM sessions WHERE _deleted_at IS NULL)
      """
    ).rows.first
    guard let first = UnixTime(reported: row?[0].integer), let last = UnixTime(reported: row?[1].integer) else { return nil }
    return (String(first.iso8601.prefix(10)), String(last.iso8601.prefix(10)))
  }
}
