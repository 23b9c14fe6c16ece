import Foundation
import Testing

@testable import DevinSandbox

@Suite("The contents of a scenario")
struct ScenarioTests {
  /// A hash over all objects of an organization.
  private func digest(_ enterprise: inout Enterprise) throws -> UInt64 {
    var digest: UInt64 = 0
    for resource in SandboxResource.allCases {
      var position: Int? = 0
      while let start = position {
        let lines = try enterprise.lines(resource, from: start)
        digest = lines.bytes.reduce(digest) { RandomStream.mix($0 ^ UInt64($1)) }
        position = lines.next
      }
    }
    return digest
  }

  @Test("the same seed creates the same bytes, today and on every machine")
  func sameBytes() throws {
    var first = try Enterprise(SandboxScenario())
    var second = try Enterprise(SandboxScenario())
    let made = try digest(&first)
    #expect(try made == digest(&second))
    #expect(made == 11_336_559_318_225_767_492)
    _ = try first.news(steps: 10)
    let edited = try digest(&first)
    #expect(edited == 15_215_735_219_171_210_015)
  }

  @Test("another seed creates another organization")
  func otherBytes() throws {
    var scenario = SandboxScenario()
    scenario.seed = 2
    var first = try Enterprise(SandboxScenario())
    var second = try Enterprise(scenario)
    #expect(try digest(&first) != digest(&second))
  }

  @Test("sixty sessions cover every status, detail, origin and category")
  func variety() throws {
    let sessions = try parsed(.sessions)
    func values(_ name: String) -> Set<String> { Set(sessions.compactMap { $0[name]?.string }) }
    #expect(values("status").count == 7)
    #expect(values("status_detail").count >= 15)
    #expect(values("origin") == Set(Vocabulary.origins))
    #expect(values("category") == Set(Vocabulary.categories))
    for name in ["title", "user_id", "security_profile", "structured_output", "category"] {
      #expect(
        sessions.contains { $0[name] == nil } && sessions.contains { $0[name] != nil }, "\(name)")
    }
    for name in ["title", "structured_output", "playbook_id", "automation_id"] {
      #expect(sessions.contains { $0[name] == .some(.null) }, "\(name)")
    }
    #expect(values("user_id").contains("bot_apk"))
    #expect(values("user_id").contains { $0.contains("|") })
    #expect(values("title").contains { $0.contains("\"") })
    #expect(values("session_id").allSatisfy { $0.count == 32 })
  }

  @Test("families are trees, and parents and children agree")
  func families() throws {
    let sessions = try parsed(.sessions)
    let byID = Dictionary(
      uniqueKeysWithValues: sessions.map { ($0["session_id"]?.string ?? "", $0) })
    var children = 0
    for (id, session) in byID {
      guard let parent = session["parent_session_id"]?.string else { continue }
      children += 1
      #expect(byID[parent]?["child_session_ids"]?.list?.contains(.string(id)) == true)
      #expect(byID[parent]?["created_at"]?.number ?? .max <= session["created_at"]?.number ?? 0)
    }
    #expect(children > 5)
    #expect(sessions.reduce(0) { $0 + ($1["child_session_ids"]?.list?.count ?? 0) } == children)
  }

  @Test("insights consist of the session row and the correct message counts")
  func insights() throws {
    let organization = try Organization(SandboxScenario())
    let sessions = try parsed(.sessions)
    let messages = try parsed(.sessionMessages)
    let insights = try parsed(.sessionInsights)
    #expect(insights.count == organization.sessions.count)
    for (session, insight) in zip(sessions, insights) {
      guard case .object(let row) = session else { continue }
      for (name, value) in row { #expect(insight[name] == value) }
      let own = messages.filter { $0["session_id"] == session["session_id"] }
      let user = own.filter { $0["object"]?["source"] == "user" }.count
      #expect(insight["num_user_messages"]?.number == user)
      #expect(insight["num_devin_messages"]?.number == own.count - user)
    }
    #expect(
      insights.contains { $0["analysis"] == .some(.null) && $0["analysis_status"] == .some(.null) })
    #expect(insights.contains { $0["analysis_status"] == "completed" })
  }

  @Test(
    "messages come oldest first, a few long sessions among them, with NUL, emoji and attachments")
  func messages() throws {
    let organization = try Organization(SandboxScenario())
    for record in organization.sessions {
      let times = (0..<record.thread.end).map(record.thread.time)
      #expect(times == times.sorted())
      #expect(times.allSatisfy { $0 >= record.createdAt && $0 <= record.updatedAt })
    }
    #expect(organization.sessions.filter { $0.thread.end > 200 }.count == 3)
    let texts = try parsed(.sessionMessages).compactMap { $0["object"]?["message"]?.string }
    for part in ["\u{0}", "👩‍👩‍👧‍👦", "ATTACHMENT:{\"url\":", "C:\\builds"] {
      #expect(texts.contains { $0.contains(part) }, "\(part)")
    }
  }

  @Test(
    "an analysed insights row has about the requested size", arguments: [3_000, 12_000, 20_000])
  func insightSize(_ bytes: Int) throws {
    var scenario = SandboxScenario()
    scenario.insightBytes = bytes
    let rows = try Organization(scenario).sessions.filter { $0.analysis != nil }.map(
      \.insights.count)
    let mean = rows.reduce(0, +) / rows.count
    #expect((bytes * 80 / 100...bytes * 125 / 100).contains(mean))
  }

  @Test("folders count their notes")
  func folders() throws {
    var enterprise = try Enterprise(SandboxScenario())
    let notes = try parsed(.knowledgeNotes)
    let folders = try parsed(.knowledgeFolders)
    for folder in folders {
      #expect(
        folder["note_count"]?.number
          == notes.filter { $0["folder_id"] == folder["folder_id"] }.count)
    }
    #expect(try enterprise.rootNoteCount(0) == notes.filter { $0["folder_id"] == .some(.null) }.count)
    #expect(notes.contains { $0["access_type"] == "enterprise" && $0["org_id"] == .some(.null) })
  }

  private func parsed(_ resource: SandboxResource) throws -> [JSONValue] {
    var enterprise = try Enterprise(SandboxScenario())
    var all: [UInt8] = []
    var position: Int? = 0
    while let start = position {
      let more = try enterprise.lines(resource, from: start)
      all += more.bytes
      position = more.next
    }
    return try all.split(separator: UInt8(ascii: "\n")).map {
      try JSONDecoder().decode(JSONValue.self, from: Data($0))
    }
  }
}
