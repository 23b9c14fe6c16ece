import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Faults")
struct SandboxFaultTests {
  /// Answers of one list with one fault, in order.
  private func replies(
    _ fault: Fault, _ paths: [String] = ["playbooks"], times: Int? = 1, skip: Int = 0,
    _ look: (Sandbox, [Probe.Reply]) throws -> Void
  ) async throws {
    try await Sandbox.run { sandbox in
      // Through the control plane, so that each kind is also decoded from JSON.
      let rule = FaultRule(fault, path: "", skip: skip, times: times)
      let json = String(decoding: try ControlJSON.encode([rule]), as: UTF8.self)
      #expect(try await Probe(sandbox).control(.POST, "faults", json).status == 200)
      #expect(sandbox.faults == [rule])
      var replies: [Probe.Reply] = []
      for path in paths { replies.append(try await Probe(sandbox).get(path)) }
      try look(sandbox, replies)
    }
  }

  /// The page with a fault, and the page without it.
  private func pages(
    _ fault: Fault, _ path: String = "playbooks",
    _ look: (JSONValue, JSONValue, Probe.Reply) throws -> Void
  ) async throws {
    try await replies(fault, [path, path]) { _, replies in
      #expect(replies.map(\.status) == [200, 200])
      try look((try? replies[0].json()) ?? nil, try replies[1].json(), replies[0])
    }
  }

  @Test("a status comes with its Retry-After, in each kind of body")
  func status() async throws {
    let bodies: [(Fault.ErrorBody, String, String)] = [
      (.problem, "application/problem+json", "\"detail\":\"Too Many Requests\""),
      (.legacy, "application/json", "{\"detail\":\"Too Many Requests\"}"),
      (.validation, "application/json", "{\"detail\":[{\"loc\""),
      (.html, "text/html; charset=utf-8", "<html>"),
      (.plain, "text/plain; charset=utf-8", "Too Many Requests\n"),
      (.empty, "application/json", ""),
    ]
    for (body, type, part) in bodies {
      try await replies(.status(429, retryAfter: "Sun, 01 Nov 2026 12:00:07 GMT", body: body)) {
        sandbox, replies in
        #expect(replies[0].status == 429)
        #expect(replies[0].headers.first(name: "retry-after") == "Sun, 01 Nov 2026 12:00:07 GMT")
        #expect(replies[0].headers.first(name: "content-type") == type)
        #expect(replies[0].headers.first(name: "date") == "Sun, 01 Nov 2026 12:00:00 GMT")
        #expect(part.isEmpty ? replies[0].body.isEmpty : replies[0].text.contains(part))
        #expect(sandbox.requests.map(\.status) == [429])
      }
    }
    try await replies(.status(500, echoKey: true)) { sandbox, replies in
      #expect(replies[0].text.contains(sandbox.scenario.key))
      #expect(replies[0].headers.first(name: "retry-after") == nil)
    }
  }

