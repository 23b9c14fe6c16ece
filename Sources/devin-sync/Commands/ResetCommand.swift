import ArgumentParser
import DevinSync
import Foundation

struct ResetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reset",
    abstract: "Forget how far resources were read, so that the next sync reads them whole.",
    discussion: """
      No row goes, and deletions are still found. For a single run `sync --full` does the same without forgetting anything.
      """)

  @Argument(help: ArgumentHelp("Resources or groups, or `all`.", valueName: "resource"))
  var resources: [String]
  @Flag(help: "Do not ask.") var yes = false
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    for name in resources where Catalogue.resources(for: name) == nil {
      throw ValidationError(SyncError.unknownResource(name).message)
    }
  }

  func run() async throws {
    try await reporting {
      let path = try database.path
      let care = try MirrorCare(database: path)
      let names = Set(resources.flatMap { Catalogue.resources(for: $0) ?? [] }.map(\.name))
      let chosen = Catalogue.all.filter { names.contains($0.name) }
      if !yes {
        guard isatty(STDIN_FILENO) == 1 else {
          throw Failure(.usage, "nothing was changed: there is no terminal to ask on. Pass --yes to go on without.")
        }
        Console.write(
          "Read \(chosen.count.counted("resource")) of \(path) from the beginning the next time? [y/N] ".printable,
          to: .standardError)
        guard ["y", "yes"].contains((readLine() ?? "").lowercased()) else {
          throw Failure(.usage, "nothing was changed.")
        }
      }
      let lists = try await care.reset(chosen)
      Console.print(
        "\(path): \(lists.counted("list")) of \(chosen.count.counted("resource")) will be read whole by the next sync")
    }
  }
}
