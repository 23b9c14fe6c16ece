import Foundation
import Testing

@testable import DevinSandbox

@Suite("Paging")
struct SandboxPagingTests {
  static let lists: [(path: String, resource: SandboxResource)] = [
    ("sessions", .sessions), ("sessions/insights", .sessionInsights), ("playbooks", .playbooks),
    ("knowledge/notes", .knowledgeNotes), ("secrets", .secrets),
  ]

  @Test("a walk returns every object that is not deleted once, with unchanged bytes", arguments: [7, 100, 200])
  func complete(first: Int) async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      for (path, resource) in Self.lists {
        let rows = try await probe.walk(path, first: first)
        #expect(rows.count == Set(rows).count)
        #expect(Set(rows) == Set(try sandbox.parsedObjects(resource)), "\(path)")
      }
    }
  }

  @Test("a walk with offsets as cursors is complete too")
  func completeByOffset() async throws {
    var scenario = SandboxScenario()
    scenario.cursors = .offset
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      for (path, resource) in Self.lists {
        #expect(
          Set(try await probe.walk(path)) == Set(try sandbox.parsedObjects(resource)), "\(path)")
      }
      let session = try #require(try sandbox.ids(.sessions).first)
      let messages = try await probe.walk("sessions/\(session)/messages", first: 2)
      let expected = try sandbox.parsedObjects(.sessionMessages)
        .filter { $0["session_id"]?.string == session }.compactMap { $0["object"] }
      #expect(messages == expected)
    }
  }

  @Test("messages come oldest first, page by page, without a total")
  func messages() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let long = try #require(
        try sandbox.parsedObjects(.sessionInsights).first { $0["session_size"] == "xl" }?[
          "session_id"]?.string)
      let rows = try await probe.walk("sessions/devin-\(long)/messages", first: 100)
      let expected = try sandbox.parsedObjects(.sessionMessages)
        .filter { $0["session_id"]?.string == long }.compactMap { $0["object"] }
      #expect(rows == expected && rows.count > 200)
      #expect(try await probe.get("sessions/\(long)/messages").json()["total"] == .some(.null))
      #expect(try await probe.get("sessions").json()["total"] == 60)
    }
  }

  @Test("sessions are listed newest first")
  func newestFirst() async throws {
    try await Sandbox.run { sandbox in
      let times = try await Probe(sandbox).walk("sessions").compactMap { $0["created_at"]?.number }
      #expect(times == times.sorted(by: >))
      #expect(Set(times).count < times.count, "some begin in the same second")
    }
  }

  @Test("a cursor must be percent-encoded, and belongs to its list")
  func cursors() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let cursor = try #require(
        try await probe.get("sessions?first=5").json()["end_cursor"]?.string)
      for sign in ["=", "+", "/"] { #expect(cursor.contains(sign)) }
      #expect(try await probe.get("sessions?after=\(cursor.percentEncoded)").status == 200)
      #expect(try await probe.get("sessions?after=\(cursor)").status == 400)
      #expect(try await probe.get("playbooks?after=\(cursor.percentEncoded)").status == 400)
      #expect(try await probe.get("sessions/insights?after=\(cursor.percentEncoded)").status == 400)
      let altered = "+/+/A" + cursor.dropFirst(5)
      #expect(try await probe.get("sessions?after=\(altered.percentEncoded)").status == 400)
    }
  }

  @Test(
    "a deletion on an earlier page shifts rows only where cursors are offsets",
    arguments: [SandboxScenario.CursorKind.key, .offset])
  func deletionDuringWalk(_ kind: SandboxScenario.CursorKind) async throws {
    var scenario = SandboxScenario()
    scenario.cursors = kind
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      let all = try await probe.get("sessions?first=11").items().compactMap {
        $0["session_id"]?.string
      }
      let page = try await probe.get("sessions?first=10").json()
      let cursor = try #require(page["end_cursor"]?.string)
      try sandbox.edit(.delete(.sessions, all[0]))
      let next = try await probe.get("sessions?first=10&after=\(cursor.percentEncoded)").items()
      #expect((next.first?["session_id"]?.string == all[10]) == (kind == .key))
    }
  }

  @Test("the last page has a cursor if the scenario says so, which finds rows that are added later")
  func cursorOnLastPage() async throws {
    var scenario = SandboxScenario()
    scenario.cursorOnLastPage = true
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      let session = try #require(try sandbox.ids(.sessions).last)
      let page = try await probe.get("sessions/\(session)/messages?first=200").json()
      #expect(page["has_next_page"] == false)
      let cursor = try #require(page["end_cursor"]?.string)
      let again = "sessions/\(session)/messages?after=\(cursor.percentEncoded)"
      #expect(try await probe.get(again).items() == [])
      try sandbox.edit(.appendMessages(session: session, count: 2))
      #expect(try await probe.get(again).items().count == 2)
    }
  }

  @Test("schedules are paged by limit and offset")
  func schedules() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      var rows: [JSONValue] = []
      while true {
        let page = try await probe.get("schedules?limit=3&offset=\(rows.count)").json()
        rows += page["items"]?.list ?? []
        #expect(page["end_cursor"] == .some(.null) && page["total"] == 7)
        if page["has_next_page"] != true { break }
      }
      #expect(rows == (try sandbox.parsedObjects(.schedules)))
      #expect(try await probe.get("schedules?offset=99").items() == [])
    }
  }

  @Test("unknown parameters are ignored")
  func unknownParameters() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let page = try await probe.get("sessions?first=5&time_after=9999999999&qs=x&%zz").items()
      #expect(page == (try await probe.get("sessions?first=5").items()))
    }
  }
}
