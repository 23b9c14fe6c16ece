import DevinModel
import Synchronization

/// The answers since the last change of the file, so that a page that is opened again costs no query.
final class QueryCache: Sendable {
  private struct Query: Hashable {
    let sql: String
    let parameters: [String: MirrorValue]
  }

  private struct State {
    var stamp: MirrorReader.Stamp?
    var answers: [Query: MirrorReader.QueryResult] = [:]
    var bytes = 0
  }

  private let state = Mutex(State())
  /// The most that all answers together may take, about. When a new one exceeds it, the others are dropped.
  private static let mostBytes = 16 << 20

  /// - Parameters:
  ///   - stamp: of the file before the query begins, so that an answer from a newer file is kept no longer than one from this file.
  ///   - make: runs the query.
  /// - Throws: what `make` throws.
  func answer(
    to sql: String, _ parameters: [String: MirrorValue], at stamp: MirrorReader.Stamp,
    _ make: () async throws -> MirrorReader.QueryResult
  ) async throws -> MirrorReader.QueryResult {
    let query = Query(sql: sql, parameters: parameters)
    if let known = state.withLock({ $0.stamp == stamp ? $0.answers[query] : nil }) { return known }
    let answer = try await make()
    let bytes = answer.bytes
    state.withLock { state in
      if state.stamp != stamp || state.bytes + bytes > Self.mostBytes { state = State(stamp: stamp) }
      guard bytes <= Self.mostBytes, state.answers.updateValue(answer, forKey: query) == nil else { return }
      state.bytes += bytes
    }
    return answer
  }
}

extension MirrorReader.QueryResult {
  /// What it takes in memory, about.
  fileprivate var bytes: Int {
    rows.reduce(0) { sum, row in
      row.reduce(sum) { sum, value in
        if case .text(let text) = value { sum + 32 + text.utf8.count } else { sum + 32 }
      }
    }
  }
}
