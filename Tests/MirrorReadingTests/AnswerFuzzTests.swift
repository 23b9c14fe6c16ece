import DevinModel
import DevinPages
import Foundation
import GRDB
import MirrorReading
import MirrorStore
import TestSupport
import Testing
import TrialSupport

/// Every answer about sessions, pull requests and cost, computed a second time without SQL, for difficult organizations.
/// `make fuzz` continues with new ones; a failure names the seed, which `FUZZ_SEED` plays again.
@Suite("Answers equal those of a naive program", .timeLimit(.minutes(60)))
struct AnswerFuzzTests {
  private static let environment = ProcessInfo.processInfo.environment

  @Test("answers for generated organizations equal those of a naive program, and parts add up to the total")
  func recomputed() async throws {
    let first = Self.environment["FUZZ_SEED"].flatMap { UInt64($0) } ?? 1
    let end = Self.environment["FUZZ_MINUTES"].flatMap { Double($0) }.map { Date(timeIntervalSinceNow: $0 * 60) }
    var seed = first
    repeat {
      let differences = try await differences(seed: seed)
      #expect(differences == [], "FUZZ_SEED=\(seed)")
      seed += 1
    } while end.map { $0 > Date() } ?? (seed < first + 40)
    if end != nil { print("answers: \(seed - first) organizations") }
  }

  /// A view with a deliberate mistake in its SQL.
  struct Mutant: Sendable, CustomTestStringConvertible {
    let view, piece, mistake: String

    var testDescription: String { "\(view): \(mistake)" }

