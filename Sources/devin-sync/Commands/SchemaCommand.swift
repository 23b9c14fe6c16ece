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

  private struct JSON: Encodable {
    struct Column: Encodable {
      let name, type: String
      let comment: String?
      /// How its values are treated in a redacted copy.
      let redaction: String?
    }
    let name, type, sql: String
    let columns: [Column]
  }

  func run() async throws {
    try await reporting {
      let objects = try MirrorSchemaText.objects(of: name)
      guard !objects.isEmpty else {
        let hint = try MirrorSchemaText.names().hint(for: name ?? "") ?? ""
        throw Failure(.usage, "there is no table or view `\(name ?? "")`.\(hint) `devin-sync schema` prints all of them.")
      }
      if json {
        return try Console.printJSON(
          objects.filter { $0.kind != "index" }.map { object in
            JSON(
              name: object.name, type: object.kind, sql: object.sql,
              columns: object.columns.map {
                JSON.Column(name: $0.name, type: $0.type, comment: $0.comment, redaction: $0.redaction)
              })
          })
      }
      try await pager.paging { Console.printText(objects.map { $0.sql + ";" }.joined(separator: "\n\n")) }
    }
  }
}
