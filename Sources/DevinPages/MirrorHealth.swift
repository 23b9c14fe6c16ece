import DevinModel
import MirrorReading

/// Data completeness: whether the mirror is complete, and how fresh it is.
struct MirrorHealth {
  /// The latest time as of which one of its lists is complete.
  let moment: String
  let summary: String
  let warnings: [String]
  /// Why something is missing, and what to do.
  let missing: PageTable
  let table: PageTable
  /// How many lists there are, and how many of them are complete.
  let lists, complete: Int
  /// The most lists, and the most reasons, that are shown.
  private static let most = 120

  /// - Throws: `MirrorError`.
  init(of reader: MirrorReader) async throws {
    let rows = try await reader.answer(
      """
      SELECT resource, iif(org_id = '', 'the enterprise', org_id), access, strftime('%Y-%m-%d %H:%M', completed_at, 'unixepoch'), listed_rows, pending_lists, quarantined_items + quarantined_lists,
        held_back_rows, gaps, is_whole
      FROM sync_health ORDER BY is_whole, resource
      """
    ).rows
    let completeness = try await reader.freshness(asked: Set(Catalogue.all.map(\.name))).completeness
    let moment = try await Self.moment(of: reader)
    self.moment = moment
    summary = completeness.isComplete ? completeness.verdict() : "The most recent data is as of \(moment)."
    warnings = completeness.isComplete ? [] : ["\(completeness.verdict()) Numbers based on them may be too low."]
    missing = PageTable(
      "What is missing", ["resource", "organization", "why", "what to do"],
      completeness.shortfalls.prefix(Self.most).map { shortfall in
        [
          .init(shortfall.resource), .init(shortfall.organization.isEmpty ? "the enterprise" : shortfall.organization),
          .init(shortfall.cause()), .init(shortfall.advice),
        ]
      })
    complete = rows.count { $0[9] == .integer(1) }
    lists = rows.count
    table = PageTable(
      rows.count > Self.most ? "Mirrored lists: \(Self.most) of \(rows.count.grouped), incomplete ones first" : "Mirrored lists",
      [
        "resource", "organization", "access", "last complete (UTC)", "rows", "lists pending", "quarantined", "held back", "gaps",
        "complete",
      ],
      rows.prefix(Self.most).map { row in
        row.enumerated().map { column, value in
          column == 9
            ? .init(
              value == .integer(1) ? "yes" : "no",
              mark: value == .integer(1) ? "good" : row[2].text == "read" ? "waiting" : "quiet")
            : .init(value.shown, isNumber: (4...8).contains(column))
        }
      })
  }

  static func moment(of reader: MirrorReader) async throws -> String {
    try await reader.answer("SELECT strftime('%Y-%m-%d %H:%M UTC', moment, 'unixepoch') FROM mirror_moment").rows.first?.first?
      .text ?? ""
  }
}

extension MirrorCompleteness.Shortfall {
  fileprivate var advice: String {
    switch kind {
    case .pending, .neverComplete, .gaps: "`devin-sync sync` reads it; if it stays, see the output of the run"
    case .quarantined: "see the reasons below; the next runs try again"
    case .heldBack:
      "check in Devin whether the rows were deleted; then `devin-sync sync \(resource) --allow-mass-deletion` marks them"
    case .refused: "`devin-sync check` says which permission the key needs"
    }
  }
}
