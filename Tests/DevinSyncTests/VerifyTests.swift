import DevinSandbox
import DevinSync
import GRDB
import Testing
import TrialSupport

@Suite("Verification", .timeLimit(.minutes(60)))
struct VerifyTests {
  private static func verify(_ trial: Trial, _ configure: (inout VerifyOptions) -> Void = { _ in }) async throws -> VerifyReport {
    var options = VerifyOptions()
    options.sample = nil
    configure(&options)
    return try await trial.mirror().verify(options)
  }

  private static func change(_ trial: Trial, _ sql: String) async throws {
    try await DatabaseQueue(path: trial.database).write { try $0.execute(sql: sql) }
  }

  /// `missing playbooks a`, one for each difference.
  private static func words(_ report: VerifyReport) -> [String] {
    report.entries.flatMap { entry in entry.differences.map { "\($0.kind.rawValue) \(entry.resource) \($0.key)" } }.sorted()
  }

  @Test("a mirror just synced has no difference, and a comparison changes nothing")
  func same() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let changes = try trial.number("SELECT count(*) FROM sync_changes") + trial.number("SELECT count(*) FROM sync_runs")
      let report = try await Self.verify(trial)
      #expect(report.status == .success && report.differences.isEmpty && report.problems.isEmpty)
      #expect(report.entries.first { $0.resource == "session_messages" }?.lists == 30)
      #expect(report.entries.first { $0.resource == "sessions" }?.rows == 30)
      #expect(
        try trial.number("SELECT count(*) FROM sync_changes") + trial.number("SELECT count(*) FROM sync_runs") == changes)
    }
  }

  @Test("changes, deletions and additions on the server are found, and a repair fixes exactly these without another request")
  func serverMoved() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      // Deleting a note in a folder would change the folder's count too.
      let notes = try trial.column("SELECT note_id FROM knowledge_notes WHERE folder_id IS NULL ORDER BY 1")
      let sessions = try trial.column("SELECT session_id FROM sessions ORDER BY 1")
      try trial.sandbox.edit(.update(.knowledgeNotes, notes[0], set: ["body": "another"], touch: false))
      try trial.sandbox.edit(.delete(.knowledgeNotes, notes[1]))
      try trial.sandbox.edit(.update(.sessions, sessions[3], set: ["title": "another"], touch: false))
      try trial.sandbox.edit(.appendMessages(session: sessions[4], count: 2, touch: false))
      let found = try await Self.verify(trial)
      #expect(found.status == .unusableData)
      #expect(Self.words(found).filter { !$0.contains("session_insights") }.count == 5)
      #expect(Set(Self.words(found)).isSuperset(of: ["changed knowledge_notes \(notes[0])", "gone knowledge_notes \(notes[1])"]))
      #expect(found.differences.first { $0.key == notes[0] }?.members == ["body"])
      #expect(found.entries.first { $0.resource == "session_messages" }?.differences.map(\.kind) == [.missing, .missing])
      #expect(try trial.number("SELECT count(*) FROM knowledge_notes WHERE _deleted_at IS NOT NULL") == 0)

      let repaired = try await Self.verify(trial) { $0.repair = true }
      #expect(repaired.status == .success && Self.words(repaired) == Self.words(found))
      #expect(repaired.requests == found.requests)
      #expect(
        try trial.column(
          "SELECT DISTINCT r.command FROM sync_changes AS c JOIN sync_runs AS r USING (run_id) WHERE change <> 'inserted'")
          == ["verify"])
      try trial.expectMirrorEqualsServer()
      #expect(try await Self.verify(trial).differences.isEmpty)
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("changes that someone made in the file are found and repaired: a row changed, one removed, one invented")
  func fileMoved() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let ids = try trial.column("SELECT playbook_id FROM playbooks ORDER BY 1")
      try await Self.change(
        trial,
        """
        UPDATE playbooks SET _raw = json_set(_raw, '$.title', 'forged') WHERE playbook_id = '\(ids[0])';
        DELETE FROM playbooks WHERE playbook_id = '\(ids[1])';
        UPDATE playbooks SET _deleted_at = 7 WHERE playbook_id = '\(ids[2])';
        INSERT INTO playbooks (playbook_id, _raw, _first_synced_at, _changed_at) SELECT 'playbook-invented', _raw, 1, 1
          FROM playbooks WHERE playbook_id = '\(ids[3])';
        INSERT INTO session_messages (session_id, event_id, org_id, _raw, _first_synced_at, _changed_at)
          SELECT session_id, 'invented', org_id, json_set(_raw, '$.event_id', 'invented'), 1, 1 FROM session_messages LIMIT 1;
        """)
      let found = try await Self.verify(trial)
      #expect(
        Self.words(found)
          == [
            "changed playbooks \(ids[0])", "gone playbooks playbook-invented", "gone session_messages invented",
            "markedDeleted playbooks \(ids[2])".replacing("markedDeleted", with: "marked_deleted"), "missing playbooks \(ids[1])",
          ].sorted())
      trial.sandbox.forgetRequests()
      #expect(try await Self.verify(trial) { $0.repair = true }.status == .success)
      #expect(Set(trial.sandbox.requests.map(\.path)).contains { $0.hasSuffix("/playbooks/playbook-invented") })
      try trial.expectMirrorEqualsServer()
      #expect(try await Self.verify(trial).differences.isEmpty)
    }
  }

  @Test("sessions whose insights have different message counts are compared, however small the sample")
  func contradicted() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let row = try #require(try trial.column("SELECT session_id || ' ' || event_id FROM session_messages ORDER BY 1").last)
      let ids = row.split(separator: " ").map(String.init)
      try await Self.change(trial, "DELETE FROM session_messages WHERE session_id = '\(ids[0])' AND event_id = '\(ids[1])'")
      let found = try await Self.verify(trial) { $0.sample = 0 }
      #expect(Self.words(found) == ["missing session_messages \(ids[1])"])
      #expect(found.entries.first { $0.resource == "session_messages" }?.contradicted == 1)
      #expect(try await Self.verify(trial) { ($0.sample, $0.repair) = (0, true) }.status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("a sample compares the given number of child lists, and reports how many there are")
  func sample() async throws {
    try await Trial.run { trial in
      try await trial.sync()
      let report = try await Self.verify(trial) { $0.sample = 3 }
      let messages = try #require(report.entries.first { $0.resource == "session_messages" })
      #expect(messages.lists == 3 && messages.candidates == 30 && messages.contradicted == 0)
    }
  }

  @Test("a repair marks no mass of rows as deleted unless that is allowed")
  func brake() async throws {
    var scenario = SandboxScenario.small
    scenario.notes = 40
    try await Trial.run(scenario) { trial in
      try await trial.sync()
      for id in try trial.column("SELECT note_id FROM knowledge_notes LIMIT 20") {
        try trial.sandbox.edit(.delete(.knowledgeNotes, id))
      }
      let held = try await Self.verify(trial) { $0.repair = true }
      #expect(held.status == .unusableData && held.differences.count { $0.kind == .gone } == 20)
      #expect(try trial.number("SELECT count(*) FROM knowledge_notes WHERE _deleted_at IS NOT NULL") == 0)
      let allowed = try await Self.verify(trial) { ($0.repair, $0.allowMassDeletion) = (true, true) }
      #expect(allowed.status == .success)
      try trial.expectMirrorEqualsServer([.knowledgeNotes])
    }
  }

  @Test(
    "a list that the server does not return is a problem and not a difference, and nothing is marked",
    arguments: [
      Fault.status(500), .status(403), .html, .truncateJSON, .missingItems, .repeatCursor,
    ])
  func troubled(_ fault: Fault) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      try trial.sandbox.edit(.delete(.playbooks, try trial.column("SELECT playbook_id FROM playbooks")[0]))
      trial.sandbox.faults = [FaultRule(fault, path: "/playbooks", times: nil)]
      let report = try await Self.verify(trial) { $0.repair = true }
      #expect(report.status != .success && report.differences.isEmpty && !report.problems.isEmpty)
      #expect(try trial.number("SELECT count(*) FROM playbooks WHERE _deleted_at IS NOT NULL") == 0)
    }
  }

  @Test("everything of an enterprise compares without a difference, including spans of time")
  func enterprise() async throws {
    var scenario = SandboxScenario.small
    scenario.sessions = 6
    scenario.historyDays = 400
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-second"]
    try await Trial.run(scenario) { trial in
      var trial = trial
      trial.organizations = []
      try await trial.sync { $0.resources = ["all"] }
      let report = try await Self.verify(trial) { $0.resources = ["all"] }
      #expect(report.status == .success, "\(Self.words(report)) \(report.problems.map(\.message))")
      let audit = try #require(report.entries.first { $0.resource == "audit_logs" })
      #expect(audit.lists > 5)
      #expect(try audit.rows == trial.number("SELECT count(*) FROM audit_logs"))
      try await Self.change(trial, "DELETE FROM audit_logs WHERE rowid = (SELECT min(rowid) FROM audit_logs)")
      #expect(
        try await Self.verify(trial) { ($0.resources, $0.repair) = (["audit_logs"], true) }.differences.map(\.kind) == [.missing])
      try trial.expectMirrorEqualsServer([.auditLogs])
    }
  }

  @Test("verification needs a mirror and creates none")
  func missing() async throws {
    try await Trial.run { trial in
      await #expect(throws: SyncError.self) { try await Self.verify(trial) }
      await #expect(throws: (any Error).self) { try await MirrorIntegrity(database: trial.database) }
    }
  }

  @Test(
    "an offline check finds damaged bookkeeping and forged columns",
    arguments: [
      ("DELETE FROM sync_seen WHERE key = (SELECT min(playbook_id) FROM playbooks)", "playbooks: 1 rows that belong to no list"),
      (
        "DELETE FROM playbooks WHERE playbook_id = (SELECT min(playbook_id) FROM playbooks)",
        "playbooks: 1 rows that are in a list but missing"
      ),
      ("UPDATE sync_seen SET walk = 99 WHERE key = (SELECT min(key) FROM sync_seen)", "a walk that has not started: 1"),
      (
        "UPDATE playbooks SET _raw = 'x' WHERE playbook_id = (SELECT min(playbook_id) FROM playbooks)",
        "playbooks: 1 rows whose _raw"
      ),
      ("DROP INDEX sessions_by_update", "the index sessions_by_update is missing"),
      ("DELETE FROM sync_runs", "an unknown run"),
    ])
  func offline(_ sql: String, _ finding: String) async throws {
    try await Trial.run { trial in
      try await trial.sync()
      #expect(try await MirrorIntegrity(database: trial.database).findings == [])
      do { try await Self.change(trial, sql) } catch let error as DatabaseError where error.message?.contains("malformed") == true
      {
        // SQLite itself rejects a computed column over invalid JSON.
        return
      }
      let findings = try await MirrorIntegrity(database: trial.database).findings
      #expect(findings.contains { $0.contains(finding) }, "\(findings)")
    }
  }
}
