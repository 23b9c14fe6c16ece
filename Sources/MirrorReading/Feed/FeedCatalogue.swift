import DevinModel
import MirrorStore

/// What a feed can send: every resource with its columns.
struct FeedCatalogue {
  private let columns: [String: [FeedColumn]]

  /// - Parameter objects: tables and views of a file. Comments come from this version's schema, since those of an older file may say less.
  init(_ objects: [MirrorSchemaText.Object]) throws {
    columns = try objects.reduce(into: [:]) { columns, object in
      guard Catalogue.resource(named: object.name) != nil else { return }
      let comments = try ColumnComment.all(of: object.name)
      columns[object.name] = object.columns.map { FeedColumn(name: $0.name, type: $0.type, comment: comments[$0.name]) }
    }
  }

  /// In the order of the catalogue, which has parents before children.
  /// - Throws: `MirrorError`.
  func streams(_ options: MirrorFeed.Options) throws -> [FeedStream] {
    for name in options.excluded.sorted() { try demandExcludable(name) }
    return try Catalogue.all.compactMap { resource in
      guard options.resources.isEmpty || options.resources.contains(resource.name) else { return nil }
      let prefix = "\(resource.name)."
      let excluded = Set(options.excluded.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) })
      let all = columns[resource.name] ?? []
      let stream = FeedStream(resource, all, excluding: excluded, withObjects: options.withObjects)
      guard options.organization != nil, !all.contains(where: { $0.name == "org_id" }) else { return stream }
      if options.resources.isEmpty { return nil }
      throw MirrorError.noOrganizations(resource.name)
    }
  }

  private func demandExcludable(_ name: String) throws {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let resource = Catalogue.resource(named: parts[0]), let all = columns[parts[0]] else {
      throw MirrorError.unknownColumn(name, known: [])
    }
    let names = FeedStream(resource, all, withObjects: true).columns.flatMap {
      [$0.name] + ($0.textName.map { [$0] } ?? [])
    }
    guard names.contains(parts[1]) else { throw MirrorError.unknownColumn(name, known: names) }
    guard !resource.table.keyColumns.contains(parts[1]) else { throw MirrorError.neededColumn(name) }
  }
}
