import MirrorStore

/// Requests that were to change something in Devin and whose outcome is not known.
public struct OpenPushes: Hashable, Encodable, Sendable {
  /// Not looked for yet: the next push does that before anything else.
  public let unsettled: Int
  /// Looked for without a result.
  public let unclear: Int

  /// - Returns: nil: there are none.
  /// - Throws: `StoreError`.
  init?(in store: MirrorStore) async throws {
    let row = try await store.query(
      "SELECT count(*) FILTER (WHERE outcome IS NULL), count(*) FILTER (WHERE outcome = 'unclear') FROM sync_pushes"
    ).rows.first
    unsettled = Int(row?[0].integer ?? 0)
    unclear = Int(row?[1].integer ?? 0)
    if unsettled + unclear == 0 { return nil }
  }

  /// - Returns: nil: there are none.
  /// - Throws: `MirrorError`.
  package init?(in reader: MirrorReader) async throws {
    do {
      try await self.init(in: reader.store)
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }

  /// For people.
  /// - Parameter next: what the next push is called that checks outcomes, such as `the next push with a flag`.
  package func sentences(_ next: String) -> [String] {
    [
      unsettled > 0 ? "pushes: the outcome of \(unsettled) is unknown; \(next) checks it" : nil,
      unclear > 0 ? "pushes: the outcome of \(unclear) could not be determined; see sync_pushes, and look in Devin" : nil,
    ].compactMap(\.self)
  }
}
