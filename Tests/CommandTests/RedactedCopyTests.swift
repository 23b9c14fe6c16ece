import DevinSandbox
import DevinSync
import Foundation
import GRDB
import MirrorStore
import Synchronization
import Testing
import TrialSupport

@Suite("A redacted copy", .timeLimit(.minutes(60)))
struct RedactedCopyTests {
  private static var enterprise: SandboxScenario {
    var scenario = SandboxScenario.brief
    scenario.sessions = 60
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    return scenario
  }

  /// Texts that occur only in this test: each has a number, and is found in any case and form.
  private final class Plants: Sendable {
    private let number = Mutex(0)

    var count: Int { number.withLock(\.self) }

    /// A text with a word that can be found again.
    func text(_ form: String = "Tell nobody about @, please") -> String {
      let number = number.withLock {
        $0 += 1
        return $0
      }
      return form.replacing("@", with: "Plant\(number)zq")
    }

    func value(_ form: String = "Tell nobody about @, please") -> JSONValue { .string(text(form)) }
  }

  @Test("none of 300 planted texts is in the bytes of a redacted copy, and every question has the same figures as before")
  func planted() async throws {
    try await Command.trial(Self.enterprise) { command, sandbox in
      let command = command.with(["DEVIN_ORG_ID": nil])
      let plants = Plants()
      for _ in 0..<2 {
        try Self.plant(plants, in: sandbox)
        let run = try await command.run("sync", "all")
        #expect(run.status == 0, "\(run.errors)")
      }
      // The second time, the texts planted the first time are in the history.
      try await Self.plant(plants, inFileOf: command)
      let care = try await command.run("maintain")
      #expect(care.status == 0, "\(care.output)\(care.errors)")

      let backup = try await command.run("backup", "--redact", "copy.db")
      #expect(backup.status == 0 && backup.output.contains("redacted and checked"), "\(backup.errors)")
      func words(of file: String) async throws -> Set<String> {
        Set(
          try await command.run(program: "/usr/bin/grep", ["-a", "-o", "-i", "plant[0-9]*zq", file]).lines.map { $0.lowercased() }
        )
      }
      #expect(try await words(of: "devin.db").count >= 300)
      #expect(try await words(of: "copy.db").isEmpty)
      // The same applies to the sandbox's own texts about people and their work.
      for word in ["example.com", "Müller", "李伟", "acme/web", "data-pipeline", "octo-fan"] {
        #expect(try await command.run(program: "/usr/bin/grep", ["-a", "-c", "-i", word, "copy.db"]).status == 1, "\(word)")
      }

      let whole = try await command.run("verify", "--offline", "--database", "copy.db")
      let before = try await command.run("verify", "--offline")
      #expect(whole.status == before.status && whole.output.contains("is intact"), "\(whole.output)\(whole.errors)")
      for question in MirrorQuestion.all.map(\.name) {
        let original = try await command.run("query", question, "--as", "ndjson", "--limit", "0")
        let copy = try await command.run("query", question, "--as", "ndjson", "--limit", "0", "--database", "copy.db")
        #expect(original.status == 0 && copy.status == 0, "\(question): \(copy.errors)")
        #expect(try Self.figures(original.lines) == Self.figures(copy.lines), "\(question)")
      }
      try Self.expectSameCounts(command.database, command.folder.appendingPathComponent("copy.db").path)
      let found = try await command.run("search", "text", "--database", "copy.db", "--json")
      #expect(found.status == 0, "\(found.errors)")
    }
  }

