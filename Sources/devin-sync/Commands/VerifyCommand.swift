import ArgumentParser
import DevinSync

struct VerifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Compare the mirror with the server, or check the file alone.",
    discussion: """
      Reads all default lists, or those of the named resources, and compares ids and contents with the mirror. For lists below \
      rows, such as the messages of a session, and for time ranges it compares a sample. The sample always includes sessions \
      whose insights count a different number of messages. Run verify right after a sync, because later changes on the server \
      also count as differences. A difference in a list that was unchanged, and is therefore read less often, is marked "not due \
      yet"; `devin-sync sync --full` reads these lists too.

      Status 0: everything was read, and mirror and server are equal. Status 65: there are differences, or lists that were never \
      read or must be read again (shown as "not read yet").

      With --repair, verify corrects differences from the responses that it compared. Before it marks a row as deleted, it \
      requests that row once more. The status is 0 if no difference is left.

      With --offline, verify sends no request and needs no key. It checks the file for damage, and checks computed columns and \
      bookkeeping. Status 74: something is wrong. Status 65: lists are pending.

      Stored attachment contents are compared with their SHA-256, also with --offline. If you name resources, this is done only \
      if `files` is one of them. After --repair, the next `devin-sync sync files` reads missing or altered contents again.
      """)

  @OptionGroup var settings: SettingFlags<VerifyFlags>
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  @Option(
    help: ArgumentHelp(
      "Number of lists below rows, or of time ranges, to compare per resource.\(VerifyOptions().sample.map { " Default: \($0)." } ?? "")",
      valueName: "n"))
  var sample: Int?

  @Flag(help: "Compare all lists below rows and all time ranges.")
  var all = false

  @Flag(help: "Correct differences in the mirror, and mark deleted rows.")
  var repair = false

  @Flag(help: "Check only the file. Sends no request.")
  var offline = false

  @Flag(help: "With --repair: mark any number of rows as deleted.")
  var allowMassDeletion = false

  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if let sample, sample < 0 { throw ValidationError("--sample must be 0 or more.") }
    if sample != nil, all { throw ValidationError("--sample and --all exclude each other.") }
    let ofServer = [DeclaredSettings.all.concurrency.key, DeclaredSettings.all.lockWait.key]
    if offline, sample != nil || all || ofServer.contains(where: { settings.values[$0] != nil }) || !connection.flags.isEmpty {
      throw ValidationError(
        "--offline sends no request: leave out options for the connection and for the comparison with the server.")
    }
    if allowMassDeletion, !repair {
      throw ValidationError("--allow-mass-deletion needs --repair: without it nothing is marked.")
    }
    if offline, repair { throw ValidationError("--repair needs the server: leave out --offline.") }
  }

  func run() async throws {
    try await reporting {
      if offline { return try await checkFile() }
      let settings = try Settings(database.profile, flags: database.flags.merging(connection.flags) { $1 }.merging(flags) { $1 })
      let mirror = try await settings.mirror()
      let options = try options(settings.options())
      let signals = Signals()
      let display = ProgressMode.auto.display()
      let report: VerifyReport
      do {
        report = try await signals.cancelling { try await mirror.verify(options) { await display.watch($0) } }
      } catch is CancellationError {
        throw Failure(signals.status ?? .interrupted, "interrupted before anything was compared.")
      }
      // On a terminal, most problems were already reported when they occurred.
      for problem in report.problems where problem.isReportedAtTheEnd || !Console.standardErrorIsTerminal {
        Console.error(problem.messageWithAdvice)
      }
      if json {
        try Console.printJSON(JSONObject(report, adding: ["status": ExitStatus.run(report.status).rawValue]))
      } else {
        report.lines.forEach(Console.print)
      }
      if !json { try await Self.showOpenPushes(in: settings.database) }
      let status: ExitStatus = report.wasCancelled ? signals.status ?? .interrupted : .run(report.status)
      if status != .success { throw ExitCode(status.rawValue) }
    }
  }

  private var flags: SettingValues { settings.values }
  private var resources: [String] { flags[DeclaredSettings.all.resources.key] ?? [] }

  private func options(_ run: SyncOptions) -> VerifyOptions {
    var options = VerifyOptions()
    options.resources = run.resources
    options.skip = run.skip
    options.sample = all ? nil : sample ?? options.sample
    options.repair = repair
    options.concurrency = run.concurrency
    options.lockWait = run.lockWait
    options.deletionLimit = run.deletionLimit
    options.allowMassDeletion = allowMassDeletion
    options.omit = run.omit
    return options
  }

  /// Says of which writes nobody knows whether they were carried out; the rows cannot tell.
  private static func showOpenPushes(in database: String) async throws {
    try await OpenPushes(in: MirrorReader(database: database))?.sentences.forEach(Console.print)
  }

  private func checkFile() async throws {
    let settings = try Settings(database.profile, flags: database.flags.merging(flags) { $1 })
    let path = try settings.database
    let integrity = try await MirrorIntegrity(
      database: path, of: resources.isEmpty ? nil : Catalogue.names(for: resources), asked: settings.requestedResources)
    let findings = integrity.allFindings
    if json { try Console.printJSON(integrity) }
    guard !findings.isEmpty else {
      if !json {
        Console.print(
          "\(path) is intact: no damage, and computed columns and bookkeeping match the rows.")
        if let files = integrity.files { Console.print("files: \(files.summary); all contents match their SHA-256") }
        integrity.notRead.lines.forEach(Console.print)
        try await Self.showOpenPushes(in: path)
      }
      guard integrity.notRead.isEmpty else { throw ExitCode(ExitStatus.unusableData.rawValue) }
      return
    }
    if !json { findings.forEach(Console.print) }
    throw Failure(.databaseFailed, "\(findings.count.counted("finding")) in \(path). Nothing was changed. \(integrity.advice)")
  }
}

