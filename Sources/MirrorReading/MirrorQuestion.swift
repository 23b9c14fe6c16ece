import DevinModel
import Foundation
import MirrorSchema

/// A prepared question about a mirror, with the query that answers it.
public struct MirrorQuestion: Hashable, Encodable, Sendable {
  /// The name by which it is called: `acus-by-user`.
  public let name: String
  /// The question itself, one sentence.
  public let text: String
  /// What readers should know about the answer; empty: nothing.
  public let remark: String
  /// Its parameters are `since` and `until` (billing days such as 2026-11-01, both inclusive), `org` and `user`. NULL means no limit or,
  /// if a period is required, the last days of the mirror.
  public let sql: String
  /// The same query with the period as parameters: a period computed in the query would be compared with every session.
  private let sqlOfPeriod: String
  /// The number of days in the period if no first day is given; nil: all, or as defined in its own SQL.
  private let days: Int?
  /// The maximum number of rows shown to people by default; nil: all. An export has all rows.
  public let limit: Int?
  /// Columns whose sums over all rows are shown if rows are left out; empty: none.
  public let totals: [String]
  /// Columns of ACUs that get a cost column if the user has set a price per ACU; empty: none.
  public let costs: [String]

  /// Where its answer is in the report, from 1; nil: the report does not contain it.
  package let reportPosition: Int?

  private enum CodingKeys: String, CodingKey {
    case name, remark, sql
    case text = "question"
  }

  /// Every question of this version, by name.
  public static let all: [MirrorQuestion] = MirrorQuestions.all.map(MirrorQuestion.init)

  /// Nil: there is no question with that name.
  public static func named(_ name: String) -> MirrorQuestion? { all.first { $0.name == name } }

  private init(name: String, sql: String) {
    self.name = name
    let lines = sql.split(separator: "\n").map(String.init)
    let header = lines.prefix { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
    func setting(_ mark: String) -> String? { header.first { $0.hasPrefix(mark) }.map { String($0.dropFirst(mark.count)) } }
    limit = setting(Self.limitMark).flatMap { Int($0) }
    func columns(_ mark: String) -> [String] {
      setting(mark)?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    }
    totals = columns(Self.totalMark)
    costs = columns(Self.costMark)
    reportPosition = setting(Self.reportMark).flatMap { Int($0) }
    days = setting(Self.periodMark).flatMap { Int($0.prefix { $0 != " " }) }
    let comments = header.filter { line in !Self.marks.contains { line.hasPrefix($0) } }
    text = comments.first ?? name
    remark = comments.dropFirst().joined(separator: " ")
    let query = lines.dropFirst(header.count).joined(separator: "\n")
    sqlOfPeriod = query
    self.sql =
      days.map { days in
        query.replacing(":since", with: "coalesce(:since, \(Self.firstDay(of: days)))")
          .replacing("AND :until", with: "AND coalesce(:until, '9999')")
      } ?? query
  }

  private static let limitMark = "limit: "
  private static let totalMark = "total: "
  private static let costMark = "cost: "
  private static let periodMark = "period: "
  private static let reportMark = "report: "
  private static let marks = [limitMark, totalMark, costMark, periodMark, reportMark]

  /// SQL for the first of this many days up to `until`, or up to the mirror's moment.
  private static func firstDay(of days: Int) -> String {
    "date(coalesce(:until, date((SELECT moment FROM mirror_moment) - 28800, 'unixepoch')), '-\(days - 1) days')"
  }

  /// The query, with the values for its period.
  /// - Parameters:
  ///   - parameters: as for `sql`.
  ///   - rate: as for `sql(at:)`.
  package func bound(
    _ parameters: [String: MirrorValue], at rate: ACURate? = nil, in reader: MirrorReader
  ) async throws -> (sql: String, parameters: [String: MirrorValue]) {
    guard let days else { return (sql(at: rate), parameters) }
    var bound = parameters
    if (parameters["since"] ?? .null) == .null {
      let until = parameters["until"] ?? .null
      bound["since"] = try await reader.answer("SELECT \(Self.firstDay(of: days))", ["until": until]).rows[0][0]
    }
    if (parameters["until"] ?? .null) == .null { bound["until"] = .text("9999") }
    return (addingCosts(at: rate, to: sqlOfPeriod), bound)
  }

  /// Whether its answer covers a period.
  public var hasPeriod: Bool { sqlOfPeriod.contains(":since") }
}

extension MirrorReader {
  /// The answer to a question.
  /// - Parameters:
  ///   - question: one of `MirrorQuestion.all`.
  ///   - parameters: as for `MirrorQuestion.sql`.
  ///   - rate: as for `MirrorQuestion.sql(at:)`.
  ///   - limit: the most time the query may take; nil: as long as it needs.
  /// - Throws: `MirrorError`.
  public func answer(
    to question: MirrorQuestion, _ parameters: [String: MirrorValue] = [:], at rate: ACURate? = nil, within limit: Duration? = nil
  ) async throws -> QueryResult {
    let query = try await question.bound(parameters, at: rate, in: self)
    return try await answer(query.sql, query.parameters, within: limit)
  }
}
