import DevinModel
import Synchronization

/// Answers that were given since the file changed last, so that a page that somebody looks at again is not worked out again.
final class KeptAnswers: Sendable {
  private struct Query: Hashable {
    let sql: String
    let parameters: [String: MirrorValue]
  }

  private struct State {
    var stamp: MirrorReader.Stamp?
    var answers: [Query: MirrorReader.QueryResult] = [:]
    var values = 0
  }

  private let state = Mutex(State())
  /// Of all answers together. Then all are forgotten.
  private static let mostValues = 50_000

  /// - Parameters:
  ///   - stamp: of the file before the query begins, so that an answer of a newer file is kept for no longer than one of this.
  ///   - make: asks the file.
  /// - Throws: what `make` throws.
  func answer(
    to sql: String, _ parameters: [String: MirrorValue], at stamp: MirrorReader.Stamp,
    _ make: () async throws -> MirrorReader.QueryResult
  ) async throws -> MirrorReader.QueryResult {
    let query = Query(sql: sql, parameters: parameters)
    if let known = state.withLock({ $0.stamp == stamp ? $0.answers[query] : nil }) { return known }
    let answer = try await make()
    state.withLock { state in
      let values = answer.rows.count * answer.columns.count
      if state.stamp != stamp || state.values + values > Self.mostValues { state = State(stamp: stamp) }
      guard values <= Self.mostValues, state.answers.updateValue(answer, forKey: query) == nil else { return }
      state.values += values
    }
    return answer
  }
}
