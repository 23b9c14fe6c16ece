import DevinModel
import MirrorReading

/// Data completeness: whether the mirror is complete, and how fresh it is.
struct MirrorHealth {
  /// The latest time as of which one of its lists is complete.
  let moment: String
  let summary: String
  let warnings: [String]
  let table: PageTable

  /// - Throws: `MirrorError`.
  init(of reader: MirrorReader) async throws {
    let rows = try await reader.answer(
      """
      SELECT resource, iif(org_id = '', 'the enterprise', org_id), access, last_complete, listed_rows, pending_lists, quarantined_items + quarantined_lists,
        held_back_rows, gaps, is_whole
      FROM sync_health ORDER BY is_whole, resource
      """
    ).rows
    let completeness = try await MirrorStatus(database: reader.database).completeness()
    let moment = try await Self.moment(of: reader)
    self.moment = moment
    summary = completeness.isComplete ? completeness.verdict() : "The most recent data is as of \(moment)."
    warnings = completeness.isComplete ? [] : ["\(completeness.verdict()) Numbers based on them may be too low."]
    table = PageTable(
      "Mirrored lists",
      [
        "resource", "organization", "access", "last complete", "rows", "lists pending", "quarantined", "held back", "gaps",
        "complete",
      ],
      rows.map { row in
        row.enumerated().map { column, value in
          column == 9
            ? .init(value == .integer(1) ? "yes" : "no")
            : .init(value.shown, isNumber: (4...8).contains(column))
        }
      })
  }

  static func moment(of reader: MirrorReader) async throws -> String {
    try await reader.answer("SELECT strftime('%Y-%m-%d %H:%M UTC', moment, 'unixepoch') FROM mirror_moment").rows.first?.first?
      .text ?? ""
  }
}
