public import DevinModel
import MirrorStore

/// Reads a mirror with SQL, also while a run writes. Nothing that it is given can change a file.
public final class MirrorReader: Sendable {
  /// As SQLite keeps it.
  public typealias Value = MirrorValue

  /// Path of the mirror's file.
  public let database: String
  let store: MirrorStore
  /// Nil: every answer is asked of the file.
  private let kept: KeptAnswers?

  /// The answer to one query.
  public struct QueryResult: Hashable, Sendable {
    /// Names in the order of the query; two may be the same.
    public let columns: [String]
    /// One value for each column.
    public let rows: [[MirrorValue]]

    /// - Parameters:
    ///   - columns: their names, in order.
    ///   - rows: as many values in each as there are columns.
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
    kept = keepsAnswers ? KeptAnswers() : nil
    do { store = try MirrorStore(path: database, .read, longestValue: longestValue) } catch { throw MirrorError(error) }
  }

  /// Whether words can be searched for.
  public var indexesText: Bool { store.indexesText }

  /// Hands over the rows one by one, so that an answer of any length takes little memory.
  /// - Parameters:
  ///   - sql: one statement that changes nothing.
  ///   - parameters: by name, without the colon; what is missing is NULL.
  ///   - limit: after this the query is ended.
  ///   - row: is called once for each row, in order. What it throws ends the query.
  /// - Returns: the names of the columns.
  /// - Throws: `MirrorError`; what `row` throws.
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

  /// - Throws: `.tookTooLong` when the time is up; the query is interrupted.
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

/// - Throws: `MirrorError.tookTooLong` when the time is up: the work is cancelled, which interrupts its queries, and waited for.
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
