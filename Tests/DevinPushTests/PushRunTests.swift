import DevinAPI
import DevinModel
import Files
import Foundation
import MirrorReading
import MirrorStore
import TestSupport
import Testing

@testable import DevinPush

@Suite("Carrying out a plan", .timeLimit(.minutes(60)))
struct PushRunTests {
  /// A folder with exported notes, the service that they are from, and a mirror.
  private final class Bench {
    let mirror: TemporaryMirror
    let store: MirrorStore
    let clock = ManualClock()
    let service: FakeService
    let client: DevinClient

    init() throws {
      mirror = try TemporaryMirror()
      store = try mirror.open()
      let time = clock.time
      service = FakeService(now: { time.now() })
      let meter = RequestMeter()
      client = DevinClient(transport: service, retry: Retry(time: time, budget: RetryBudget(), meter: meter), meter: meter)
      for (note, body) in [("a", "one\n"), ("b", "two"), ("c", "three")] { service.put(note, body: body) }
      try export()
    }

    private var root: String { mirror.folder.path + "/content" }
    private func place(_ note: String) -> String { "notes/\(note).md" }

    func export() throws {
      var content: [String: ContentManifest.Entry] = [:]
      try FileManager.default.createDirectory(atPath: root + "/notes", withIntermediateDirectories: true)
      for (note, row) in service.notes {
        try write(ContentFile.text(.notes, key: note, row: row), note)
        content[place(note)] = ContentManifest.Entry(
          resource: "knowledge_notes", key: note, organization: FakeService.organization, hash: Content(.notes, row: row).hash)
      }
      try ContentManifest(files: content.keys.sorted(), content: content).write(in: Folder(root))
    }

    func text(_ note: String) throws -> String { try String(contentsOfFile: "\(root)/\(place(note))", encoding: .utf8) }
    func write(_ text: String, _ note: String) throws {
      try Data(text.utf8).write(to: URL(fileURLWithPath: "\(root)/\(place(note))"))
    }
    func edit(_ note: String, _ old: String, _ new: String) throws { try write(text(note).replacing(old, with: new), note) }
    func remove(_ note: String) throws { try FileManager.default.removeItem(atPath: "\(root)/\(place(note))") }

    func plan(overwrites: Bool = false) async throws -> PushPlan {
      var options = PushOptions()
      options.deletes = true
      options.overwrites = overwrites
      let tree = ContentTree([root], findsMissing: true)
      #expect(tree.problems.isEmpty, "\(tree.problems.map(\.message))")
      var planner = PushPlanner(
        server: ServerContent(client: client), options: options, principal: nil, organizations: [FakeService.organization],
        mirror: nil)
      return try await planner.plan(tree)
    }

    func run(_ number: Int64 = 1, limit: Int? = nil) -> PushRun {
      PushRun(
        number: number, server: ServerContent(client: client), writer: DevinWriter(transport: service, time: clock.time),
        store: store,
        time: clock.time, limit: limit)
    }

    func apply(_ plan: PushPlan, limit: Int? = nil) async throws -> [PushResult] {
      let number = try await store.beginRun(command: "push", apiURL: "x", version: "x", pid: 1, now: clock.time.now())
      var results: [PushResult] = []
      var run = run(number, limit: limit)
      try await run.carryOut(plan) { results.append($0) }
      var files = try WrittenFiles(root)
      for result in results {
        if let row = result.row { _ = try files.note(row, of: result.change) }
        if result.change.decision == .delete, result.outcome == .done { files.noteDeletion(of: result.change) }
      }
      try files.finish()
      return results
    }

    func apply() async throws -> [PushResult] { try await apply(plan()) }

    func journal() async throws -> [String] {
      try await store.query(
        "SELECT action || ' ' || coalesce(key, '?') || ' ' || coalesce(outcome, 'open') FROM sync_pushes ORDER BY push_id"
      )
      .rows.map { $0[0].text ?? "" }
    }

    func mirrored(_ note: String) async throws -> String? {
      try await store.query(
        "SELECT body FROM knowledge_notes WHERE note_id = :note AND _deleted_at IS NULL", ["note": .text(note)]
      )
      .rows.first?.first?.text
    }
  }

  private static let new = "---\nname: \"new\"\ntrigger: \"t\"\nfolder_id: \"f\"\nis_enabled: true\n---\n\nfour\n"

