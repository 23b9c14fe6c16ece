import DevinSync

extension MirrorReader {
  /// The complete key of a row, which may be given by its beginning, also with the ellipsis of a narrow table.
  /// - Throws: `Failure` (64) if it is the beginning of several keys, or of none.
  func demandRow(of resource: Resource, _ given: String) async throws -> String {
    let given = given.hasSuffix("…") ? String(given.dropLast()) : given
    switch try await row(of: resource, given) {
    case .one(let key): return key
    case .several(let keys):
      throw Failure(
        .usage,
        "`\(given)` is the beginning of several ids of \(resource.name): \(keys.prefix(3).joined(separator: ", "))\(keys.count > 3 ? " and more" : ""). Give more characters."
      )
    case .none(let near):
      let hint = near.first.map { " Did you mean `\($0)`?" } ?? ""
      throw Failure(.usage, MirrorError.noSuchRow(resource.name, given).messageWithAdvice + hint)
    }
  }

  /// The complete key of an object that is to be written. If the history knows an object with exactly this id, it is meant, although its
  /// row may have been pruned and the id may be the beginning of another one.
  /// - Throws: `Failure` (64) if it is the beginning of several keys, or of none.
  func demandObject(of resource: Resource, _ given: String) async throws -> String {
    let inHistory = try await answer(
      "SELECT EXISTS (SELECT 1 FROM sync_changes WHERE resource = :resource AND key = :key AND change <> 'inserted')",
      ["resource": .text(resource.name), "key": .text(given)]
    ).rows[0][0]
    return inHistory == .integer(1) ? given : try await demandRow(of: resource, given)
  }

  /// - Parameter given: the id of a session or its beginning, with or without `devin-`, or an address in the web app.
  /// - Throws: `Failure` (64) if it is not clear which one is meant, or there is none.
  func demandSession(_ given: String) async throws -> String { try await demandRow(of: .sessions, given) }
}
