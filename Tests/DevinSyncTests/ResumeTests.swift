import DevinSandbox
import DevinSync
import TestSupport
import Testing
import TrialSupport

@Suite("Resuming", .timeLimit(.minutes(60)))
struct ResumeTests {
  @Test(
    "a walk interrupted at any page continues there and loses nothing",
    arguments: [
      ("/sessions", "sessions", 2), ("/sessions/insights", "session_insights", 8), ("/playbooks", "playbooks", 1),
      ("/notes", "knowledge_notes", 1), ("/secrets", "secrets", 1), ("/schedules", "schedules", 2),
    ])
  func everyPage(_ path: String, _ resource: String, _ pages: Int) async throws {
    for page in 1...pages {
      try await Trial.run(.paged) { trial in
        trial.sandbox.faults = [FaultRule(.status(503), path: path, skip: page, times: nil)]
        let cut = try await trial.sync { $0.resources = [resource] }
        #expect(cut.status == .unavailable)
        #expect(try trial.number("SELECT count(*) FROM sync_checkpoints WHERE is_open") == 1)
        trial.sandbox.faults = []
        trial.sandbox.forgetRequests()
        #expect(try await trial.sync { $0.resources = [resource] }.status == .success)
        let mirrored = try #require(SandboxResource(rawValue: resource))
        try trial.expectMirrorEqualsServer([mirrored])
        let first = try #require(trial.requests(ending: path).first)
        // A page by offset begins with the last row of the page before it.
        #expect(first.query.contains("after=") || first.query.contains("offset=\(page * 99)"))
      }
    }
  }

  @Test("a cancelled run keeps what it received and the next one completes it")
  func cancellation() async throws {
    try await Trial.run(.paged) { trial in
      trial.sandbox.faults = [FaultRule(.hang, path: "/sessions$", query: "&after=", times: nil)]
      let mirror = try trial.mirror()
      let run = Task { try await mirror.sync() }
      while trial.requests(ending: "/sessions").count < 2 {
        await trial.sandbox.waitForRequests(trial.sandbox.requests.count + 1)
      }
      run.cancel()
      let report = try await run.value
      #expect(report.wasCancelled)
      #expect(report.status == .interrupted)
      #expect(try trial.number("SELECT count(*) FROM sessions") == 200)
      #expect(try trial.column("SELECT status FROM sync_runs") == ["130"])
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("child lists of a first page's rows are read before the second page arrives, and are not read again")
  func readsBelowAtOnce() async throws {
    try await Trial.run(.paged) { trial in
      trial.sandbox.faults = [FaultRule(.hang, path: "/sessions$", query: "&after=", times: nil)]
      let mirror = try trial.mirror()
      var options = SyncOptions()
      options.resources = ["sessions", "session_messages"]
      let run = Task { [options] in try await mirror.sync(options) }
      while trial.requests(ending: "/messages").count < 200 {
        await trial.sandbox.waitForRequests(trial.sandbox.requests.count + 1)
      }
      run.cancel()
      #expect(try await run.value.status == .interrupted)
      #expect(try trial.number("SELECT count(*) FROM sessions") == 200)
      let owed = try trial.number(
        "SELECT count(*) FROM sync_pending WHERE resource = 'session_messages' AND parent <> '' AND pending_since IS NOT NULL")
      #expect(owed < 200, "\(owed) lists are still owed")
      #expect(try trial.number("SELECT count(*) FROM sync_pending WHERE resource = 'sessions'") == 1)
      trial.sandbox.faults = []
      trial.sandbox.forgetRequests()
      #expect(try await mirror.sync(options).status == .success)
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages])
      #expect(trial.requests(ending: "/messages").count == 250 + owed)
    }
  }

  @Test("a run that reaches its time limit ends with 75 and the next one completes it")
  func maxDuration() async throws {
    try await Trial.run(.paged) { trial in
      trial.sandbox.faults = [FaultRule(.hang, path: "/sessions$", query: "&after=", times: nil)]
      #expect(try await trial.sync { $0.maxDuration = .seconds(60) }.status == .tryAgain)
      trial.sandbox.faults = []
      #expect(try await trial.sync().status == .success)
      try trial.expectMirrorEqualsServer()
    }
  }

