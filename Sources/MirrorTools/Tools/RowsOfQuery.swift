import DevinModel
import MirrorReading
import ModelContext
import Synchronization

/// The rows of a query from a given row on, up to the size of an answer, where reading stops.
struct RowsOfQuery: Sendable {
  let columns: [String]
  let rows: [JSON]
  let hasMore: Bool

  private struct State {
    var columns: [String] = []
    var rows: [JSON] = []
    var seen = 0
    var bytes = 0
    var isFull = false
  }

  /// - Parameters:
  ///   - skipped: number of rows in earlier answers.
  ///   - bytes: after this size no further row is read.
  /// - Throws: `MirrorError`, `CancellationError`.
  init(
    _ sql: String, _ parameters: [String: MirrorValue] = [:], skipped: Int, bytes: Int, within limit: Duration,
    in reader: MirrorReader
  ) async throws {
    let state = Mutex(State())
    do {
      let columns = try await reader.rows(of: sql, parameters, within: limit) { columns, values in
        try state.withLock { state in
          state.seen += 1
          if state.seen <= skipped { return }
          if state.bytes > bytes {
            (state.columns, state.isFull) = (columns, true)
            // This is the only error that a query passes on unchanged.
            throw CancellationError()
          }
          let row = JSON.list(values.map { JSON($0, longest: bytes) })
          state.bytes += row.line.utf8.count
          state.rows.append(row)
        }
      }
      state.withLock { $0.columns = columns }
    } catch is CancellationError where state.withLock(\.isFull) {
    }
    (columns, rows, hasMore) = state.withLock { ($0.columns, $0.rows, $0.isFull) }
  }

  /// One item for each row.
  func answer(_ facts: JSONObject, skipped: Int) -> ToolReply {
    var answer = ToolReply(facts: facts.merging(["columns": .list(columns.map(JSON.text))]), list: "rows")
    answer.items = rows.enumerated().map { ToolReply.Item(value: $1, position: "\(skipped + $0 + 1)") }
    answer.hasMore = hasMore
    if rows.isEmpty { answer.remarks.append(skipped == 0 ? "There are no rows." : "There are no more rows.") }
    return answer
  }

  static let output: JSONObject = [
    "columns": AnswerSchema.list(AnswerSchema.text, "names in order"),
    "rows": AnswerSchema.list(["type": "array"], "one value for each column"),
  ]
}

extension JSON {
  /// - Parameter longest: the maximum number of characters kept of a text.
  fileprivate init(_ value: MirrorValue, longest: Int) {
    self =
      switch value {
      case .null: .null
      case .integer(let number): .integer(number)
      case .real(let number): .number(number)
      case .text(let text): text.utf8.count > longest ? .text(text.start(longest)) : .text(text)
      case .bytes(let count): .text("\(count) bytes")
      }
  }
}
