import ArgumentParser
import DevinSync

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the mirror, also while a sync runs.",
    discussion: """
      The copy is the mirror as it is at one moment: one file of mode 0600, checked, and given its name only when it is whole. \
      `devin-sync verify --offline --database FILE` checks it again, and a sync can go on with it.

      With --redact the copy can be given away: ids, times, counts, costs and structure stay, so that every question gives the same \
      figures. Pseudonyms take the place of what people wrote and of who they are: messages, titles, prompts, notes, playbooks, names, mail \
      addresses, tags, repositories, paths of addresses, structured output, audit data. The same text gets the same pseudonym, by a key that \
      is made for the copy and thrown away. A sync refuses the copy. docs/sharing.md says what stays.
      """)

  @Argument(help: ArgumentHelp("Where to put the copy.", valueName: "file"), completion: .file()) var file: String
  @Flag(help: "Write over a file that is there.") var force = false
  @Flag(help: "Replace what people wrote and who they are, for a copy to give away.") var redact = false
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let bytes = try MirrorMaintenance(database: try database.path).backUp(to: file, replacing: force, redacting: redact)
      Console.print("\(file): \(bytes.asBytes), \(redact ? "redacted and " : "")checked")
    }
  }
}
