import ArgumentParser
import DevinSync

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the mirror, also while a sync runs.",
    discussion: """
      The copy is the mirror as it is at one moment: one file of mode 0600, checked, and given its name only when it is whole. \
      `devin-sync verify --offline --database FILE` checks it again, and a sync can go on with it.

      Contents of attachments, which are beside the mirror and not in it, are copied with --with-files, into FILE.files; each is compared with \
      its SHA-256 on the way.

      With --redact the copy can be given away: ids, times, counts, costs and structure stay, so that every question gives the same \
      figures. Pseudonyms take the place of what people wrote and of who they are: messages, titles, prompts, notes, playbooks, names, mail \
      addresses, tags, repositories, paths of addresses, structured output, audit data. The same text gets the same pseudonym, by a key that \
      is made for the copy and thrown away. A sync refuses the copy. docs/sharing.md says what stays.
      """)

  @Argument(help: ArgumentHelp("Where to put the copy.", valueName: "file"), completion: .file()) var file: String
  @Flag(help: "Write over a file that is there.") var force = false
  @Flag(help: "Replace what people wrote and who they are, for a copy to give away.") var redact = false
  @Flag(help: "Copy the contents of attachments, too, into FILE.files.") var withFiles = false
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    guard !withFiles || !redact else {
      throw ValidationError("--with-files and --redact exclude each other: contents cannot be redacted.")
    }
  }

  func run() async throws {
    try await reporting {
      let maintenance = MirrorMaintenance(database: try database.path)
      let bytes = try maintenance.backUp(to: file, replacing: force, redacting: redact)
      Console.print("\(file): \(bytes.inBytes), \(redact ? "redacted and " : "")checked")
      if withFiles {
        try await copyFiles(maintenance)
      } else if let files = try await maintenance.keptFiles(), files.contents > 0 {
        Console.print(
          "files: not in the copy\(redact ? ", since contents cannot be redacted" : "; --with-files copies them") (\(files.contents.counted("content")), \(files.bytes.inBytes))"
        )
      }
    }
  }

  private func copyFiles(_ maintenance: MirrorMaintenance) async throws {
    let files = try await maintenance.copyFiles(for: file)
    Console.print(
      files.contents == 0 && files.findings.isEmpty
        ? "files: none is kept" : "\(files.folder): \(files.contents.counted("content")), \(files.bytes.inBytes), checked")
    guard !files.findings.isEmpty else { return }
    files.findings.prefix(20).forEach(Console.print)
    throw Failure(
      .databaseFailed,
      "\(files.findings.count.counted("content")) could not be copied. Everything else was. `devin-sync verify --repair files` and `devin-sync sync files` read them again."
    )
  }
}
