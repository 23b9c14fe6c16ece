import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("News and edits")
struct EditTests {
  @Test("simulated activity is always the same")
  func deterministicNews() throws {
    var first = try Enterprise(SandboxScenario())
    var second = try Enterprise(SandboxScenario())
    let news = try first.news(steps: 30)
    for _ in 0..<30 { _ = try second.news(steps: 1) }
    for resource in [SandboxResource.sessions, .knowledgeNotes, .playbooks] {
      #expect(try first.lines(resource, from: 0).bytes == second.lines(resource, from: 0).bytes)
    }
    #expect(news.now == SandboxScenario.anchor + 30 * 60)
    #expect(news.sessionsCreated.count == 30 && news.sessionsChanged.count > 30)
    #expect(news.messagesAppended > 30 && !news.sessionsAnalysed.isEmpty)
    #expect(!news.edited.isEmpty && !news.created.isEmpty && !news.deleted.isEmpty)
  }

  @Test("news describe the changes: sessions with a later updated_at, new rows, deleted rows")
  func news() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let before = sandbox.now
      let news = try ControlJSON.decode(SandboxNews.self, try await probe.control(.POST, "news?steps=15").body)
      #expect(news.steps == 15 && sandbox.now == before + 15 * 60)
      let changed = try await probe.walk("sessions?updated_after=\(before + 1)")
        .compactMap { $0["session_id"]?.string }
      let living = try Set(sandbox.ids(.sessions))
      #expect(Set(news.sessionsCreated + news.sessionsChanged).isSubset(of: Set(changed)))
      #expect(Set(changed).isSubset(of: living))
      for entry in news.deleted {
        let parts = entry.split(separator: "/")
        let resource = try #require(SandboxResource(rawValue: String(parts[0])))
        #expect(try !sandbox.ids(resource).contains(String(parts[1])))
      }
      for entry in news.created where !news.deleted.contains(entry) {
        let parts = entry.split(separator: "/")
        let resource = try #require(SandboxResource(rawValue: String(parts[0])))
        #expect(try sandbox.ids(resource).contains(String(parts[1])))
      }
    }
  }

  @Test("an appended message is the last one, and changes updated_at only on request")
  func appendMessages() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let id = try sandbox.ids(.sessions)[10]
      sandbox.advance(seconds: 100)
      let before = try await probe.walk("sessions/\(id)/messages")
      let row = try await probe.get("sessions/\(id)").json()
      _ = try await probe.control(
        .POST, "edit", #"{"op":"append_messages","session_id":"\#(id)","count":2,"touch":false}"#)
      let after = try await probe.walk("sessions/\(id)/messages")
      #expect(after.count == before.count + 2 && after.starts(with: before))
      #expect(after.last?["created_at"]?.number == sandbox.now)
      #expect(try await probe.get("sessions/\(id)").json() == row)
      try sandbox.edit(.appendMessages(session: id))
      #expect(try await probe.get("sessions/\(id)").json()["updated_at"]?.number == sandbox.now)
    }
  }

  @Test(
    "objects of every kind are updated, deleted and restored",
    arguments: [
      SandboxResource.sessions, .playbooks, .knowledgeNotes, .knowledgeFolders, .secrets,
      .schedules,
    ])
  func lifeOfAnObject(_ resource: SandboxResource) async throws {
    try await Sandbox.run { sandbox in
      sandbox.advance(seconds: 60)
      let before = try sandbox.parsedObjects(resource)
      let id = try sandbox.ids(resource)[2]
      let name = resource.textMember ?? ""
      try sandbox.edit(.update(resource, id, set: [name: "changed"], touch: false))
      #expect(try sandbox.parsedObjects(resource)[2][name] == "changed")
      #expect(try sandbox.parsedObjects(resource)[2]["updated_at"] == before[2]["updated_at"])
      try sandbox.edit(.update(resource, id, set: [name: before[2][name] ?? nil]))
      if resource != .knowledgeFolders {
        #expect(try sandbox.parsedObjects(resource)[2]["updated_at"] != before[2]["updated_at"])
      }
      try sandbox.edit(.delete(resource, id))
      #expect(try sandbox.ids(resource).contains(id) == false)
      #expect(throws: SandboxControlError.self) { try sandbox.edit(.delete(resource, id)) }
      try sandbox.edit(.restore(resource, id, touch: false))
      #expect(try sandbox.ids(resource) == before.compactMap { $0[resource.key ?? ""]?.string })
      let made = try sandbox.edit(.create(resource, set: [name: "made"], count: 2))
      #expect(made.changed == 2)
      #expect(try sandbox.parsedObjects(resource).suffix(2).map { $0[name] } == ["made", "made"])
    }
  }

  @Test("a session is deleted and restored together with its children")
  func deletedSession() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let id = try sandbox.ids(.sessions)[7]
      let messages = sandbox.objects(.sessionMessages)
      try sandbox.edit(.delete(.sessions, id))
      for path in ["", "/messages", "/attachments", "/tags", "/insights"] {
        #expect(try await probe.get("sessions/\(id)\(path)").status == 404)
      }
      #expect(!sandbox.objects(.sessionMessages).contains { $0.contains(id) })
      #expect(try await probe.get("sessions").json()["total"] == 59)
      try sandbox.edit(.restore(.sessions, id))
      #expect(sandbox.objects(.sessionMessages) == messages)
      #expect(try await probe.walk("sessions").count == 60)
    }
  }

  @Test("single messages and attachments are edited within their session")
  func children() async throws {
    try await Sandbox.run { sandbox in
      let first = try #require(try sandbox.parsedObjects(.sessionMessages).first)
      let session = try #require(first["session_id"]?.string)
      let event = try #require(first["object"]?["event_id"]?.string)
      try sandbox.edit(
        .update(.sessionMessages, event, session: session, set: ["message": "new text"]))
      #expect(try sandbox.parsedObjects(.sessionMessages)[0]["object"]?["message"] == "new text")
      let count = try sandbox.parsedObjects(.sessionInsights)[0]["num_user_messages"]?.number ?? 0
      try sandbox.edit(.delete(.sessionMessages, event, session: session))
      #expect(try sandbox.ids(.sessionMessages).contains(event) == false)
      #expect(
        try sandbox.parsedObjects(.sessionInsights)[0]["num_user_messages"]?.number == count - 1)
      #expect(
        try await Probe(sandbox).walk("sessions/\(session)/messages").contains {
          $0["event_id"]?.string == event
        } == false)
      let made = try sandbox.edit(.create(.sessionAttachments, session: session)).ids[0]
      #expect(try sandbox.ids(.sessionAttachments).contains(made))
      try sandbox.edit(.delete(.sessionAttachments, made, session: session))
      #expect(try sandbox.ids(.sessionAttachments).contains(made) == false)
    }
  }

  @Test("a late analysis changes only the insights")
  func analysis() async throws {
    try await Sandbox.run { sandbox in
      let insights = try sandbox.parsedObjects(.sessionInsights)
      let index = try #require(insights.firstIndex { $0["analysis"] == .some(.null) })
      let id = try #require(insights[index]["session_id"]?.string)
      let sessions = sandbox.objects(.sessions)
      sandbox.advance(seconds: 60)
      try sandbox.edit(.analyse(session: id))
      #expect(try sandbox.parsedObjects(.sessionInsights)[index]["analysis_status"] == "completed")
      #expect(sandbox.objects(.sessions) == sessions)
    }
  }

  @Test("a share of the sessions is touched, evenly distributed")
  func touchShare() async throws {
    var scenario = SandboxScenario()
    scenario.sessions = 400
    try await Sandbox.run(scenario) { sandbox in
      sandbox.advance(seconds: 60)
      let messages = sandbox.objects(.sessionMessages).count
      let result = try await Probe(sandbox).control(
        .POST, "edit", #"{"op":"touch_share","resource":"sessions","percent":2.5}"#)
      #expect(try result.json()["changed"] == 10)
      #expect(sandbox.objects(.sessionMessages).count == messages + 10)
      let changed = try await Probe(sandbox).walk("sessions?updated_after=\(sandbox.now)")
      #expect(changed.count == 10)
    }
  }

  @Test("a created session is added to its parent's list of children")
  func createdSession() async throws {
    try await Sandbox.run { sandbox in
      let made = try sandbox.edit(.create(.sessions, count: 20)).ids
      let sessions = try sandbox.parsedObjects(.sessions)
      let children = sessions.filter { made.contains($0["session_id"]?.string ?? "") }
        .filter { $0["parent_session_id"]?.string != nil }
      #expect(!children.isEmpty)
      for child in children {
        let parent = sessions.first { $0["session_id"] == child["parent_session_id"] }
        #expect(parent?["child_session_ids"]?.list?.contains(child["session_id"] ?? nil) == true)
      }
    }
  }

  @Test("impossible edits are refused with a reason")
  func nonsense() async throws {
    try await Sandbox.run { sandbox in
      for body in [
        "", "{}", #"{"op":"fly"}"#, #"{"op":"delete","resource":"playbooks"}"#,
        #"{"op":"delete","resource":"playbooks","id":"playbook-0"}"#, #"{"op":"append_messages"}"#,
        #"{"op":"delete","resource":"credential","id":"x"}"#,
        #"{"op":"restore","resource":"sessions","id":"x"}"#,
      ] {
        let reply = try await Probe(sandbox).control(.POST, "edit", body)
        #expect(reply.status == 400, "\(body)")
        #expect(try reply.json()["error"]?.string?.isEmpty == false)
      }
    }
  }
}
