import DevinModel
import MirrorReading

/// The period of a page, the previous period of the same length, and the selected organization.
struct UsagePeriod {
  let days: Report.Period
  let before: Report.Period
  let organization: String?

  /// - Parameters: as for `Report.init`.
  /// - Throws: `MirrorError`; `.emptyPeriod` when the first day comes after the last.
  init(of reader: MirrorReader, since: String? = nil, until: String? = nil, organization: String? = nil) async throws {
    let days = try await reader.answer(
      """
      WITH ends AS (SELECT coalesce(:until, date((SELECT moment FROM mirror_moment) - 28800, 'unixepoch')) AS until),
      spans AS (SELECT coalesce(:since, date(until, '-29 days')) AS since, until FROM ends)
      SELECT since, until, date(since, '-' || CAST(julianday(until) - julianday(since) + 1 AS INTEGER) || ' days'), date(since, '-1 days') FROM spans
      """, ["since": since.map { .text($0) } ?? .null, "until": until.map { .text($0) } ?? .null]
    ).rows[0].map { $0.text ?? "" }
    guard days[0] <= days[1] else { throw MirrorError.emptyPeriod(since: days[0], until: days[1]) }
    self.days = Report.Period(since: days[0], until: days[1])
    before = Report.Period(since: days[2], until: days[3])
    self.organization = organization
  }

  /// The parameters of questions.
  var parameters: [String: MirrorReader.Value] {
    [
      "since": .text(days.since), "until": .text(days.until), "org": organization.map { .text($0) } ?? .null,
    ]
  }

  /// The page of the sessions that were created on these days.
  func sessions(since: String, until: String) -> String {
    PageTarget.address("/sessions", [("since", since), ("until", until), ("org", organization)])
  }
}

/// Whether the mirrored plan is metered in ACUs.
enum ACUReporting {
  case reported
  /// Consumption was read and is empty, and no mirrored session has a cost. This is the case for self-serve plans, whose sessions
  /// report 0.
  case notOnThisPlan
  /// Consumption was never read.
  case unknown

  init(of reader: MirrorReader) async throws {
    let row = try await reader.answer(
      """
      SELECT EXISTS (SELECT 1 FROM list_moments WHERE resource = 'daily_consumption'), EXISTS (SELECT 1 FROM derived_sessions),
        EXISTS (SELECT 1 FROM derived_sessions WHERE acus <> 0) OR EXISTS (SELECT 1 FROM daily_consumption WHERE acus <> 0)
          OR EXISTS (SELECT 1 FROM session_daily_consumption WHERE acus <> 0)
      """
    ).rows[0].map { $0 != .integer(0) }
    self = !row[0] ? .unknown : row[1] && !row[2] ? .notOnThisPlan : .reported
  }
}
