import ArgumentParser
import DevinSync

struct BackupCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the mirror, even during a sync.",
    usage: "devin-sync backup [<options>] <file>",
    discussion: """
      The copy is one file of mode 0600 with the state of one moment. It gets its name only after it is complete and checked. \
      `devin-sync verify --offline --database FILE` checks it again. A sync can continue in the copy.

      Attachment contents are stored beside the mirror, not in it. --with-files copies them to FILE.files and compares each with \
      its SHA-256.

      With --redact, the copy can be shared. Ids, times, counts, costs and structure stay, so every question gives the same \
      figures. Texts and personal data are replaced with pseudonyms: messages, titles, prompts, notes, playbooks, names, email \
      addresses, tags, repositories, paths in URLs, structured output and audit data. The same text gets the same pseudonym. The \
      key for the pseudonyms is created for this copy and thrown away. A sync refuses a redacted copy. docs/sharing.md lists \
      what stays.
      """)

  @Argument(help: ArgumentHelp("Path of the copy.", valueName: "file"), completion: .file()) var file: String
  @Flag(help: "Overwrite an existing file.") var force = false
  @Flag(help: "Replace texts and names with pseudonyms, so that the copy can be shared.") var redact = false
  @Flag(help: "Also copy attachment contents, to FILE.files.") var withFiles = false
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
