import DevinSync

/// What `status` shows to people: the verdict, then what it is based on.
struct StatusDisplay {
  let status: MirrorStatus
  let entries: [MirrorStatus.Entry]
  let completeness: MirrorCompleteness
  let time: TimeText

  /// The number of lines of a list in the short form.
  private static let most = 10
  /// The same for deviations of the API.
  private static let mostDrift = 3
  /// The lines of a terminal that one sentence may take in the short form.
  private static let linesOfSentence = 2

  /// - Parameter all: whether to list each resource, instead of organizations or groups.
  func show(all: Bool, _ rows: RowOptions) {
    if let unknown = status.unknown {
      return Console.print(StyledText("Unknown until the next sync: \(unknown.messageWithAdvice)", .warning))
    }
    for (index, sentence) in sentences.enumerated() {
      let style: StyledText.Style? = index > 0 ? nil : completeness.isComplete ? .good : .warning
      for line in all ? [sentence] : Self.short(sentence) { Console.print(StyledText(line, style)) }
    }
    if all { showResources(rows) } else { showSummary(rows) }
    showDrift(all: all)
    if let files = status.files { Console.print("files: \(files.summary)") }
    status.pushes?.sentences.forEach(Console.print)
    guard let run = status.lastRun else { return Console.print("\(status.database): no run yet") }
    let sentence = "\(status.database): \(run.sentence(isActive: status.activeRun == run.run, time))"
    for line in all ? [sentence] : Self.short(sentence) { Console.print(line) }
    if let reason = run.reason { Console.print("Reason: \(reason)") }
  }

  private var sentences: [String] {
    guard time.isForTerminal else { return completeness.sentences() }
    return completeness.sentences { moment in
      let relative = time.zone == nil ? TimeText.relative(moment, to: time.now) : nil
      return relative.map { "\($0) (\(time.absolute(moment)))" } ?? time.absolute(moment)
    }
  }

  /// A sentence that names many resources must not push the table off the screen.
  private static func short(_ sentence: String) -> [String] {
    guard let width = Terminal.output.width else { return [sentence] }
    let lines = sentence.folded(to: width)
    guard lines.count > linesOfSentence else { return lines }
    return lines.prefix(linesOfSentence - 1) + [(lines[linesOfSentence - 1] + " …").cut(to: width)]
  }

  // MARK: - The short form

  /// What is said of several resources together.
  private struct Summary {
    let name: String
    let entries: [MirrorStatus.Entry]

    var readable: [MirrorStatus.Entry] { entries.filter { !$0.isNeverAllowed } }
    var incomplete: [MirrorStatus.Entry] { readable.filter { !$0.isComplete } }
  }

  private var summaries: (what: String, all: [Summary]) {
    let organizations = Set(entries.map(\.organization)).sorted()
    guard organizations.count == 1 else {
      return (
        "organization",
        organizations.map { id in Summary(name: Self.name(id), entries: entries.filter { $0.organization == id }) }
      )
    }
    let groups = Dictionary(grouping: entries) { Catalogue.resource(named: $0.resource)?.group }
    return (
      "resources",
      ResourceGroup.allCases.compactMap { group in groups[group].map { Summary(name: group.rawValue, entries: $0) } }
    )
  }

  private static func name(_ organization: String) -> String { organization.isEmpty ? "the enterprise" : organization }

  private func showSummary(_ rows: RowOptions) {
    let (what, all) = summaries
    guard !all.isEmpty else { return }
    // What needs attention comes first.
    let sorted = all.filter { !$0.incomplete.isEmpty } + all.filter(\.incomplete.isEmpty)
    let shown = all.count > Self.most ? Array(sorted.prefix(Self.most)) : all
    var table = TextTable(
      [what, "complete", "rows", "deleted", "last read", "remarks"], rightAligned: [1, 2, 3], overflow: .cut)
    for summary in shown {
      let (readable, incomplete) = (summary.readable.count, summary.incomplete)
      let names = incomplete.prefix(3).map(\.resource).joined(separator: ", ")
      let remark =
        incomplete.isEmpty ? "" : "incomplete: \(names)\(incomplete.count > 3 ? " and \(incomplete.count - 3) more" : "")"
      let oldest = summary.readable.map(\.completedAt)
      table.add([
        summary.name, "\(readable - incomplete.count) of \(readable)", summary.entries.reduce(0) { $0 + $1.rows }.grouped,
        summary.entries.reduce(0) { $0 + $1.deletedRows }.grouped,
        oldest.contains(nil) ? "never" : oldest.compactMap(\.self).min().map { time($0) } ?? "-", remark,
      ])
    }
    Console.print("")
    rows.show(table)
    if all.count > shown.count { Console.print("and \((all.count - shown.count).counted("other")); --all shows each") }
    Console.print("")
  }