  @Test("a walk that resumes keeps its filter, and changes in the meantime are read too")
  func storedFilter() async throws {
    try await Trial.run(.paged) { trial in
      try await trial.sync()
      try trial.sandbox.edit(.touchShare(percent: 80))
      trial.sandbox.faults = [FaultRule(.status(503), path: "/sessions$", query: "&after=", times: nil)]
      trial.sandbox.faults.append(FaultRule(.status(503), path: "/messages", times: nil))
      try await trial.sync { $0.resources = ["sessions"] }
      let filter = try #require(try trial.column("SELECT filter FROM sync_checkpoints WHERE resource = 'sessions'").first)
      #expect(filter.hasPrefix("updated_after="))
      trial.sandbox.faults = []
      try trial.sandbox.news(steps: 5)
      trial.sandbox.forgetRequests()
      #expect(try await trial.sync().status == .success)
      let first = try #require(trial.requests(ending: "/sessions").first)
      #expect(first.query.contains(filter))
      #expect(first.query.contains("&after="))
      try trial.expectMirrorEqualsServer([.sessions, .sessionMessages])
    }
  }

  @Test(
    "after a walk that is resumed much later, changes in the meantime on the pages it had read are read too",
    arguments: [
      (SandboxResource.playbooks, "/playbooks", Duration.seconds(7200)), (.knowledgeNotes, "/notes", .seconds(7200)),
      (.schedules, "/schedules", .seconds(7200)), (.sessions, "/sessions", .seconds(2 * 86_400)),
    ])
  func resumedLate(_ resource: SandboxResource, _ path: String, _ pause: Duration) async throws {
    try await Trial.run(.paged) { trial in
      trial.sandbox.faults = [FaultRule(.status(503), path: path, skip: 1, times: nil)]
      try await trial.sync { $0.resources = [resource.rawValue] }
      trial.sandbox.faults = []
      let key = try #require(resource.key)
      let first = try #require(try trial.column("SELECT \(key) FROM \(resource.rawValue) ORDER BY rowid DESC LIMIT 1").first)
      // This includes changes that do not update the time of the last change.
      try trial.sandbox.edit(.update(resource, first, set: ["title": "Changed"], touch: false))
      trial.clock.advance(by: pause)
      #expect(try await trial.sync { $0.resources = [resource.rawValue] }.status == .success)
      try trial.expectMirrorEqualsServer([resource])
    }
  }

  @Test(
    "rows that move because others are deleted are read, if the list is read by offset, or its cursors are offsets",
    arguments: [
      (SandboxResource.schedules, "/schedules"), (.sessions, "/sessions"), (.knowledgeNotes, "/notes"),
      (.playbooks, "/playbooks"),
    ], [nil, 2, 3, 4])
  func rowsMove(_ list: (SandboxResource, path: String), _ request: Int?) async throws {
    let (resource, path) = list
    var scenario = SandboxScenario.paged
    scenario.cursors = .offset
    try await Trial.run(scenario) { trial in
      let key = try #require(resource.key)
      if request == nil { trial.sandbox.faults = [FaultRule(.status(503), path: path + "$", skip: 1, times: nil)] }
      try await trial.sync { $0.resources = [resource.rawValue] }
      trial.sandbox.faults = []
      let first = try #require(try trial.column("SELECT \(key) FROM \(resource.rawValue) ORDER BY rowid").first)
      trial.sandbox.forgetRequests()
      if let request {
        trial.sandbox.atRequest(request) { [sandbox = trial.sandbox] in _ = try? sandbox.edit(.delete(resource, first)) }
      } else {
        try trial.sandbox.edit(.delete(resource, first))
      }
      let report = try await trial.sync {
        $0.resources = [resource.rawValue]
        $0.full = request != nil
      }
      #expect(report.status == .success)
      if request == nil { #expect(trial.requests(ending: path).count > 2, "the list is read from its beginning") }
      try trial.expectMirrorEqualsServer([resource])
    }
  }
}