  @Test("rules skip, count, and check path and query; the first that matches is used")
  func rules() async throws {
    try await Sandbox.run { sandbox in
      sandbox.faults = [
        FaultRule(.status(500), path: "/sessions", query: "after=", times: nil),
        FaultRule(.status(502), path: "/sessions", skip: 1, times: 2),
        FaultRule(.status(503), path: "/messages"),
      ]
      let probe = Probe(sandbox)
      var seen: [Int] = []
      for path in [
        "sessions", "sessions?after=x", "sessions?first=1", "sessions", "sessions",
        "sessions?after=x", "secrets",
      ] {
        seen.append(try await probe.get(path).status)
      }
      #expect(seen == [200, 500, 502, 502, 200, 500, 200])
      let id = try sandbox.ids(.sessions)[0]
      #expect(try await probe.get("sessions/\(id)/messages").status == 503)
      #expect(sandbox.faults.map(\.times) == [nil, 0, 0])
      _ = try await probe.control(.DELETE, "faults")
      #expect(sandbox.faults == [])
      let partial = #"[{"path":"/secrets","times":null,"fault":{"kind":"status","status":500}}]"#
      _ = try await probe.control(.POST, "faults", partial)
      #expect(sandbox.faults == [FaultRule(.status(500), path: "/secrets", times: nil)])
      #expect(
        try await probe.control(.POST, "faults", #"[{"fault":{"kind":"what"}}]"#).status == 400)
    }
  }

  @Test("a custom answer is sent unchanged, except for placeholders of the key")
  func answer() async throws {
    let fault = Fault.answer(status: 418, headers: ["x-note": "got {key}"], body: "{\"detail\":\"{key} and {key}\"}")
    try await replies(fault) { sandbox, replies in
      let key = sandbox.scenario.key
      #expect(replies[0].status == 418 && replies[0].text == "{\"detail\":\"\(key) and \(key)\"}")
      #expect(replies[0].headers.first(name: "x-note") == "got \(key)")
    }
  }

  @Test("latency delays the normal answer")
  func latency() async throws {
    let clock = ContinuousClock()
    let begin = clock.now
    try await replies(.latency(milliseconds: 80)) { _, replies in
      #expect(replies[0].status == 200)
      #expect(clock.now - begin >= .milliseconds(80))
    }
    try await Sandbox.run { sandbox in
      _ = try await Probe(sandbox).control(.POST, "latency?milliseconds=60")
      #expect(sandbox.latency == .milliseconds(60))
      let begin = clock.now
      _ = try await Probe(sandbox).get("secrets")
      #expect(clock.now - begin >= .milliseconds(60))
    }
  }

  @Test("a rate limit refuses requests that come too fast, until it is removed")
  func rateLimit() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      _ = try await probe.control(.POST, "rate?per_second=0&burst=2&retry_after=1")
      for status in [200, 200, 429] {
        let reply = try await probe.get("secrets")
        #expect(reply.status == status)
        #expect(reply.headers.first(name: "Retry-After") == (status == 429 ? "1" : nil))
      }
      _ = try await probe.control(.DELETE, "rate")
      #expect(try await probe.get("secrets").status == 200)
    }
  }

  @Test("a hanging request gets no answer, and does not prevent the sandbox from stopping")
  func hang() async throws {
    let request = try await Sandbox.run { sandbox in
      sandbox.faults = [FaultRule(.hang)]
      let probe = Probe(sandbox)
      let request = Task { try await probe.get("secrets") }
      await sandbox.waitForRequests(1)
      #expect(sandbox.requests.map(\.status) == [0])
      return request
    }
    await #expect(throws: Probe.NoAnswer.self) { try await request.value }
  }

  @Test("an action runs once when the N-th request arrives, before it is answered")
  func acts() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.atRequest(2) { sandbox.isKeyRevoked = true }
      let statuses = [try await probe.get("secrets").status, try await probe.get("secrets").status]
      #expect(statuses == [200, 401])
      sandbox.isKeyRevoked = false
      sandbox.atRequest(1) { sandbox.isKeyRevoked = true }
      sandbox.forgetPlans()
      let last = try await probe.get("secrets").status
      #expect(last == 200)
    }
  }

  @Test("a reset closes the connection without an answer")
  func reset() async throws {
    try await Sandbox.run { sandbox in
      sandbox.faults = [FaultRule(.reset)]
      await #expect(throws: Probe.NoAnswer.self) { try await Probe(sandbox).get("secrets") }
      let reply = try await Probe(sandbox).get("secrets")
      #expect(reply.status == 200)
      #expect(sandbox.requests.map(\.status) == [0, 200])
    }
  }

  @Test("a truncated body is shorter than its Content-Length")
  func truncatedConnection() async throws {
    try await replies(.truncateConnection, ["sessions", "sessions"]) { _, replies in
      #expect(!replies[0].isComplete && replies[1].isComplete)
      let length = try #require(replies[0].headers.first(name: "content-length").flatMap(Int.init))
      #expect(length == replies[1].body.count)
      #expect(replies[0].body.count < length && replies[1].body.starts(with: replies[0].body))
    }
  }

  @Test("truncated JSON is a complete answer that no parser accepts")
  func truncatedJSON() async throws {
    try await replies(.truncateJSON) { _, replies in
      #expect(replies[0].isComplete && replies[0].status == 200)
      #expect(throws: (any Error).self) { try replies[0].json() }
    }
  }

  @Test("an HTML page comes with 200, a redirect with its location")
  func elsewhere() async throws {
    try await replies(.html) { _, replies in
      #expect(replies[0].status == 200)
      #expect(replies[0].headers.first(name: "content-type") == "text/html; charset=utf-8")
    }
    try await replies(.redirect(location: "https://login.example.com/")) { _, replies in
      #expect(replies[0].status == 307)
      #expect(replies[0].headers.first(name: "location") == "https://login.example.com/")
    }
  }

  @Test("cursors are rejected, repeated, empty")
  func cursors() async throws {
    try await replies(.invalidCursor) { _, replies in #expect(replies[0].status == 400) }
    for (isNull, expected) in [(true, JSONValue.null), (false, "")] {
      try await pages(.emptyCursor(isNull: isNull)) { page, _, _ in
        #expect(page["has_next_page"] == true && page["end_cursor"] == expected)
      }
    }
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.faults = [FaultRule(.repeatCursor, times: nil)]
      let first = try await probe.get("playbooks?first=3").json()
      let cursor = try #require(first["end_cursor"]?.string)
      let second = try await probe.get("playbooks?first=3&after=\(cursor.percentEncoded)").json()
      #expect(second["end_cursor"]?.string == cursor && second["has_next_page"] == true)
      #expect(second["items"] != first["items"])
    }
  }

  @Test("an endless list repeats the same items with new cursors")
  func endless() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.faults = [FaultRule(.endlessCursor, times: nil)]
      var cursors: Set<String> = []
      var items: Set<JSONValue?> = []
      var after = ""
      for _ in 0..<5 {
        let page = try await probe.get("playbooks?first=3\(after)").json()
        let cursor = try #require(page["end_cursor"]?.string)
        cursors.insert(cursor)
        items.insert(page["items"])
        after = "&after=" + cursor.percentEncoded
      }
      #expect(cursors.count == 5 && items.count == 1)
    }
  }

  @Test("empty pages with new cursors precede the rest of the list")
  func emptyPages() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.faults = [FaultRule(.emptyPages(count: 3), skip: 1)]
      let rows = try await probe.walk("playbooks", first: 3)
      #expect(rows == (try sandbox.parsedObjects(.playbooks)))
      #expect(sandbox.requests.count == 3 + 3)
    }
  }

  @Test("items are missing, or not a list")
  func noItems() async throws {
    try await pages(.missingItems) { page, whole, _ in
      #expect(page["items"] == nil && page["total"] == whole["total"])
    }
    try await pages(.itemsNotList(.number)) { page, _, _ in #expect(page["items"] == 7) }
    try await pages(.itemsNotList(.object)) { page, _, _ in #expect(page["items"]?["a"] == 1) }
    try await pages(.missingItems, "knowledge/folders") { page, _, _ in
      #expect(page["folders"] == nil && page["root_note_count"] != nil)
    }
  }

  @Test("filters are ignored, totals wrong, rows missing or duplicated")
  func lies() async throws {
    try await replies(.ignoreFilters, ["sessions?tags=none", "sessions?tags=none"]) { _, replies in
      let counts = try replies.map { try $0.items().count }
      #expect(counts == [60, 0])
    }
    try await pages(.wrongTotal(delta: 4)) { page, whole, _ in
      #expect(page["total"] == 12 && page["items"] == whole["items"])
    }
    try await pages(.emptyList) { page, _, _ in #expect(page["items"] == .array([])) }
    try await pages(.dropItem(position: 2)) { page, whole, _ in
      var expected = whole["items"]?.list ?? []
      expected.remove(at: 2)
      #expect(page["items"]?.list == expected && page["total"] == whole["total"])
    }
    try await pages(.duplicateRow) { page, whole, _ in
      #expect(page["items"]?.list?.count == (whole["items"]?.list?.count ?? 0) + 1)
      #expect(page["items"]?.list?.last == whole["items"]?.list?.first)
    }
  }

  @Test("a poisoned page has an additional item, which is not a row")
  func poison() async throws {
    let variants: [(Fault.Poison, (JSONValue) -> Bool)] = [
      (.text, { $0.string != nil }), (.number, { $0.number != nil }), (.null, { $0 == .null }),
      (.objectWithoutKey, { $0["title"] != nil && $0["playbook_id"] == nil }),
      (.keyNull, { $0["title"] != nil && $0["playbook_id"] == .some(.null) }),
    ]
    for (variant, isIt) in variants {
      try await pages(.poison(position: 1, variant)) { page, whole, _ in
        var items = page["items"]?.list ?? []
        #expect(isIt(items.remove(at: 1)), "\(variant)")
        #expect(items == whole["items"]?.list)
      }
    }
  }

  @Test("unusual bytes: not UTF-8, a lone surrogate, a duplicate member, a value of a secret, a huge text")
  func oddBytes() async throws {
    try await pages(.invalidUTF8) { _, _, reply in
      #expect(String(validating: reply.body, as: UTF8.self) == nil)
    }
    try await pages(.loneSurrogate) { _, _, reply in
      #expect(reply.text.contains("\"title\":\"\\ud800"))
    }
    try await pages(.duplicateMember) { _, _, reply in
      let first = reply.text.prefix { $0 != "}" }
      #expect(first.ranges(of: "\"title\":").count == 2)
    }
    try await pages(.secretValue, "secrets") { page, whole, _ in
      #expect(page["items"]?.list?.allSatisfy { $0["value"] != nil } == true)
      #expect(whole["items"]?.list?.contains { $0["value"] != nil } == false)
    }
    try await Sandbox.run { sandbox in
      let id = try #require(
        try sandbox.parsedObjects(.sessionMessages).first?["session_id"]?.string)
      sandbox.faults = [FaultRule(.hugeMessage(bytes: 3_000_000))]
      let reply = try await Probe(sandbox).get("sessions/\(id)/messages")
      let message = try reply.items().first?["message"]?.string
      #expect(message?.utf8.count ?? 0 >= 3_000_000)
    }
  }

  @Test("every kind can be encoded as JSON and decoded again")
  func coding() throws {
    let faults: [Fault] = [
      .status(503, retryAfter: "2", body: .html, echoKey: true), .latency(milliseconds: 5), .hang,
      .reset,
      .truncateConnection, .truncateJSON, .html, .redirect(location: "/x"), .invalidCursor,
      .repeatCursor,
      .emptyCursor(isNull: true), .emptyCursor(isNull: false), .endlessCursor,
      .emptyPages(count: 4), .missingItems,
      .itemsNotList(.object), .ignoreFilters, .wrongTotal(delta: -2),
      .poison(position: 3, .keyNull), .invalidUTF8,
      .loneSurrogate, .duplicateMember, .duplicateRow, .secretValue, .dropItem(position: 1), .emptyList,
      .hugeMessage(bytes: 9), .answer(status: 400, headers: ["a": "b"], body: "{key}"),
    ]
    for fault in faults {
      #expect(try JSONDecoder().decode(Fault.self, from: Data(JSONBytes.encode(fault))) == fault)
    }
  }
}
