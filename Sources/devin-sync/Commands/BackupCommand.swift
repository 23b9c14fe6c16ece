import ArgumentParser
import DevinSync

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the mirror, also while a sync runs.",
    discussion: """
      The copy is the mirror as it is at one moment: one file of mode 0600, checked, and given its name only when it is whole. \
      `devin-sync verify --offline --database FILE` checks it again, and a sync can go on with it.
      """)

  @Argument(help: ArgumentHelp("Where to put the copy.", valueName: "file"), completion: .file()) var file: String
  @Flag(help: "Write over a file that is there.") var force = false
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let bytes = try MirrorCare(database: try database.path).backUp(to: file, replacing: force)
      Console.print("\(file): \(bytes.asBytes), checked")
    }
  }
}
