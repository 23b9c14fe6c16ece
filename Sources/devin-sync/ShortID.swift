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
      throw Failure(.usage, MirrorError.noSuchRow(resource.name, given).message + hint)
    }
  }

  /// - Parameter given: the id of a session or its beginning, with or without `devin-`, or an address in the web app.
  /// - Throws: `Failure` (64) if it is not clear which one is meant, or there is none.
  func demandSession(_ given: String) async throws -> String { try await demandRow(of: .sessions, given) }
}
