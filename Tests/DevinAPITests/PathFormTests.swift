import DevinAPI
import DevinModel
import TestSupport
import Testing

@Suite("Forms of a path")
struct PathFormTests {
  private static func messages(of session: String) -> Endpoint {
    Endpoint("/v3/organizations/{org_id}/sessions/{devin_id}/messages", ["org_id": "o", "devin_id": session])
  }

  private static func insights(of session: String) -> Endpoint {
    Endpoint("/v3/organizations/{org_id}/sessions/{devin_id}/insights", ["org_id": "o", "devin_id": session])
  }

  /// A deployment that expects session ids without the prefix.
  private static func bareOnly() -> ScriptedTransport {
    ScriptedTransport { (request, _) throws(APIError) in
      request.target.contains("/devin-") ? .text("{}", status: 404) : .page([])
    }
  }

  @Test("a session is requested as documented, and with the bare id only after the first 404")
  func remembersAlternative() async throws {
    let script = Self.bareOnly()
    let client = DevinClient(script)
    for id in ["a", "b"] { _ = try await client.list(Self.messages(of: id)) }
    _ = try await client.list(Self.insights(of: "a"))
    let paths = script.targets.map { $0.split(separator: "?")[0].dropFirst("/v3/organizations/o/sessions/".count) }
    #expect(paths == ["devin-a/messages", "a/messages", "b/messages", "a/insights"])
  }

  @Test("once the documented form has worked, a 404 means that the object was deleted")
  func remembersDocumented() async throws {
    let script = ScriptedTransport { (_, number) throws(APIError) in number == 0 ? .page([]) : .text("{}", status: 404) }
    let client = DevinClient(script)
    _ = try await client.list(Self.messages(of: "a"))
    #expect(await client.failure(Self.messages(of: "b"))?.reason == .notFound)
    #expect(script.requests.count == 2)
  }

  @Test("if both forms return 404, the result is 404, and nothing is remembered")
  func remembersNothing() async throws {
    let script = ScriptedTransport { (_, number) throws(APIError) in number < 2 ? .text("{}", status: 404) : .page([]) }
    let client = DevinClient(script)
    #expect(await client.failure(Self.messages(of: "a"))?.reason == .notFound)
    _ = try await client.list(Self.messages(of: "b"))
    #expect(script.targets.last?.contains("devin-b") == true)
  }

  @Test("the form for consumption is learned separately from that for sessions")
  func consumptionHasItsOwnForm() async throws {
    let script = ScriptedTransport { (request, _) throws(APIError) in
      request.target.contains("consumption/daily/sessions/devin-") ? .text("{}", status: 404) : .page([])
    }
    let client = DevinClient(script)
    _ = try await client.list(Self.messages(of: "a"))
    for id in ["a", "b"] {
      _ = try await client.list(
        Endpoint("/v3/organizations/{org_id}/consumption/daily/sessions/{session_id}", ["org_id": "o", "session_id": id]))
    }
    let paths = script.targets.map { $0.split(separator: "?")[0].dropFirst("/v3/organizations/o/".count) }
    #expect(
      paths == [
        "sessions/devin-a/messages", "consumption/daily/sessions/devin-a", "consumption/daily/sessions/a",
        "consumption/daily/sessions/b",
      ])
  }

  @Test("a path with a single form is requested once")
  func singleForm() async throws {
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("{}", status: 404) }
    #expect(await DevinClient(script).failure(Endpoint("/opbeta/outposts"))?.reason == .notFound)
    #expect(script.requests.count == 1)
  }

  @Test("a beta path that was removed is found under v3, and other paths keep their own form")
  func changesVersion() async throws {
    let script = ScriptedTransport { (request, _) throws(APIError) in
      request.target.hasPrefix("/v3beta1/") ? .text("{}", status: 404) : .page([])
    }
    let client = DevinClient(script)
    for _ in 1...2 { _ = try await client.list(Endpoint("/v3beta1/repositories")) }
    _ = try await client.list(Endpoint("/v3/playbooks"))
    #expect(
      script.targets.map { $0.split(separator: "?")[0] } == [
        "/v3beta1/repositories", "/v3/repositories", "/v3/repositories", "/v3/playbooks",
      ])
  }

  @Test("an object does not count as deleted because the other form was busy", arguments: [429, 503])
  func doubtsBusyAlternative(_ status: Int) async throws {
    let script = ScriptedTransport { (request, number) throws(APIError) in
      if request.target.contains("/devin-") { return .text("{}", status: 404) }
      return number < 3 ? .text("{}", status: status) : .text(#"{"session_id": "a"}"#)
    }
    let session = Endpoint("/v3/organizations/{org_id}/sessions/{devin_id}", ["org_id": "o", "devin_id": "a"])
    #expect(try await DevinClient(script).object(session)?.body == #"{"session_id": "a"}"#)
  }
}
