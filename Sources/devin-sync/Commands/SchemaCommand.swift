import ArgumentParser
import DevinSync

struct SchemaCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the SQL of all tables and views, with a comment on each column.",
    discussion: """
      Needs neither a key nor a mirror. Schema/README.md explains the tables, with a query for each.
      """)

  @Argument(help: ArgumentHelp("Table or view. Default: all.", valueName: "table"), completion: .list(Catalogue.all.map(\.name)))
  var name: String?

  @Flag(help: "Print JSON: tables and views with their columns.") var json = false
  @OptionGroup var pager: PagerOptions

  func run() async throws {
    try await reporting {
      let objects = try MirrorSchemaText.objects(of: name)
      guard !objects.isEmpty else {
        let hint = try MirrorSchemaText.names().hint(for: name ?? "") ?? ""
        throw Failure(.usage, "there is no table or view `\(name ?? "")`.\(hint) `devin-sync schema` prints all of them.")
      }
      if json { return try Console.printJSON(objects.filter { $0.kind != "index" }) }
      try await pager.paging { Console.printText(objects.map { $0.sql + ";" }.joined(separator: "\n\n")) }
    }
  }
}
