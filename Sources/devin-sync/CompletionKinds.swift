import ArgumentParser
import DevinSync

extension CompletionKind {
  /// Names of resources and of groups, and the names `all`, `default` and `files`.
  static let resources = CompletionKind.list(
    Catalogue.all.map(\.name) + Set(Catalogue.all.map(\.group.rawValue)).sorted() + ["all", "default", FileContents.name])
}
