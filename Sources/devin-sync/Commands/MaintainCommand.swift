import ArgumentParser
import DevinSync

struct MaintainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "maintain",
    abstract: "Check the file, prune old history and deleted rows, and reclaim space.",
    usage: "devin-sync maintain [<options>]",
    discussion: """
      Removes old history and deleted rows only if the settings keep_changes or keep_deleted say so. Deleted rows are removed \
      with the rows below them. Current rows are never removed. It also:
      - removes attachment contents that no row refers to, and incomplete contents of a killed run,
      - removes the texts that the setting `omit` names from rows, history and index,
      - rebuilds a full-text index that does not match the rows,
      - runs VACUUM if a tenth of the file is free and the disk has enough space.

      Status 74: the file is damaged and nothing was changed, or there was no space for VACUUM and everything else was done. \
      Status 75: a sync is running.
      """)

  @OptionGroup var kept: SettingFlags<MaintenanceFlags>
  @Flag(inversion: .prefixedNo, help: "Always or never run VACUUM.") var vacuum: Bool?
  @Flag(help: "Change nothing; print what would be removed.") var dryRun = false
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
          "\(path) is damaged; nothing was changed. Keep a copy of it. Then restore a backup, or move it away and sync again."
        )
      }
      if json { try Console.printJSON(report) } else { show(report, plan, path) }
      if let room = report.lacksRoom {
        throw Failure(
          .databaseFailed,
          "\(path) was not vacuumed: VACUUM needs \(room.needed.inBytes) of free disk space, but only \(room.free.inBytes) are free. Everything else was done."
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
