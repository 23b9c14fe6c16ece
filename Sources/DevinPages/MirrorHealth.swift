import DevinSync

/// How far a page may be believed: whether the mirror is whole, and how fresh it is.
struct MirrorHealth {
  /// End of the last good run.
  let moment: String
  let words: String
  let warnings: [String]
  let table: PageTable

  /// - Throws: `SyncError`.
  init(of reader: MirrorReader) async throws {
    let rows = try await reader.answer(
      """
      SELECT resource, iif(org_id = '', 'the enterprise', org_id), access, last_complete, listed_rows, unread_lists, quarantined_items + quarantined_lists,
        held_back_rows, gaps, is_whole
      FROM sync_health ORDER BY is_whole, resource
      """
    ).rows
    let moment = try await Self.moment(of: reader)
    self.moment = moment
    let partial = rows.filter { $0[9] == .integer(0) && $0[2].text == "read" }.compactMap { $0[0].text }
    words = "The mirror is as of \(moment)."
    warnings =
      partial.isEmpty
      ? [] : ["Not whole: \(Set(partial).sorted().joined(separator: ", ")). Numbers that rest on these may be too low."]
    table = PageTable(
      "Lists of this mirror",
      [
        "resource", "organization", "access", "read to its end", "rows", "lists unread", "set aside", "held back", "gaps",
        "whole",
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
