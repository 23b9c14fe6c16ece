import ArgumentParser
import DevinSync

struct MaintainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "maintain",
    abstract: "Check the file, prune old history and deleted rows, and reclaim space.",
    discussion: """
      Removes nothing unless keep_changes or keep_deleted says so: the history of changes and runs, and rows that were marked as \
      deleted with what stands below them. Living rows always stay. Contents of attachments \
      that no row names any more are removed, and parts of contents that a killed run left behind. Texts that omit names are taken out of rows, history and index. A full-text index that does not match the rows is \
      rebuilt. Where a tenth of the file is free it is vacuumed, if the \
      disk has room for that. Ends with 74 when the file is damaged, having changed nothing, and when that room is missing, having done \
      everything else; with 75 while a sync runs.
      """)

  @OptionGroup var kept: SettingFlags<MaintenanceFlags>
  @Flag(inversion: .prefixedNo, help: "Always, or never, run VACUUM.") var vacuum: Bool?
  @Flag(help: "Change nothing; say what would be removed.") var dryRun = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let settings = try Settings(database.profile, flags: database.flags.merging(kept.values) { $1 })
      var plan = MirrorMaintenance.Plan()
      plan.keepsChanges = try settings[\.keepChanges]
      plan.keepsDeleted = try settings[\.keepDeleted]
      plan.omit = try settings[\.omit] ?? []
      plan.vacuums = vacuum
      plan.isDry = dryRun
      let path = try settings.database
      let report = try await MirrorMaintenance(database: path).maintain(plan)
      guard report.findings.isEmpty else {
        report.findings.forEach(Console.print)
        throw Failure(
          .databaseFailed,
          "\(path) is not sound, and nothing was changed. Take a copy of it, then restore a backup, or move it away and sync again."
        )
      }
      if json { try Console.printJSON(report) } else { show(report, plan, path) }
      if let room = report.lacksRoom {
        throw Failure(
          .databaseFailed,
          "\(path) was not vacuumed: that takes \(room.needed.inBytes) of free disk, and there are \(room.free.inBytes). Everything else was done."
        )
      }
    }
  }

  private func show(_ report: MirrorMaintenance.Report, _ plan: MirrorMaintenance.Plan, _ path: String) {
    let verb = plan.isDry ? "would remove" : "removed"
    Console.print("\(path): sound")
    if plan.keepsChanges != nil {
      let pushes = report.pushes > 0 ? ", and \(report.pushes.grouped) of what was written to Devin" : ""
      Console.print("\(verb) \(report.changes.counted("change")) and \(report.runs.counted("run")) of the history\(pushes)")
    }
    if plan.keepsDeleted != nil {
      let rows = report.rows.sorted { $0.key < $1.key }.map { "\($0.value.grouped) of \($0.key)" }
      Console.print("\(verb) \(rows.isEmpty ? "no deleted rows" : "deleted rows: " + rows.joined(separator: ", "))")
    }
    if !plan.omit.isEmpty {
      let rows = report.scrubbedRows.sorted { $0.key < $1.key }.map { "\($0.value.grouped) of \($0.key)" }
      let versions = report.scrubbedVersions > 0 ? ["\(report.scrubbedVersions.counted("version")) in the history"] : []
      let all = rows + versions
      Console.print("\(verb) omitted texts from \(all.isEmpty ? "no row" : all.joined(separator: ", "))")
    }
    if !report.rebuiltIndexes.isEmpty {
      Console.print(
        "the full-text index of \(report.rebuiltIndexes.joined(separator: ", ")) did not match the rows, and was rebuilt")
    }
    if !report.derivedFindings.isEmpty {
      Console.print(
        "the derived tables did not match the rows, and were rebuilt: \(report.derivedFindings.joined(separator: "; "))")
    }
    let leftovers = [(report.contents, "content"), (report.parts, "part")].filter { $0.0 > 0 }.map { $0.0.counted($0.1) }
    if !leftovers.isEmpty {
      Console.print("\(verb) \(leftovers.joined(separator: " and ")) of files that no row names, \(report.fileBytes.inBytes)")
    }
    guard !plan.isDry else { return }
    Console.print(
      "\(report.sizeBefore.inBytes) before, \(report.sizeAfter.inBytes) after\(report.vacuumed ? ", vacuumed" : "")")
  }
}
