/// Requests that were to change something in Devin and whose outcome is not known.
public struct OpenPushes: Hashable, Encodable, Sendable {
  /// Not looked for yet: the next push does that before anything else.
  public let unsettled: Int
  /// Looked for without a result.
  public let unclear: Int

  /// - Returns: nil: there are none.
  /// - Throws: `MirrorError`.
  package init?(in reader: MirrorReader) async throws {
    let row = try await reader.answer(
      "SELECT count(*) FILTER (WHERE outcome IS NULL), count(*) FILTER (WHERE outcome = 'unclear') FROM sync_pushes"
    ).rows.first
    unsettled = Int(row?[0].integer ?? 0)
    unclear = Int(row?[1].integer ?? 0)
    if unsettled + unclear == 0 { return nil }
  }

  /// For people.
  package var sentences: [String] {
    [
      unsettled > 0 ? "pushes: the outcome of \(unsettled) is not known; the next `devin-sync push --apply` looks" : nil,
      unclear > 0 ? "pushes: what became of \(unclear) could not be told; see sync_pushes, and look in Devin" : nil,
    ].compactMap(\.self)
  }
}
