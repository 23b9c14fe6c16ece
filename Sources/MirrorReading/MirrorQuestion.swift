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
  /// needed the last 30 days.
  public let sql: String
  /// How many rows people are shown unless they ask for more; nil: all. An export has all.
  public let limit: Int?
  /// Columns whose sums over all rows are told where rows are left out; empty: none.
  public let totals: [String]

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
    totals = setting(Self.totalMark)?.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) } ?? []
    let comments = header.filter { !$0.hasPrefix(Self.limitMark) && !$0.hasPrefix(Self.totalMark) }
    text = comments.first ?? name
    remark = comments.dropFirst().joined(separator: " ")
    self.sql = lines.dropFirst(header.count).joined(separator: "\n")
  }

  private static let limitMark = "limit: "
  private static let totalMark = "total: "

  /// Whether its answer is of a period.
  public var hasPeriod: Bool { sql.contains(":since") }
}