  @Test("an edit, a new file and a file that is gone reach the service, the mirror and the files, and then nothing is left")
  func all() async throws {
    let bench = try Bench()
    #expect(try await bench.plan().changes.isEmpty)
    try bench.edit("a", "one", "ONE")
    try bench.remove("b")
    try bench.write(Self.new, "mine")
    let plan = try await bench.plan()
    #expect(
      plan.changes.map { "\($0.decision.action) \($0.place)" } == [
        "update notes/a.md", "create notes/mine.md", "delete notes/b.md",
      ])
    #expect(plan.changes[0].diffs[0].lines.contains("-one") && plan.changes[0].diffs[0].lines.contains("+ONE"))
    #expect(bench.service.writes.isEmpty)

    let results = try await bench.apply(plan)
    #expect(results.map(\.outcome) == [.done, .done, .done])
    #expect(
      bench.service.body(of: "a") == "ONE\n" && bench.service.body(of: "b") == nil
        && bench.service.body(of: "note-new-1") == "four")
    #expect(try await bench.journal() == ["update a done", "create note-new-1 done", "delete b done"])
    #expect(try await bench.mirrored("a") == "ONE\n")
    #expect(try await bench.mirrored("note-new-1") == "four")
    #expect(try await bench.mirrored("b") == nil)
    // What it was before is in the history.
    let history = try await bench.store.query("SELECT key, change, before ->> 'body' FROM sync_changes ORDER BY change_id").rows
    #expect(history.contains([.text("a"), .text("changed"), .text("one\n")]) && history.contains { $0[1] == .text("deleted") })
    #expect(try bench.text("mine").contains("note_id: \"note-new-1\""))
    let after = try await bench.plan()
    #expect(after.changes.isEmpty && after.unedited == 3)
    // The file goes on from its new version.
    try bench.edit("a", "ONE", "one again")
    #expect(try await bench.apply().map(\.outcome) == [.done])
    #expect(bench.service.body(of: "a") == "one again\n")
  }

  @Test("what was changed on the server is not touched, before the plan and after it")
  func conflicts() async throws {
    let bench = try Bench()
    try bench.edit("a", "one", "ONE")
    bench.service.put("a", body: "theirs")
    var plan = try await bench.plan()
    #expect(plan.hasConflicts && plan.writes.isEmpty)
    #expect(try await bench.apply(plan).isEmpty)
    // Between plan and write.
    try bench.edit("b", "two", "TWO")
    plan = try await bench.plan()
    bench.service.put("b", body: "theirs, too")
    #expect(try await bench.apply(plan).map(\.outcome) == [.conflict("it was changed meanwhile")])
    try bench.remove("c")
    plan = try await bench.plan()
    bench.service.put("c", body: "needed")
    #expect(try await bench.apply(plan).map(\.outcome) == [.conflict("it was changed meanwhile")])
    #expect(bench.service.writes.isEmpty && bench.service.body(of: "a") == "theirs")
    // On demand, what the plan showed is replaced.
    plan = try await bench.plan(overwrites: true)
    #expect(try await bench.apply(plan).map(\.outcome) == [.done, .done, .done])
    #expect(bench.service.body(of: "a") == "ONE\n" && bench.service.body(of: "b") == "TWO" && bench.service.body(of: "c") == nil)
  }

  @Test("a name that the organization has is not given twice, and an equal object is taken for one's own")
  func namesakes() async throws {
    let bench = try Bench()
    try bench.write(Self.new.replacing("\"new\"", with: "\"name of a\""), "mine")
    #expect(try await bench.plan().changes.map(\.decision.action) == ["blocked"])
    try bench.write(Self.new.replacing("\"new\"", with: "\"name of b\"").replacing("four", with: "two"), "mine")
    #expect(try await bench.plan().changes.map(\.decision.action) == ["unchanged"])
    try bench.write(Self.new, "mine")
    try bench.write(Self.new, "other")
    #expect(try await bench.plan().changes.map(\.decision.action) == ["create", "blocked"])
  }

  @Test("after a lost answer the service is looked at, and nothing is sent a second time")
  func lostAnswers() async throws {
    for isCarriedOut in [true, false] {
      let bench = try Bench()
      try bench.edit("a", "one", "ONE")
      try bench.write(Self.new, "mine")
      try bench.remove("b")
      let mishap: FakeService.Mishap = isCarriedOut ? .lostAnswer : .lostRequest
      bench.service.next(mishap, mishap, mishap)
      let results = try await bench.apply()
      #expect(bench.service.writes.count == 3)
      if isCarriedOut {
        #expect(results.map(\.outcome) == [.done, .done, .done])
        #expect(try await bench.journal() == ["update a done", "create note-new-1 done", "delete b done"])
      } else {
        #expect(results.allSatisfy { if case .notDone = $0.outcome { true } else { false } })
        #expect(try await bench.journal() == ["update a not_done", "create ? not_done", "delete b not_done"])
        // Nothing was done, so it is planned again.
        #expect(try await bench.apply().map(\.outcome) == [.done, .done, .done])
      }
      #expect(bench.service.notes.count == 3 && bench.service.body(of: "a") == "ONE\n")
      #expect(try await bench.plan().changes.isEmpty)
    }
  }

  @Test("an error of the server after it has acted is no reason to send again", arguments: [500, 503, 408])
  func errorsAfterwards(_ status: Int) async throws {
    let bench = try Bench()
    try bench.write(Self.new, "mine")
    bench.service.next(.doneBut(status: status))
    #expect(try await bench.apply().map(\.outcome) == [.done])
    #expect(bench.service.notes.count == 4 && bench.service.writes.count == 1)
  }

  @Test("single reads that lag behind are asked again")
  func lag() async throws {
    let bench = try Bench()
    try bench.edit("a", "one", "ONE")
    bench.service.next(lag: 3)
    #expect(try await bench.apply().map(\.outcome) == [.done])
    #expect(try await bench.mirrored("a") == "ONE\n")
  }

  @Test("what the server stores in another way is told member by member, kept as it is, and not sent again")
  func storedDifferently() async throws {
    let bench = try Bench()
    try bench.edit("a", "one\n", "  ONE\n\n")
    bench.service.next(.trims)
    #expect(try await bench.apply().map(\.outcome) == [.storedDifferently(["body"])])
    #expect(try await bench.mirrored("a") == "ONE" && bench.service.writes.count == 1)
  }

  @Test("after a 403 no more of the kind is sent, after a 401 nothing is, and other refusals stop one object")
  func refusals() async throws {
    for (status, sent) in [(403, 1), (401, 1), (422, 3), (409, 3), (400, 3)] {
      let bench = try Bench()
      for (note, old) in [("a", "one"), ("b", "two"), ("c", "three")] { try bench.edit(note, old, "x") }
      bench.service.next(.status(status), .status(status), .status(status))
      let results = try await bench.apply()
      #expect(results.count == 3 && bench.service.writes.count == sent, "\(status)")
      #expect(results.count { if case .notSent = $0.outcome { true } else { false } } == 3 - sent, "\(status)")
      #expect(try await bench.journal().allSatisfy { $0.hasSuffix("refused") })
      #expect(bench.service.body(of: "a") == "one\n")
    }
  }

  @Test("--limit stops after so many changes")
  func limit() async throws {
    let bench = try Bench()
    for (note, old) in [("a", "one"), ("b", "two"), ("c", "three")] { try bench.edit(note, old, "x") }
    let results = try await bench.apply(bench.plan(), limit: 2)
    #expect(results.map { $0.outcome == .done } == [true, true, false] && bench.service.writes.count == 2)
  }

  @Test("what a push left open that was killed is settled by looking")
  func settles() async throws {
    let bench = try Bench()
    let now = bench.clock.time.now()
    func intend(_ action: String, _ key: String?, _ base: String?, _ content: String?) async throws {
      _ = try await bench.store.begin(
        PushIntent(
          run: 1, organization: FakeService.organization, resource: "knowledge_notes", key: key, action: action, baseHash: base,
          contentHash: content), now: now)
    }
    func hash(_ note: String) -> String { Content(.notes, row: bench.service.notes[note] ?? [:]).hash }
    try await intend("update", "a", "other", hash("a"))
    try await intend("update", "b", hash("b"), "other")
    try await intend("update", "c", "other", "another")
    try await intend("delete", "gone", "x", nil)
    try await intend("delete", "c", hash("c"), nil)
    try await intend("create", nil, nil, hash("b"))
    try await intend("create", nil, nil, "nothing like it")
    #expect(try await bench.run().settle() == [])
    #expect(
      try await bench.journal() == [
        "update a done", "update b not_done", "update c unclear", "delete gone done", "delete c not_done", "create b done",
        "create ? not_done",
      ])
    #expect(bench.service.writes.isEmpty)
  }
}
