import MirrorSchema

/// A question that people ask of a mirror, with the query that answers it.
public struct Question: Hashable, Sendable {
  /// As it is called: `acus-by-user`.
  public let name: String
  public let text: String
  /// What to know of the answer; empty: nothing.
  public let remark: String
  /// Its parameters are `since` and `until` (billing days as 2026-11-01, both included) and `org`; NULL: no limit, or where a period is
  /// needed the last 30 days.
  public let sql: String

  public static let all: [Question] = MirrorQuestions.all.map(Question.init)

  /// Nil: there is no question of that name.
  public static func named(_ name: String) -> Question? { all.first { $0.name == name } }

  private init(name: String, sql: String) {
    self.name = name
    let lines = sql.split(separator: "\n").map(String.init)
    let comments = lines.prefix { $0.hasPrefix("-- ") }.map { String($0.dropFirst(3)) }
    text = comments.first ?? name
    remark = comments.dropFirst().joined(separator: " ")
    self.sql = lines.dropFirst(comments.count).joined(separator: "\n")
  }

  /// Whether its answer is of a period.
  public var hasPeriod: Bool { sql.contains(":since") }
}