    func apply(to path: String) throws {
      try DatabaseQueue(path: path).write { database in
        let sql = try #require(
          try String.fetchOne(database, sql: "SELECT sql FROM sqlite_master WHERE name = ?", arguments: [view]))
        try #require(sql.contains(piece))
        try database.execute(sql: "DROP VIEW \(view); \(sql.replacing(piece, with: mistake))")
        if view.hasPrefix("derive_") {
          let table = view.replacing("derive_", with: "derived_")
          try database.execute(sql: "DELETE FROM \(table); INSERT INTO \(table) SELECT * FROM \(view)")
        }
      }
    }
  }

  @Test(
    "a mistake in a view is detected",
    arguments: [
      Mutant(view: "derive_sessions", piece: "AND o.furthest = 3", mistake: "AND o.furthest <> 1"),
      Mutant(view: "derive_sessions", piece: "sum(c.acus)", mistake: "max(c.acus)"),
      Mutant(view: "derive_outcomes", piece: "min(place)", mistake: "max(place)"),
      Mutant(view: "session_parents", piece: "coalesce(p.created_at, 0) DESC", mistake: "coalesce(p.created_at, 0)"),
      Mutant(view: "derive_sessions", piece: "WHERE s._deleted_at IS NULL", mistake: ""),
      Mutant(view: "acu_reconciliation", piece: "f.acus - s.acus", mistake: "f.acus"),
      Mutant(view: "acu_reconciliation", piece: "WHERE session_id NOT IN (SELECT session_id FROM sums)", mistake: ""),
      Mutant(view: "derive_sessions", piece: "- 28800", mistake: "- 0"),
      Mutant(
        view: "acu_projections", piece: "s.at < p.today, s.acus, 0)) AS measured",
        mistake: "s.at <= p.today, s.acus, 0)) AS measured"),
      Mutant(view: "acu_spending", piece: "AS REAL), acus) AS acus", mistake: "AS REAL), 0) AS acus"),
      Mutant(view: "acu_limits_known", piece: "AND p.user_id NOT IN (SELECT user_id FROM own)", mistake: ""),
      Mutant(view: "acus_by_product", piece: "WHERE rest > 0", mistake: ""),
      Mutant(view: "derive_waits", piece: "AND said_before = 'devin'", mistake: ""),
    ])
  func mutants(_ mutant: Mutant) async throws {
    for seed in 1...40 where try await !differences(seed: UInt64(seed), mutant).isEmpty { return }
    Issue.record("forty organizations did not show it")
  }

  /// - Returns: a sentence for each answer that differs from that of the naive program.
  private func differences(seed: UInt64, _ mutant: Mutant? = nil) async throws -> [String] {
    var random = SeededGenerator(seed: seed &* 31)
    let mean = HostileOrganization(seed: seed)
    let mirror = try TemporaryMirror()
    try mirror.open().close()
    try mean.write(to: mirror.path)
    try await mirror.derive()
    let reader = try MirrorReader(database: mirror.path)
    // A file with different views is not opened.
    try mutant?.apply(to: mirror.path)
    let since = random.chance(50) ? "2026-09-01" : NaiveAnswers.day(HostileOrganization.start + random.number(0...30) * 86_400)
    let until = random.chance(50) ? "2027-03-01" : NaiveAnswers.day(HostileOrganization.start + random.number(30...60) * 86_400)
    let organization = random.chance(30) ? "org-a" : nil
    let naive = NaiveAnswers(mean: mean, since: since, until: until, organization: organization)
    let whole = NaiveAnswers(mean: mean, since: nil, until: nil, organization: organization)
    let period: [String: MirrorValue] = [
      "since": .text(since), "until": .text(until), "org": organization.map { .text($0) } ?? .null,
    ]
    let all: [String: MirrorValue] = ["org": period["org"] ?? .null]

    let person = random.pick(HostileOrganization.users)
    let user = random.pick([person.id, person.name ?? person.email, person.email])
    let reconciled = ["cycle_start org_id", "billed_days", "billed", "billed_devin", "used", "difference", "cost_unknown_of"]
    var differences: [String] = []
    for (question, parameters, columns, expected) in [
      ("acus-by-day", period, ["billing_day", "billed", "used", "sessions", "cost_known_of"], naive.byDay),
      ("acus-by-origin", period, ["origin", "sessions", "cost_known_of", "acus", "merged"], naive.byOrigin),
      ("acus-by-playbook", period, ["playbook", "sessions", "cost_known_of", "acus", "merged"], naive.byPlaybook),
      ("acus-by-user", period, ["user", "sessions", "cost_known_of", "acus", "merged"], naive.byUser),
      ("acus-by-service-user", period, ["service_user", "sessions", "cost_known_of", "acus", "merged"], naive.byServiceUser),
      ("acus-by-tag", period, ["tag", "sessions", "cost_known_of", "acus", "merged"], naive.byTag),
      ("acus-by-repository", period, ["repository", "sessions", "cost_known_of", "acus", "merged"], naive.byRepository),
      ("pull-requests", period, ["repository", "merged", "open", "closed", "unknown", "pull_requests"], naive.pullRequests),
      (
        "cost-per-merge", period,
        ["org_id month", "sessions", "cost_known", "merged", "acus_per_merge", "of_merging_sessions"], naive.costPerMerge
      ),
      (
        "session-families", period, ["begun_by", "sessions", "depth", "cost_known_of", "acus", "pull_requests", "merged"],
        naive.families
      ),
      (
        "reconciliation", all,
        reconciled, whole.reconciliation
      ),
      // Of a period the naive program knows no cycles that it touches, and the view goes through all days.
      (
        "reconciliation", period, reconciled,
        Self.rows(of: try await reader.answer(ViewAnswers.sql["reconciliation"] ?? "", period), reconciled)
      ),
      (
        "waits-for-people", period, ["user", "sessions", "waits", "waiting_now", "hours", "hours_a_wait", "longest_hours"],
        naive.waitsForPeople
      ),
      ("waste", period, ["reason session", "billing_day", "acus", "hours"], naive.waste),
      ("waiting-now", all, ["title", "for_whom", "waits_as", "since"], naive.waitingNow()),
      (
        "waiting-now", all.merging(["user": .text(user)]) { $1 }, ["title", "for_whom", "waits_as", "since"],
        naive.waitingNow(user)
      ),
      (
        "forecast", all, ["org_id", "cycle_start", "cycle_end", "so_far", "a_day", "days_left", "forecast", "low", "high"],
        naive.forecast
      ),
      ("note-usefulness", all, ["note", "good", "bad", "sessions", "last_used"], naive.noteUsefulness),
      (
        "playbook-scoreboard", period, ["playbook version last_used", "sessions", "with_merge", "errors", "acus_a_session"],
        naive.playbookScoreboard
      ),
      ("secret-ages", all, ["secret", "age_days", "changed_by"], naive.secretAges),
      ("failing-schedules", all, ["schedule", "failures"], naive.failingSchedules),
      ("missed-schedules", all, ["schedule", "missed_runs", "last_due"], naive.missedSchedules),
      ("changes", period, ["found_at resource change what"], naive.changes),
      ("changes", all, ["found_at resource change what"], whole.changes),
      (
        "caps", all,
        ["limit_of counted org_id id name", "state", "used", "limit", "used_percent", "forecast", "cycle_end"], whole.caps
      ),
      ("money", period, ["cycle_start org_id product", "days", "acus"], naive.money),
    ] {
      let question = try #require(MirrorQuestion.named(question))
      let answer = try await reader.answer(to: question, parameters)
      if try await reader.answer(question.sql, parameters) != answer {
        differences.append("\(question.name): its SQL answers otherwise")
      }
      var answers = [("", answer)]
      if let sql = ViewAnswers.sql[question.name] { answers.append(("views: ", try await reader.answer(sql, parameters))) }
      for (way, answer) in answers {
        if let difference = Self.difference(between: Self.rows(of: answer, columns), and: expected) {
          differences.append("\(way)\(question.name) of \(since) to \(until), \(organization ?? "all"): \(difference)")
        }
      }
    }

    // A report opens the file again, which is refused if a view differs.
    let report = mutant != nil ? "" : try await Report(of: reader, since: since, until: until, organization: organization).html
    for (name, value) in naive.figures
    where mutant == nil && !report.contains("<dt>\(name)</dt><dd><span class=\"value\">\(value)</span>") {
      differences.append("the report's \(name) is not \(value)")
    }

    // Every session is in one family, and each merged pull request counts once, with any grouping of sessions.
    let sums = try await reader.answer(
      """
      SELECT (SELECT count(*) FROM session_facts), (SELECT sum(sessions) FROM session_families), (SELECT sum(merged_pull_requests) FROM session_families),
        (SELECT sum(merged_pull_requests) FROM acus_by_origin), (SELECT sum(merged_pull_requests) FROM acus_by_repository),
        (SELECT sum(merged_pull_requests) FROM cost_per_merge), (SELECT count(*) FROM pull_request_outcomes WHERE outcome = 'merged'),
        (SELECT sum(session_acus) FROM acu_reconciliation), (SELECT sum(acus) FROM session_facts)
      """
    ).rows[0].map { $0.real ?? 0 }
    if sums[0] != sums[1] || Set(sums[2...6]).count != 1 || sums[7] != sums[8] { differences.append("parts and wholes: \(sums)") }
    return differences
  }

  /// The named columns; a name with a space combines the texts of two columns.
  private static func rows(of answer: MirrorReader.QueryResult, _ columns: [String]) -> [[NaiveAnswers.Cell]] {
    answer.rows.map { row in
      columns.map { column in
        let values = column.split(separator: " ").map { name in
          answer.columns.firstIndex(of: String(name)).map { row[$0] } ?? .null
        }
        if values.count > 1 { return .text(values.map { $0.text ?? "" }.joined(separator: " ")) }
        return switch values[0] {
        case .text(let text): .text(text)
        default: .number(values[0].real)
        }
      }
    }
  }

  /// Compares rows with the same first cell; numbers may differ by the rounding to two digits, or to one.
  private static func difference(between found: [[NaiveAnswers.Cell]], and expected: [[NaiveAnswers.Cell]]) -> String? {
    let (found, expected) = (byLabel(found), byLabel(expected))
    guard Set(found.keys) == Set(expected.keys) else { return "found \(found.keys.sorted()), expected \(expected.keys.sorted())" }
    for (label, rows) in found {
      let wanted = expected[label] ?? []
      guard rows.count == wanted.count else { return "\(label) is told \(rows.count) times and not \(wanted.count)" }
      for (row, other) in zip(rows, wanted) where !zip(row, other).allSatisfy(isSame) { return "found \(row), expected \(other)" }
    }
    return nil
  }

  private static func byLabel(_ rows: [[NaiveAnswers.Cell]]) -> [String: [[NaiveAnswers.Cell]]] {
    Dictionary(grouping: rows) { $0[0].description }.mapValues { $0.sorted { "\($0)" < "\($1)" } }
  }

  private static func isSame(_ cell: NaiveAnswers.Cell, _ other: NaiveAnswers.Cell) -> Bool {
    switch (cell, other) {
    case (.number(let one?), .number(let another?)): abs(one - another) < 0.0101
    case (.number(let one?), .tenths(let another?)): abs(one - another) < 0.0501
    default: cell.description == other.description
    }
  }
}
