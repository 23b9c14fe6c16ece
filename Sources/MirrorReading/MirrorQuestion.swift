import DevinModel
import Foundation
import MirrorSchema

/// A question that people ask of a mirror, with the query that answers it.
public struct MirrorQuestion: Hashable, Sendable {
  /// As it is called: `acus-by-user`.
  public let name: String
  /// The question itself, one sentence.
  public let text: String
  /// What to know of the answer; empty: nothing.
  public let remark: String
  /// Its parameters are `since` and `until` (billing days as 2026-11-01, both included) and `org`; NULL: no limit, or where a period is
  /// needed the last days of the mirror.
  public let sql: String
  /// The same for parameters that hold the period: what is computed in the query would be compared with every session.
  private let sqlOfPeriod: String
  /// How many days it looks at up to the last where no first day is given; nil: all, or what its own SQL says.
  private let days: Int?
  /// How many rows people are shown unless they ask for more; nil: all. An export has all.
  public let limit: Int?
  /// Columns whose sums over all rows are told where rows are left out; empty: none.
  public let totals: [String]
  /// Columns of ACUs that get a column of costs where the user has said what an ACU costs; empty: none.
  public let costs: [String]

  /// Every question that comes with this version, by name.
  public static let all: [MirrorQuestion] = MirrorQuestions.all.map(MirrorQuestion.init)

  /// Nil: there is no question of that name.
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
  private static let marks = [limitMark, totalMark, costMark, periodMark]

  /// SQL for the first of so many days up to `until`, or up to the mirror's moment.
  private static func firstDay(of days: Int) -> String {
    "date(coalesce(:until, date((SELECT moment FROM mirror_moment) - 28800, 'unixepoch')), '-\(days - 1) days')"
  }

  /// The query with its period as values.
  /// - Parameters:
  ///   - parameters: as of `sql`.
  ///   - rate: as of `sql(at:)`.
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

  /// Whether its answer is of a period.
  public var hasPeriod: Bool { sqlOfPeriod.contains(":since") }
}

extension MirrorReader {
  /// The answer to a question.
  /// - Parameters:
  ///   - parameters: as of `MirrorQuestion.sql`.
  ///   - rate: as of `MirrorQuestion.sql(at:)`.
  /// - Throws: `MirrorError`.
  public func answer(
    to question: MirrorQuestion, _ parameters: [String: MirrorValue] = [:], at rate: ACURate? = nil, within limit: Duration? = nil
  ) async throws -> QueryResult {
    let query = try await question.bound(parameters, at: rate, in: self)
    return try await answer(query.sql, query.parameters, within: limit)
  }
}
