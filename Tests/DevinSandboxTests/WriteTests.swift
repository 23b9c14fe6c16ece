import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Writing rows")
struct WriteTests {
  private typealias Kind = (list: String, key: String, body: String, method: HTTPMethod, change: String)

  private static let kinds: [Kind] = [
    ("playbooks", "playbook_id", Example.playbook, .PUT, Example.playbook.replacing("Ask.", with: "Ask twice.")),
    ("knowledge/notes", "note_id", Example.note, .PUT, Example.note.replacing("Zoë", with: "Ada")),
    ("schedules", "scheduled_session_id", Example.schedule, .PATCH, #"{"prompt": "Look twice.", "enabled": false}"#),
    ("automations", "automation_id", Example.automation, .PATCH, #"{"name": "Renamed"}"#),
  ]

  @Test("a row is shown by its id and in the list from its making to its deletion, with the times of the clock", arguments: 0..<4)
  func life(_ index: Int) async throws {
    let kind = Self.kinds[index]
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      func listed() async throws -> [JSONValue] { try await probe.get("\(kind.list)?first=200").items() }
      let before = try await listed()
      sandbox.advance(seconds: 60)
      let made = try await probe.write(.POST, kind.list, kind.body).json()
      let path = "\(kind.list)/\(try #require(made[kind.key]?.string))"
      let isText = kind.list == "schedules"
      func time(_ seconds: Int) -> JSONValue { isText ? .string(ISOTime.text(seconds)) : .int(seconds) }
      #expect(made["created_at"] == time(sandbox.now) && made["updated_at"] == time(sandbox.now))
      var kept = made
      if kind.list == "automations" { kept = try await probe.get(path).json() }
      #expect(try await probe.get(path).json() == kept)
      #expect(try await listed().contains(kept))
      sandbox.advance(seconds: 60)
      let changed = try await probe.write(kind.method, path, kind.change).json()
      #expect(changed["created_at"] == made["created_at"] && changed["updated_at"] == time(sandbox.now))
      #expect(try await probe.get(path).json() == changed && changed != made)
      #expect(try await listed().contains(changed))
      #expect(try await probe.write(.DELETE, path).json() == changed)
      #expect(try await listed() == before)
      for method in [HTTPMethod.GET, .DELETE, kind.method] {
        #expect(try await probe.write(method, path, kind.change).status == 404)
      }
    }
  }

  @Test("ids, times, authors and owners are the service's, whatever a request says")
  func whatNobodySets() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let more =
        #""created_at": 1, "updated_at": 1, "created_by": "me", "access_type": "enterprise", "org_id": null, "macro": "!x""#
      let note = try await probe.write(.POST, "knowledge/notes", Example.note.dropLast() + ", \"note_id\": \"mine\", \(more)}")
        .json()
      #expect(note["note_id"] != "mine" && note["created_at"]?.number == sandbox.now && note["access_type"] == "org")
      #expect(note["org_id"]?.string == sandbox.scenario.organizationID && note["macro"] == .some(.null))
      let first = try await probe.write(.POST, "playbooks", Example.playbook).json()
      let second = try await probe.write(.POST, "playbooks", Example.playbook).json()
      #expect(first["playbook_id"] != second["playbook_id"])
      #expect(first["created_by"] == "bot_apk" && first["updated_by"] == "bot_apk")
      let id = try sandbox.ids(.playbooks)[0]
      #expect(try await probe.write(.PUT, "playbooks/\(id)", Example.playbook).json()["updated_by"] == "bot_apk")
      let automation = try await probe.write(.POST, "automations", Example.automation).json()
      #expect(automation["created_by"]?["type"] == "service_user")
    }
  }

  @Test("a person's key signs with the person")
  func personalToken() async throws {
    var scenario = SandboxScenario()
    scenario.principal = .personalToken
    try await Sandbox.run(scenario) { sandbox in
      let probe = Probe(sandbox)
      let person = try await probe.send(.GET, "/v3/self").json()["user_id"]
      #expect(try await probe.write(.POST, "playbooks", Example.playbook).json()["created_by"] == person)
      #expect(try await probe.write(.POST, "automations", Example.automation).json()["created_by"]?["id"] == person)
    }
  }

  @Test("a note that is replaced without its pin and folder loses both, and stays enabled or not")
  func replacedNote() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let folder = try #require(try sandbox.parsedObjects(.knowledgeFolders).first)
      let id = try #require(folder["folder_id"]?.string)
      let body = String(Example.note.dropLast())
      let made = try await probe.write(.POST, "knowledge/notes", body + ", \"folder_id\": \"\(id)\", \"is_enabled\": false}")
        .json()
      #expect(made["folder_path"] == folder["path"] && made["pinned_repo"] == "acme/api")
      let path = "knowledge/notes/\(made["note_id"]?.string ?? "")"
      let replaced = try await probe.write(.PUT, path, #"{"name": "n", "body": "b", "trigger": "t"}"#).json()
      #expect(replaced["folder_id"] == .some(.null) && replaced["folder_path"] == "/" && replaced["pinned_repo"] == .some(.null))
      #expect(replaced["is_enabled"] == false)
      #expect(try await probe.write(.PUT, path, body + ", \"folder_id\": \"folder-0\"}").status == 400)
      let read = try sandbox.parsedObjects(.knowledgeNotes)[3]
      let text = String(decoding: try JSONEncoder().encode(read), as: UTF8.self)
      let same = try await probe.write(.PUT, "knowledge/notes/\(read["note_id"]?.string ?? "")", text).json()
      #expect(same["folder_id"] == read["folder_id"] && same["folder_path"] == read["folder_path"])
    }
  }

  @Test("a schedule is made switched on, and is switched off by a second request")
  func newSchedule() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let made = try await probe.write(.POST, "schedules", Example.schedule.dropLast() + ", \"enabled\": false, \"tags\": []}")
        .json()
      #expect(made["enabled"] == true && made["tags"] == .some(.null) && made["notify_on"] == "failure")
      let path = "schedules/\(made["scheduled_session_id"]?.string ?? "")"
      let playbook = try sandbox.parsedObjects(.playbooks)[1]
      let id = try #require(playbook["playbook_id"]?.string)
      let changed = try await probe.write(.PATCH, path, #"{"enabled": false, "playbook_id": "\#(id)", "platform": "Linux"}"#)
        .json()
      #expect(changed["enabled"] == false && changed["frequency"] == made["frequency"] && changed["platform"] == "linux")
      #expect(changed["playbook"] == ["playbook_id": .string(id), "title": playbook["title"] ?? .null])
      let cleared = try await probe.write(.PATCH, path, #"{"playbook_id": null, "name": null, "enabled": null}"#).json()
      #expect(cleared["playbook"] == .some(.null) && cleared["name"] == "Nightly" && cleared["enabled"] == false)
    }
  }

  @Test("a time is kept in UTC, must be in the future, and stays where an unrelated change leaves it out")
  func scheduledTime() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let body = #"{"name": "Once", "prompt": "Go.", "schedule_type": "one_time", "scheduled_at": "2026-11-01T15:00:00+02:00"}"#
      let made = try await probe.write(.POST, "schedules", body).json()
      #expect(made["scheduled_at"] == "2026-11-01T13:00:00Z" && made["frequency"] == .some(.null))
      let path = "schedules/\(made["scheduled_session_id"]?.string ?? "")"
      sandbox.advance(seconds: 7_200)
      #expect(try await probe.write(.PATCH, path, #"{"name": "Was once"}"#).status == 200)
      let again = try await probe.write(.PATCH, path, #"{"name": "x", "scheduled_at": "2026-11-01T13:00:00Z"}"#)
      #expect(again.status == 422 && again.text.contains("scheduled_at"))
    }
  }

  @Test("the value of a secret is kept nowhere, and a secret that is gone gives 403")
  func secret() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let made = try await probe.write(.POST, "secrets", Example.secret)
      #expect(!made.text.contains("hunter2"))
      let row = try made.json()
      #expect(row["secret_type"] == "key-value" && row["is_sensitive"] == true && row["updated_at"] == .some(.null))
      #expect(try await probe.get("secrets?first=200").items().contains(row))
      #expect(!sandbox.objects(.secrets).joined().contains("hunter2"))
      #expect(try await !probe.control(.GET, "requests").text.contains("hunter2"))
      let path = "secrets/\(row["secret_id"]?.string ?? "")"
      #expect(try await probe.write(.DELETE, path).json() == row)
      #expect(try await probe.write(.DELETE, path).status == 403)
    }
  }

  @Test("what belongs to the enterprise is changed under its path, and what belongs to an organization under that one's")
  func owners() async throws {
    try await Sandbox.run(.enterprise) { sandbox in
      let probe = Probe(sandbox)
      let other = "/v3/organizations/\(sandbox.scenario.moreOrganizations[0])"
      let shared = try await probe.write(.POST, "/v3/enterprise/playbooks", Example.playbook).json()
      #expect(shared["access_type"] == "enterprise" && shared["org_id"] == .some(.null))
      let id = try #require(shared["playbook_id"]?.string)
      #expect(try await probe.send(.GET, "\(other)/playbooks/\(id)").json() == shared)
      #expect(try await probe.write(.DELETE, "playbooks/\(id)").status == 403)
      let own = try await probe.write(.POST, "\(other)/playbooks", Example.playbook).json()
      #expect(own["org_id"]?.string == sandbox.scenario.moreOrganizations[0])
      let ownID = try #require(own["playbook_id"]?.string)
      #expect(try await probe.get("playbooks/\(ownID)").status == 404)
      #expect(try await probe.write(.DELETE, "playbooks/\(ownID)").status == 404)
      #expect(try await probe.write(.PUT, "/v3/enterprise/playbooks/\(ownID)", Example.playbook).status == 403)
      #expect(try await probe.write(.DELETE, "\(other)/playbooks/\(ownID)").status == 200)
    }
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      for root in ["/v3/enterprise", "/v3/organizations/org-other"] {
        let reply = try await probe.write(.POST, "\(root)/playbooks", Example.playbook)
        #expect(reply.status == 403)
      }
    }
  }

  @Test("an enterprise has at most 300 notes, and an organization more")
  func manyNotes() throws {
    var scenario = SandboxScenario.enterprise
    scenario.notes = 1_480
    var state = try SandboxState(scenario)
    func send(_ root: String) throws -> Int {
      let target = Target("/v3/\(root)/knowledge/notes")
      let key = "Bearer \(scenario.key)"
      return try state.respond(
        to:
          APIRequest(method: "POST", target: target, authorization: key, body: Array(Example.note.utf8))
      ).status
    }
    let shared = try state.enterprise.rows(.knowledgeNotes).count(where: \.isShared)
    for _ in shared..<300 { #expect(try send("enterprise") == 200) }
    #expect(try send("enterprise") == 400)
    #expect(try send("organizations/\(scenario.organizationID)") == 200)
  }

  // MARK: Refusals

  private static let refusals: [(HTTPMethod, String, String, Int, String)] = [
    (.POST, "playbooks", "", 422, "Field required"), (.POST, "playbooks", "{", 422, "JSON"),
    (.POST, "playbooks", "[]", 422, "dict"),
    (.POST, "playbooks", #"{"title": "t"}"#, 422, "body"), (.POST, "playbooks", #"{"title": 1, "body": "b"}"#, 422, "title"),
    (.POST, "playbooks", #"{"title": "t", "body": "b", "macro": "deploy"}"#, 422, "macro"),
    (.POST, "playbooks", #"{"title": "t", "body": "b", "macro": "!"}"#, 422, "macro"),
    (
      .POST, "playbooks", #"{"title": "t", "body": "b", "structured_output_schema": {"a": [{"$ref": "https://e.org/x"}]}}"#, 422,
      "structured_output_schema"
    ),
    (.POST, "knowledge/notes", #"{"name": "n", "body": "b"}"#, 422, "trigger"),
    (.POST, "secrets", #"{"type": "password", "key": "K", "value": "v"}"#, 422, "type"),
    (.POST, "schedules", #"{"name": "n", "prompt": "p"}"#, 422, "frequency"),
    (.POST, "schedules", #"{"name": "n", "prompt": "p", "frequency": "every day"}"#, 422, "frequency"),
    (.POST, "schedules", #"{"name": "n", "prompt": "p", "schedule_type": "one_time"}"#, 422, "scheduled_at"),
    (
      .POST, "schedules", #"{"name": "n", "prompt": "p", "schedule_type": "one_time", "scheduled_at": "2027-01-01T00:00:00"}"#,
      422,
      "scheduled_at"
    ),
    (.POST, "schedules", #"{"name": "n", "prompt": "p", "frequency": "0 3 * * *", "platform": "amiga"}"#, 400, "linux"),
    (.POST, "schedules", #"{"name": "n", "prompt": "p", "frequency": "0 3 * * *", "playbook_id": "x"}"#, 400, "playbook_id"),
    (
      .POST, "schedules", #"{"name": "n", "prompt": "p", "frequency": "0 3 * * *", "create_as_user_id": "u"}"#, 403, "Impersonate"
    ),
    (.POST, "sessions", #"{"prompt": "p", "devin_mode": "slow"}"#, 422, "devin_mode"),
    (.POST, "sessions", #"{"prompt": "p", "max_acu_limit": 0}"#, 422, "max_acu_limit"),
    (.POST, "sessions", #"{"prompt": "p", "playbook_id": "x"}"#, 400, "playbook_id"),
    (.POST, "sessions", #"{"prompt": "p", "attachment_urls": ["https://e.org/x"]}"#, 400, "attachment_urls"),
    (.POST, "attachments", "no form", 422, "file"),
  ]

  @Test("a request with a flaw changes nothing and is told the member", arguments: refusals.indices)
  func refusal(_ index: Int) async throws {
    let (method, path, body, status, word) = Self.refusals[index]
    for family in [SandboxScenario.ErrorFamily.problem, .legacy] {
      var scenario = SandboxScenario()
      scenario.errors = family
      try await Sandbox.run(scenario) { sandbox in
        let before = SandboxResource.allCases.map { sandbox.objects($0) }
        let reply = try await Probe(sandbox).write(method, path, body)
        #expect(reply.status == status && reply.text.contains(word), "\(reply.text)")
        let found = try #require(
          Endpoint.find(method.rawValue, Target("/v3/organizations/o/\(path)"), betaMoved: false)?.endpoint.described())
        #expect(try OpenAPI.shared.get().problems(try reply.json(), method.rawValue, template: found, status: status) == [])
        #expect(SandboxResource.allCases.map { sandbox.objects($0) } == before)
      }
    }
  }

  @Test("cron expressions have five fields of numbers, names, ranges, lists and steps")
  func cron() {
    for text in ["* * * * *", "*/5 0-6,12 1 jan-mar MON-fri", "0 3 * * 7", "59 23 31 12 0"] {
      #expect(CronText.isValid(text), "\(text)")
    }
    for text in ["", "* * * *", "* * * * * *", "60 * * * *", "*/0 * * * *", "a * * * *", "1- * * * *", "1,,2 * * * *", "@daily"] {
      #expect(!CronText.isValid(text), "\(text)")
    }
  }

  @Test("absence and null mean what the documents say of each member")
  func absence() {
    let given: JSONObject = ["title": "t", "macro": nil]
    #expect(Body.playbook.changes(.create, given) == ["title": "t", "macro": nil, "structured_output_schema": nil])
    #expect(Body.playbook.changes(.replace, given) == ["title": "t", "macro": nil, "structured_output_schema": nil])
    #expect(Body.playbook.changes(.replace, given, keepsUndecided: true) == ["title": "t", "macro": nil])
    #expect(Body.note.changes(.replace, ["name": "n"]) == ["name": "n", "pinned_repo": nil, "folder_id": nil])
    #expect(Body.note.changes(.replace, ["is_enabled": nil])["is_enabled"] == nil)
    #expect(Body.note.changes(.create, [:])["is_enabled"] == true)
    #expect(Body.schedule.of(.patch).changes(.patch, ["tags": nil, "agent": nil, "name": nil]) == ["tags": nil])
    let automation: JSONObject = [
      "run_as": nil, "tools": nil, "enabled": nil, "slack_reply_access": nil, "security_profile": nil,
    ]
    #expect(
      Body.automation.of(.patch).changes(.patch, automation) == [
        "run_as": ["type": "organization"], "tools": nil, "slack_reply_access": "slack_users", "security_profile": nil,
      ])
  }
}