  // MARK: - Each resource

  private func showResources(_ rows: RowOptions) {
    for organization in Set(entries.map(\.organization)).sorted() {
      Console.print("\(status.database): \(Self.name(organization))")
      var table = TextTable(["resource", "rows", "deleted", "last read", "reconciled", "remarks"], rightAligned: [1, 2])
      for entry in entries where entry.organization == organization {
        table.add([
          entry.resource, entry.rows.grouped, entry.deletedRows.grouped, entry.completedAt.map { time($0) } ?? "never",
          entry.reconciledAt.map { time($0) } ?? "-", entry.remarks,
        ])
      }
      rows.show(table)
    }
  }

  private func showDrift(all: Bool) {
    let drift = Dictionary(grouping: status.drift, by: \.resource).sorted { $0.key < $1.key }
    for (resource, drift) in all ? drift[...] : drift.prefix(Self.mostDrift) {
      // Only names of fields and, for known fields, enumerated values are shown here, never free text.
      let kinds = drift.map { $0.kind == "unknown field" ? "\($0.kind) \($0.field)" : "\($0.kind) of \($0.field): \($0.found)" }
      let sentence =
        "\(resource): the API differs from what this version expects: \(kinds.joined(separator: "; ")). No data is lost. For examples, see sync_drift."
      (all ? [sentence] : Self.short(sentence)).forEach(Console.print)
    }
    let rest = drift.count - Self.mostDrift
    if !all, rest > 0 { Console.print("The API also differs for \(rest.counted("other resource")); --all shows them.") }
  }
}

extension MirrorStatus.LastRun {
  /// What became of it, as one sentence without its end.
  func sentence(isActive: Bool, _ time: TimeText) -> String {
    let what =
      if let status {
        "\(took.map { "took \($0) and " } ?? "")ended\(finishedAt.map { " \(time.moment($0))" } ?? "") with status \(status)"
      } else {
        "started \(time.moment(startedAt)) and \(isActive ? "is running" : "was killed")"
      }
    let counts = [requests?.counted("request"), rows.map { "\($0.counted("row")) read" }].compactMap(\.self)
    return "run \(run) \(what)\(counts.isEmpty ? "" : "; \(counts.joined(separator: ", "))")"
  }

  /// Nil: less than a second, or the clock was changed.
  private var took: String? {
    let duration = finishedAt.map { $0 - startedAt } ?? .zero
    return duration > .zero ? duration.inWholeUnits : nil
  }

  /// Why it did not end with 0; nil: it did, or the file does not say.
  var reason: String? {
    guard let first = problems.first, status != 0 else { return nil }
    let others = problems.count - 1
    return others == 0 ? first : "\(first) (\(others.counted("other problem")): SELECT outcomes FROM sync_runs)"
  }
}

extension MirrorStatus.Entry {
  /// What is to be said of it; empty: it is complete.
  var remarks: String {
    var remarks: [String] = []
    let interval = refreshInterval.map { Duration.seconds($0).asSetting }
    if let interval, !isNeverAllowed { remarks.append("unchanged; read again within \(interval)") }
    if let refusedStatus {
      remarks.append(
        isNeverAllowed
          ? (refusedStatus == 403 ? "the key may not read it" : "not available on this deployment")
            + (interval.map { "; requested again within \($0)" } ?? "") : "no longer readable (\(refusedStatus))")
    }
    if pendingLists > 0, let pendingSince {
      remarks.append("\(pendingLists.counted("list")) pending since \(pendingSince.iso8601)")
    }
    if quarantinedItems > 0 { remarks.append("\(quarantinedItems.counted("item")) quarantined") }
    if quarantinedLists > 0 { remarks.append("\(quarantinedLists.counted("list")) quarantined") }
    if heldBackRows > 0 { remarks.append("\(heldBackRows.counted("row")) missing from the list, but not marked as deleted") }
    if let gaps, gaps > 0 { remarks.append("\(gaps.counted("gap")) in time: sync_gaps") }
    if let claimedRows, claimedRows > rows { remarks.append("the server reports \(claimedRows.grouped) rows") }
    return remarks.joined(separator: "; ")
  }
}
