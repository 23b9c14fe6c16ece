import ArgumentParser
import DevinSync

struct ResetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset",
    abstract: "Discard sync progress, so that the next sync reads everything.",
    usage: "devin-sync reset [<options>] <resource> ...",
    discussion: """
      No row is removed, and deletions are still found. To read everything in a single run only, use `sync --full`.
      """)

  @Argument(help: ArgumentHelp("Resources or groups, or `all`.", valueName: "resource"), completion: .resources)
  var resources: [String]
  @Flag(help: "Do not ask for confirmation.") var yes = false
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    for name in resources where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).messageWithAdvice)
    }
  }

  func run() async throws {
    try await reporting {
      let path = try database.path
      let maintenance = MirrorMaintenance(database: path)
      let names = Catalogue.names(for: resources)
      let chosen = Catalogue.all.filter { names.contains($0.name) }
      let question = "Read \(chosen.count.counted("resource")) of \(path) from the beginning at the next sync?"
      guard try yes || Console.confirm(question) else { return }
      let lists = try await maintenance.reset(chosen)
      Console.print(
        "\(path): \(lists.counted("list")) of \(chosen.count.counted("resource")) will be read completely by the next sync")
    }
  }
}
