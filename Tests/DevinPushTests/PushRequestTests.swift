import DevinAPI
import DevinModel
import Synchronization
import TestSupport
import Testing

@testable import DevinPush

@Suite("What is sent")
struct PushRequestTests {
  private func content(_ kind: ContentKind, _ json: String) throws -> Content {
    Content(kind, row: try #require(JSONValue.object(of: json)))
  }

  @Test("a note and a playbook are sent whole, null where they are empty, and nothing that is not theirs")
  func whole() throws {
    let note = try content(
      .notes, #"{"note_id": "n", "name": "N", "body": "B", "trigger": "T", "macro": "!m", "org_id": "o", "folder_path": "/x"}"#)
    for body in [PushBody.replace(note), PushBody.create(note)] {
      #expect(body.canonical == #"{"body":"B","folder_id":null,"name":"N","pinned_repo":null,"trigger":"T"}"#)
    }
    let playbook = try content(.playbooks, #"{"playbook_id": "p", "title": "T", "body": "B", "created_by": "u"}"#)
    #expect(PushBody.replace(playbook).canonical == #"{"body":"B","macro":null,"structured_output_schema":null,"title":"T"}"#)
  }

  @Test("a schedule and an automation are sent as what differs")
  func changes() throws {
    let now = try content(
      .schedules,
      #"{"name": "N", "prompt": "P", "frequency": "0 9 * * *", "scheduled_at": "2020-01-01T00:00:00Z", "playbook": {"playbook_id": "pb"}}"#
    )
    let wish = Content(.schedules, now.members.merging(["prompt": .text("Q"), "playbook_id": .null]) { $1 })
    #expect(PushBody.change(wish, from: now).canonical == #"{"playbook_id":null,"prompt":"Q"}"#)

    let row =
      #"{"name": "N", "triggers": [], "actions": [], "limits": {"max_acu_limit": 5, "invocations": {"max_per_window": 1, "window_seconds": 60}}, "metadata": {"a": "1", "b": "2"}}"#
    let automation = try content(.automations, row)
    let less = Content(.automations, automation.members.merging(["limits": .object(["max_acu_limit": .integer(6)])]) { $1 })
    #expect(PushBody.change(less, from: automation).canonical == #"{"limits":{"invocations":null,"max_acu_limit":6}}"#)
    let none = Content(.automations, automation.members.merging(["limits": .null, "metadata": .null]) { $1 })
    #expect(PushBody.change(none, from: automation).canonical == #"{"limits":null,"metadata":null}"#)
    #expect(PushBody.objection(to: none, from: automation) == nil)
    let fewer = Content(.automations, automation.members.merging(["metadata": .object(["a": .text("1")])]) { $1 })
    #expect(PushBody.objection(to: fewer, from: automation) != nil)
  }

  @Test("a new automation is made switched off, and a new schedule without a word of it")
  func creation() throws {
    let automation = try content(
      .automations,
      #"{"name": "N", "enabled": true, "triggers": [{"event_type": "github:push"}], "actions": [{"type": "x"}], "limits": null}"#)
    let body = try #require(PushBody.create(automation).object)
    #expect(
      body["enabled"] == .bool(false) && body["run_as"] == .object(["type": .text("organization")]) && body["limits"] == nil)
    let schedule = try content(.schedules, #"{"name": "N", "prompt": "P", "enabled": false}"#)
    #expect(PushBody.create(schedule).object?["enabled"] == nil)
  }

  // MARK: - Sending

  /// Answers from a script, and counts what it was asked.
  private final class Script: WriteTransport {
    private let answers: [Result<APIResponse, WriteFailure>]
    private let sent = Mutex(0)

    init(_ answers: [Result<APIResponse, WriteFailure>]) { self.answers = answers }

    var count: Int { sent.withLock(\.self) }

    func send(_ request: WriteRequest) async throws(WriteFailure) -> APIResponse {
      let number = sent.withLock { count in
        defer { count += 1 }
        return count
      }
      return try answers[min(number, answers.count - 1)].get()
    }
  }

  private static func answer(_ status: Int, _ headers: [String: String] = [:]) -> Result<APIResponse, WriteFailure> {
    .success(.text("{}", status: status, headers: headers))
  }

  private static func failure(mayHaveArrived: Bool) -> Result<APIResponse, WriteFailure> {
    .failure(WriteFailure(APIError(.connection("lost"), endpoint: "POST /"), mayHaveArrived: mayHaveArrived))
  }

  @Test("a request is sent again after 429 alone, and what may have been carried out is not called refused")
  func sending() async {
    let cases: [(answers: [Result<APIResponse, WriteFailure>], word: String, sent: Int)] = [
      ([Self.answer(200)], "done", 1), ([Self.answer(201)], "done", 1), ([Self.answer(204)], "done", 1),
      ([Self.answer(429), Self.answer(429, ["retry-after": "7"]), Self.answer(200)], "done", 3),
      ([Self.answer(400)], "refused", 1), ([Self.answer(401)], "refused", 1), ([Self.answer(403)], "refused", 1),
      ([Self.answer(404)], "refused", 1), ([Self.answer(409)], "refused", 1), ([Self.answer(422)], "refused", 1),
      ([Self.answer(302, ["location": "https://example.com"])], "refused", 1),
      ([Self.answer(408), Self.answer(200)], "unknown", 1), ([Self.answer(500), Self.answer(200)], "unknown", 1),
      ([Self.answer(503), Self.answer(200)], "unknown", 1),
      ([Self.failure(mayHaveArrived: true), Self.answer(200)], "unknown", 1),
      ([Self.failure(mayHaveArrived: false), Self.answer(200)], "refused", 1),
      ([Self.answer(429), Self.answer(500), Self.answer(200)], "unknown", 2),
      ([Self.answer(429, ["retry-after": "301"])], "refused", 1),
    ]
    for method in [WriteRequest.Method.post, .put, .patch, .delete] {
      for (answers, word, sent) in cases {
        let script = Script(answers)
        let writer = DevinWriter(transport: script, time: ManualClock().time)
        let name =
          switch await writer.send(WriteRequest(method, "/v3/x")) {
          case .done: "done"
          case .refused: "refused"
          case .unknown: "unknown"
          }
        #expect(name == word && script.count == sent, "\(method) \(answers): \(name) \(script.count)")
      }
    }
  }

  @Test("a server that refuses with 429 for ever is left after five minutes")
  func patience() async {
    let clock = ManualClock()
    let script = Script([Self.answer(429)])
    let answer = await DevinWriter(transport: script, time: clock.time).send(WriteRequest(.post, "/"))
    #expect({ if case .refused = answer { true } else { false } }())
    #expect(clock.elapsed <= .seconds(300) && clock.elapsed > .seconds(250))
  }
}