  @Test("a sync refuses a redacted copy without changing it, and the copy never overwrites a file")
  func refusals() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      #expect(try await command.run("backup", "--redact", "copy.db").status == 0)
      let copy = command.folder.appendingPathComponent("copy.db")
      let bytes = try Data(contentsOf: copy)
      sandbox.forgetRequests()
      for arguments in [["sync"], ["verify"], ["verify", "--repair"]] {
        let refused = try await command.run(arguments + ["--database", "copy.db"])
        #expect(refused.status == 74 && refused.errors.contains("redacted copy"), "\(arguments): \(refused.errors)")
      }
      #expect(sandbox.requests.isEmpty)
      let again = try await command.run("backup", "--redact", "copy.db")
      #expect(again.status == 73 && again.errors.contains("--force"))
      #expect(try Data(contentsOf: copy) == bytes)
      for arguments in [
        ["status"], ["report", "--output", "report.html"], ["maintain"], ["stats"], ["export", "sessions"], ["feed"],
      ] {
        let result = try await command.run(arguments + ["--database", "copy.db"])
        #expect(result.status == 0, "\(arguments): \(result.errors)")
      }
    }
  }

  // MARK: - Feed and export

  private func write(_ text: String, mode: Int = 0o600, _ name: String, _ command: Command) throws {
    let path = command.folder.appendingPathComponent(name).path
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  private static let key = String(repeating: "0123456789abcdef", count: 4) + "\n"

  @Test("a redacted feed and export contain no planted text, and have the same pseudonyms in every run with the same key")
  func feed() async throws {
    try await Command.trial(Self.enterprise) { command, sandbox in
      let command = command.with(["DEVIN_ORG_ID": nil])
      let plants = Plants()
      try Self.plant(plants, in: sandbox)
      #expect(try await command.run("sync", "all").status == 0)
      try write(Self.key, "key", command)
      let options = ["--redact", "--redact-key-file", "key"]
      for more in [["--as", "singer"], ["--as", "ndjson"], ["--as", "ndjson", "--raw"]] {
        let plain = try await command.run(["feed"] + more)
        let redacted = try await command.run(["feed"] + more + options)
        #expect(redacted.status == 0 && redacted.lines.count == plain.lines.count, "\(redacted.errors)")
        #expect(plain.output.contains("Plant1zq") && !redacted.output.localizedCaseInsensitiveContains("plant"))
        for line in redacted.lines { #expect((try? JSONSerialization.jsonObject(with: Data(line.utf8))) != nil, "\(line)") }
      }
      for more in [
        ["sessions"], ["sessions", "--raw"], ["sessions", "--as", "csv"], ["audit_logs"], ["allowed_tags"], ["users"],
      ] {
        let plain = try await command.run(["export"] + more)
        let redacted = try await command.run(["export"] + more + options)
        #expect(redacted.status == 0 && redacted.lines.count == plain.lines.count, "\(redacted.errors)")
        for word in ["plant", "example.com", "Müller"] {
          #expect(!redacted.output.localizedCaseInsensitiveContains(word), "\(more)")
        }
        #expect(try await command.run(["export"] + more + options).output == redacted.output)
      }

      // The feed and the export use the same names, and so do rows added later.
      func tags(_ output: String) -> Set<String> { Set(output.matches(of: /"tag":"(name-[0-9a-f]{16})"/).map { String($0.1) }) }
      let exported = tags(try await command.run(["export", "allowed_tags"] + options).output)
      let first = try await command.run(["feed", "allowed_tags", "sessions", "--state", "state", "--as", "ndjson"] + options)
      #expect(!exported.isEmpty && tags(first.output) == exported)
      try write(first.output, "state", command)
      let idle = try await command.run(["feed", "allowed_tags", "sessions", "--state", "state", "--as", "ndjson"] + options)
      #expect(idle.errors.contains("0 rows printed"), "\(idle.errors)")
      try write(Self.key.replacing("0", with: "f"), "other", command)
      for changed in [["--redact", "--redact-key-file", "other"], []] {
        let again = try await command.run(["feed", "allowed_tags", "--state", "state", "--as", "ndjson"] + changed)
        #expect(again.errors.contains("printed completely") && tags(again.output).isDisjoint(with: exported), "\(again.errors)")
      }
    }
  }

  @Test("a key that is missing, too short or readable by others is refused, and so is a table without rules")
  func keys() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "playbooks")
      try write("short\n", "short", command)
      try write(Self.key, mode: 0o640, "open", command)
      try write(Self.key, "key", command)
      for (file, part) in [("none", "openssl rand"), ("short", "32 characters"), ("open", "chmod 600"), (".", "cannot be read")] {
        for name in [["feed"], ["export", "playbooks"]] {
          let refused = try await command.run(name + ["--redact", "--redact-key-file", file])
          #expect(refused.status == 78 && refused.output.isEmpty && refused.errors.contains(part), "\(file): \(refused.errors)")
        }
      }
      #expect(!FileManager.default.fileExists(atPath: command.folder.appendingPathComponent("none").path))
      for name in ["acus-by-day", "session_facts", "sync_changes"] {
        let refused = try await command.run("export", name, "--redact", "--redact-key-file", "key")
        #expect(refused.status == 64 && refused.output.isEmpty && refused.errors.contains("backup --redact"), "\(refused.errors)")
      }
    }
  }

  // MARK: - Planting

  /// Through the server, so that keys, lists and history contain them, too.
  private static func plant(_ plants: Plants, in sandbox: Sandbox) throws {
    for id in sandbox.ids(.sessions).prefix(12) {
      let set: [String: JSONValue] = [
        "title": plants.value(), "tags": [plants.value("@"), plants.value("team/@")],
        "structured_output": ["answer": plants.value(), "deep": [["key": plants.value()]]],
        "pull_requests": [
          ["pr_url": plants.value("https://git.@.example/acme/@/pull/7"), "pr_state": "merged"],
          ["pr_url": plants.value("https://github.com/@/web/pull/8"), "pr_state": "open"],
        ],
        plants.text("new_member_@"): plants.value(),
      ]
      try sandbox.edit(.update(.sessions, id, set: set))
    }
    for id in sandbox.ids(.playbooks).prefix(2) {
      try sandbox.edit(
        .update(.playbooks, id, set: ["title": plants.value(), "body": plants.value(), "macro": plants.value("!@")]))
    }
    for id in sandbox.ids(.knowledgeNotes).prefix(2) {
      try sandbox.edit(
        .update(
          .knowledgeNotes, id, set: ["name": plants.value(), "body": plants.value(), "pinned_repo": plants.value("acme/@")]))
    }
    let number = plants.count
    try sandbox.edit(.insert(.allowedTags, object: ["tag": plants.value("@ tag")]))
    try sandbox.edit(.insert(.ipAccessList, object: ["ip_range": plants.value("2001:@::/48")]))
    try sandbox.edit(.insert(.registeredIdpGroups, object: ["idp_group_name": plants.value("@/Group")]))
    try sandbox.edit(
      .insert(
        .indexedRepositories,
        object: ["repository_path": plants.value("acme/@"), "indexing_enabled": true, "branches": [plants.value("b/@")]]))
    try sandbox.edit(
      .insert(
        .auditLogs,
        object: [
          "audit_log_id": .string("audit-\(number)"), "action": "login", "created_at": .int(sandbox.now), "org_id": nil,
          "data": ["to": plants.value("@@corp.example"), "list": [plants.value()]], "user_id": nil,
          "user_email": plants.value("@@corp.example"),
          "service_user_id": nil, "service_user_name": plants.value(),
        ]))
  }

  /// Directly in the file, where the sandbox's edits cannot: every member of every table that a rule replaces.
  private static func plant(_ plants: Plants, inFileOf command: Command) async throws {
    let database = try DatabaseQueue(path: command.database)
    try await database.write { database in
      for resource in Catalogue.all {
        let table = resource.table.name
        for (column, rule) in try RedactionRules.of(table).columns.sorted(by: { $0.key < $1.key }) {
          guard ![.kept, .columns].contains(rule), !resource.table.keyColumns.contains(column), column != "_raw" else { continue }
          guard let row = try Int64.fetchOne(database, sql: "SELECT max(rowid) FROM \(table)") else { continue }
          let form = rule == .url ? "http://@.example/x@/y" : rule == .path ? "@.example/y/@" : "About @, secret"
          try database.execute(
            sql: "UPDATE \(table) SET _raw = json_set(_raw, '$.' || ?, ?, '$.other_' || ?, ?) WHERE rowid = ?",
            arguments: [column, plants.text(form), column, plants.text(), row])
        }
      }
      try database.execute(
        sql: """
          UPDATE session_messages SET _raw = json_set(_raw, '$.message', ?) WHERE rowid = (SELECT min(rowid) FROM session_messages)
          """, arguments: [plants.text("ATTACHMENT:{\"url\": \"https://app.devin.ai/attachments/@/x\"} @")])
      try database.execute(
        sql: "UPDATE sync_runs SET outcomes = json_set(outcomes, '$[0].problems', json_array(?))", arguments: [plants.text()])
      try database.execute(sql: "UPDATE sync_checkpoints SET cursor = ? WHERE list_id = 1", arguments: [plants.text()])
      try database.execute(
        sql: "INSERT INTO sync_drift VALUES ('sessions', 'x', 'unknown field', ?, 1, 1, 1, 1, ?)",
        arguments: [plants.text(), plants.text()])
      try database.execute(
        sql: """
          INSERT INTO sync_quarantine (org_id, resource, parent, item, reason, run_id, first_failed_at, last_failed_at, retry_at)
          VALUES ('org-second', 'pr_reviews', ?, ?, ?, 1, 1, 1, 0)
          """, arguments: [plants.text("https://x.example/@"), plants.text(), plants.text()])
    }
    try database.close()
  }

  // MARK: - Comparing

  /// Numbers and times of rows, in any order: names differ in a copy, so rows that are equal except for names may be in another order.
  private static func figures(_ lines: [String]) throws -> [String] {
    try lines.map { line in
      let row = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return row.sorted { $0.key < $1.key }.map { name, value in
        guard let text = value as? String else { return "\(name)=\(value)" }
        return text.wholeMatch(of: /[0-9:TZ -]+/) != nil ? "\(name)=\(text)" : "\(name)=text"
      }.joined(separator: " ")
    }.sorted()
  }

  /// Rows of every table and view, except those that are left out.
  private static func expectSameCounts(_ original: String, _ copy: String) throws {
    let (first, second) = (try DatabaseQueue(path: original), try DatabaseQueue(path: copy))
    let names = try first.read {
      try String.fetchAll(
        $0,
        sql:
          "SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND name NOT LIKE 'search_%' AND name NOT LIKE 'sqlite_%'"
      )
    }
    for name in names where name != "sync_drift" {
      let count = "SELECT count(*) FROM \"\(name)\""
      #expect(try first.read { try Int.fetchOne($0, sql: count) } == second.read { try Int.fetchOne($0, sql: count) }, "\(name)")
    }
    let facts =
      "SELECT session_id, status, billing_day, created_at, updated_at, acus, pull_requests, merged_pull_requests FROM session_facts ORDER BY 1"
    #expect(try first.read { try Row.fetchAll($0, sql: facts) } == second.read { try Row.fetchAll($0, sql: facts) })
  }
}
