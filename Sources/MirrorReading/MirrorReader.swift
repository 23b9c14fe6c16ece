public import DevinModel
import MirrorStore

/// Reads a mirror with SQL, even while a run writes. No query can change a file.
public final class MirrorReader: Sendable {
  /// A value as SQLite stores it.
  public typealias Value = MirrorValue

  /// Path of the mirror's file.
  public let database: String
  let store: MirrorStore
  /// Nil: every answer is asked of the file.
  private let kept: QueryCache?

  /// The result of one query.
  public struct QueryResult: Hashable, Sendable {
    /// Names in the order of the query; two may be the same.
    public let columns: [String]
    /// One value for each column.
    public let rows: [[MirrorValue]]

    /// - Parameters:
    ///   - columns: their names, in order.
    ///   - rows: each has as many values as there are columns.
    public init(columns: [String], rows: [[MirrorValue]]) {
      self.columns = columns
      self.rows = rows
    }
  }

  /// - Throws: `MirrorError` when there is no mirror at this path.
  public convenience init(database: String) throws { try self.init(database: database, keepsAnswers: false) }

  /// - Parameters:
  ///   - longestValue: bytes of a value that a query may make or read; nil: as many as SQLite can hold.
  ///   - keepsAnswers: whether what was asked since the file changed last is answered from memory. The query may not ask for the time.
  /// - Throws: `MirrorError` when there is no mirror at this path.
  package init(database: String, longestValue: Int? = nil, keepsAnswers: Bool) throws {
    self.database = database
    kept = keepsAnswers ? QueryCache() : nil
    do { store = try MirrorStore(path: database, .read, longestValue: longestValue) } catch { throw MirrorError(error) }
  }

  /// Whether the mirror has a full-text index, so that text can be searched.
  public var indexesText: Bool { store.indexesText }

  /// Passes on the rows one by one, so that even a long result needs little memory.
  /// - Parameters:
  ///   - sql: one read-only statement.
  ///   - parameters: by name, without the colon; missing ones are NULL.
  ///   - limit: the query is stopped after this time.
  ///   - row: called once for each row, in order. An error that it throws ends the query.
  /// - Returns: the names of the columns.
  /// - Throws: `MirrorError`; errors of `row`.
  @discardableResult
  public func rows(
    of sql: String, _ parameters: [String: MirrorValue] = [:], within limit: Duration? = nil,
    row: @escaping @Sendable (_ columns: [String], _ values: [MirrorValue]) throws -> Void
  ) async throws -> [String] {
    try await ending(after: limit) { [store] in try await store.query(sql, parameters, row: row) }
  }

  /// All rows at once.
  /// - Throws: `MirrorError`.
  public func answer(
    _ sql: String, _ parameters: [String: MirrorValue] = [:], within limit: Duration? = nil
  ) async throws -> QueryResult {
    let ask = { [store] in
      let answer = try await self.ending(after: limit) { try await store.query(sql, parameters) }
      return QueryResult(columns: answer.columns, rows: answer.rows)
    }
    return if let kept { try await kept.answer(to: sql, parameters, at: stamp, ask) } else { try await ask() }
  }

  /// - Throws: `.tookTooLong` when the time limit is reached; the query is interrupted.
  private func ending<R: Sendable>(
    after limit: Duration?, _ query: @escaping @Sendable () async throws -> R
  ) async throws -> R {
    do {
      guard let limit else { return try await query() }
      return try await within(limit, query)
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }
}

/// - Throws: `MirrorError.tookTooLong` at the time limit: the work is cancelled, which interrupts its queries, and then awaited.
package func within<R: Sendable>(_ limit: Duration, _ work: @escaping @Sendable () async throws -> R) async throws -> R {
  try await withThrowingTaskGroup(of: R?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      try await Task.sleep(for: limit)
      return nil
    }
    defer { group.cancelAll() }
    guard let result = try await group.next() ?? nil else { throw MirrorError.tookTooLong(limit) }
    return result
  }
}