extension MirrorIntegrity {
  /// What to do if there are findings.
  var advice: String {
    if allFindings.count == fileFindings.count {
      return
        "The rows are intact. Run `devin-sync verify --repair files` to mark these contents, then `devin-sync sync files` to read them again."
    }
    if findings.isEmpty, indexFindings.isEmpty {
      return "The rows are intact. Run `devin-sync maintain` to rebuild the derived tables."
    }
    if findings.isEmpty {
      return "The rows are intact. Run `devin-sync search --rebuild` to rebuild the full-text index."
    }
    return
      "If the file is damaged, restore a backup or sync into a new file. Otherwise, run `devin-sync verify --repair` to compare it with the server."
  }
}

extension VerifyReport {
  /// The maximum number of differences shown per resource; --json has all.
  private static let examples = 20

  fileprivate var lines: [String] {
    var table = TextTable(
      ["resource", "lists", "rows", "missing", "changed", "deleted", "remarks"], rightAligned: [1, 2, 3, 4, 5])
    for entry in entries { table.add(entry.cells) }
    var lines = table.lines
    for entry in entries {
      lines += entry.differences.prefix(Self.examples).map { "\(entry.resource): \($0.description)" }
      let rest = entry.differences.count - Self.examples
      if rest > 0 { lines.append("\(entry.resource): \(rest.grouped) more; --json prints all") }
    }
    lines += notRead.lines
    if let files {
      lines.append("files: \(files.summary)\(fileFindings.isEmpty ? "; all contents match their SHA-256" : "")")
    }
    lines += fileFindings.prefix(Self.examples)
    if fileFindings.count > Self.examples {
      lines.append("files: \((fileFindings.count - Self.examples).grouped) more; --json prints all")
    }
    if !fileFindings.isEmpty {
      lines.append(
        wantsFilesAgain
          ? "files: `devin-sync sync files` reads \(fileFindings.count == 1 ? "it" : "them") again"
          : "files: `devin-sync verify --repair files` marks \(fileFindings.count == 1 ? "it" : "them"), and `devin-sync sync files` reads again what is marked"
      )
    }
    if !refused.isEmpty { lines.append("Not compared, because this key may not read it: \(refused.joined(separator: ", ")).") }
    let open = differences.count { !$0.isRepaired }
    let notDue = differences.count { !$0.isRepaired && $0.isNotDue }
    let repaired = differences.count { $0.isRepaired }
    let compared = entries.reduce(0) { $0 + $1.rows }
    var end = "\(compared.counted("row")) compared with the server, \(requests.counted("request")), \(duration.short)"
    if repaired > 0 { end += "; \(repaired.counted("difference")) repaired" }
    if open > 0 {
      end += "; \(open.counted("difference"))\(run == nil ? ". Run `devin-sync verify --repair` to correct them" : " left")"
    } else if problems.isEmpty, !wasCancelled, repaired == 0 {
      end +=
        notRead.isEmpty
        ? "; no difference" : "; no difference in what was compared. Run `devin-sync sync` to read what is pending"
    }
    if notDue > 0 {
      end +=
        ". \(notDue.grouped) of them are in lists that are read less often and were not due yet. `devin-sync sync --full` reads these too"
    }
    return lines + [end + "."]
  }
}

extension VerifyReport.Entry {
  fileprivate var cells: [String] {
    let counts = Dictionary(grouping: differences, by: \.kind).mapValues(\.count)
    let missing = (counts[.missing] ?? 0) + (counts[.markedDeleted] ?? 0)
    return [
      resource, lists < candidates ? "\(lists.grouped) of \(candidates.grouped)" : lists.grouped, rows.grouped, missing.grouped,
      (counts[.changed] ?? 0).grouped, (counts[.gone] ?? 0).grouped, remarks,
    ]
  }

  private var remarks: String {
    var remarks: [String] = []
    if wasNeverRead { remarks.append("never mirrored") }
    if malformed > 0 { remarks.append("\(malformed.counted("malformed item"))") }
    if contradicted > 0 {
      remarks.append("\(contradicted.counted("list")) whose length differs from a count elsewhere, all compared")
    }
    return remarks.joined(separator: "; ")
  }
}

extension VerifyReport.Difference {
  fileprivate var description: String {
    let place = parent.isEmpty ? "" : " of \(parent)"
    let what =
      switch kind {
      case .missing: "is on the server, but not in the mirror"
      case .changed: "differs in \(members.isEmpty ? "its text" : members.joined(separator: ", "))"
      case .markedDeleted: "is marked as deleted, but on the server"
      case .gone: "is in the mirror, but not on the server"
      }
    return "\(key)\(place) \(what)\(isRepaired ? ": repaired" : isNotDue ? ": not due yet" : "")"
  }
}

extension [MirrorCompleteness.Shortfall] {
  /// `session_messages: not read yet: 60 lists pending since 14:03 UTC`.
  var lines: [String] {
    map { "\($0.resource)\($0.organization.isEmpty ? "" : " of \($0.organization)"): not read yet: \($0.cause())" }
  }
}
