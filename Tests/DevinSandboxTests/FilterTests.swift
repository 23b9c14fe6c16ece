import Foundation
import Testing

@testable import DevinSandbox

@Suite("Filters of the session lists")
struct FilterTests {
  /// Walks both lists with a filter and compares them with the sessions, not deleted, that should match.
  private func check(
    _ sandbox: Sandbox, _ query: String, _ expected: (JSONValue) -> Bool,
    location: SourceLocation = #_sourceLocation
  ) async throws {
    let probe = Probe(sandbox)
    for (path, resource) in [
      ("sessions", SandboxResource.sessions), ("sessions/insights", .sessionInsights),
    ] {
      let rows = try await probe.walk("\(path)?\(query)", first: 9)
      let all = try sandbox.parsedObjects(resource)
      #expect(Set(rows) == Set(all.filter(expected)), "\(query)", sourceLocation: location)
      #expect(
        !rows.isEmpty && rows.count < all.count, "\(query) tells nothing", sourceLocation: location)
      let page = try await probe.get("\(path)?\(query)&first=1").json()
      #expect(page["total"]?.number == rows.count, sourceLocation: location)
    }
  }

  @Test("created_after includes its second, created_before does not, updated ones likewise")
  func times() async throws {
    try await Sandbox.run { sandbox in
      let sessions = try sandbox.parsedObjects(.sessions)
      let created = try #require(sessions[20]["created_at"]?.number)
      let later = try #require(sessions[40]["created_at"]?.number)
      let updated = try #require(sessions[30]["updated_at"]?.number)
      try await check(sandbox, "created_after=\(created)") {
        $0["created_at"]?.number ?? 0 >= created
      }
      try await check(sandbox, "created_before=\(created)") {
        $0["created_at"]?.number ?? 0 < created
      }
      try await check(sandbox, "created_after=\(created)&created_before=\(later)") {
        (created..<later).contains($0["created_at"]?.number ?? 0)
      }
      try await check(sandbox, "updated_after=\(updated)") {
        $0["updated_at"]?.number ?? 0 >= updated
      }
      try await check(sandbox, "updated_before=\(updated)") {
        $0["updated_at"]?.number ?? 0 < updated
      }
    }
  }

  @Test("members are compared, and lists are repeated parameters")
  func members() async throws {
    try await Sandbox.run { sandbox in
      let sessions = try sandbox.parsedObjects(.sessions)
      func some(_ name: String) throws -> String {
        let values = sessions.compactMap { $0[name]?.string }
        return try #require(values.first)
      }
      let ids = try sandbox.ids(.sessions)
      try await check(
        sandbox, "session_ids=\(ids[3])&session_ids=devin-\(ids[9])&session_ids=unknown"
      ) {
        [ids[3], ids[9]].contains($0["session_id"]?.string)
      }
      let parent = try some("parent_session_id")
      try await check(sandbox, "parent_session_id=\(parent)") {
        $0["parent_session_id"]?.string == parent
      }
      try await check(sandbox, "is_archived=true") { $0["is_archived"] == true }
      try await check(sandbox, "is_archived=false") { $0["is_archived"] == false }
      try await check(sandbox, "origins=slack&origins=api") {
        ["slack", "api"].contains($0["origin"]?.string)
      }
      try await check(sandbox, "category=code_review") { $0["category"] == "code_review" }
      let playbook = try some("playbook_id")
      try await check(sandbox, "playbook_id=\(playbook)") { $0["playbook_id"]?.string == playbook }
      let user = try #require(
        sessions.compactMap { $0["user_id"]?.string }.first { $0.contains("|") })
      try await check(sandbox, "user_ids=\(user.percentEncoded)") { $0["user_id"]?.string == user }
      let tags = sessions.compactMap { $0["tags"]?.list?.first?.string }
      let tag = try #require(tags.first)
      try await check(sandbox, "tags=\(tag.percentEncoded)") {
        $0["tags"]?.list?.contains(.string(tag)) == true
      }
      let service = try some("service_user_id")
      try await check(sandbox, "service_user_ids=\(service)") {
        $0["service_user_id"]?.string == service
      }
      try await check(sandbox, "repo_names=acme%2Fweb") { session in
        session["pull_requests"]?.list?.contains {
          $0["pr_url"]?.string?.contains("github.com/acme/web/") == true
        } == true
      }
    }
  }

  @Test("the results of a filter are updated after a change")
  func freshness() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.advance(seconds: 600)
      let query = "sessions?updated_after=\(sandbox.now)"
      #expect(try await probe.get(query).items() == [])
      let id = try sandbox.ids(.sessions)[5]
      try sandbox.edit(.appendMessages(session: id))
      #expect(try await probe.get(query).items().compactMap { $0["session_id"]?.string } == [id])
      try sandbox.edit(.delete(.sessions, id))
      #expect(try await probe.get(query).items() == [])
    }
  }

  @Test("notes are found by text, folder and repository")
  func notes() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let notes = try sandbox.parsedObjects(.knowledgeNotes)
      let folder = try #require(notes.compactMap { $0["folder_path"]?.string }.first { $0 != "/" })
      let found = try await probe.walk(
        "knowledge/notes?folder_path=\(folder.percentEncoded)", first: 2)
      #expect(found == notes.filter { $0["folder_path"]?.string == folder })
      let pinned = try await probe.walk("knowledge/notes?pinned_repo=acme%2Fapi", first: 2)
      #expect(pinned == notes.filter { $0["pinned_repo"] == "acme/api" })
      #expect(try await probe.get("knowledge/notes?search=BRANCHES").items().isEmpty == false)
    }
  }
}
