import DevinAPI
import NIOCore
import TestSupport
import Testing

@Suite("The key in requests and answers")
struct AuthorizingTransportTests {
  private static let key = "cog_0123456789abcdef"

  private func send(_ answer: APIResponse, key: String = key) async throws -> (APIResponse, APIRequest) {
    let script = ScriptedTransport([answer])
    let transport = AuthorizingTransport(base: script, credential: try Credential(key), userAgent: "devin-sync/1")
    let response = try await transport.send(APIRequest(target: "/v3/self?first=1", endpoint: "GET /v3/self"))
    return (response, try #require(script.requests.first))
  }

  @Test("the key is in one header and nowhere else")
  func isSentInHeader() async throws {
    let (_, request) = try await send(.text("{}"))
    #expect(request.headers.filter { $0.value.contains(Self.key) }.map(\.name) == ["Authorization"])
    #expect(request.headers.first { $0.name == "Authorization" }?.value == "Bearer \(Self.key)")
    #expect(request.headers.first { $0.name == "User-Agent" }?.value == "devin-sync/1")
    #expect(request.target == "/v3/self?first=1")
    #expect(request.endpoint == "GET /v3/self")
  }

  @Test(
    "an echo of the key is removed from the answer",
    arguments: [
      ("{\"detail\": \"bad key KEY\"}", "{\"detail\": \"bad key cog_…\"}"), ("KEY", "cog_…"), ("KEYKEYKEY", "cog_…cog_…cog_…"),
      ("a KEY b KEY c", "a cog_… b cog_… c"), ("at the end KEY", "at the end cog_…"), ("cog_cog_KEY", "cog_cog_cog_…"),
      ("{\"detail\": \"bad key \\u0063og_0123456789abcdef!\"}", "{\"detail\": \"bad key cog_…!\"}"),
      ("cog\\u005F0123456789abcde\\u0066", "cog_…"), ("\\u0063\\u006f\\u0067\\u005f0123456789abcdef KEY", "cog_… cog_…"),
      ("\\n\\u0063\\u0063og_0123456789abcdef\\", "\\n\\u0063cog_…\\"),
      ("\\u0043og_0123456789abcdef", "\\u0043og_0123456789abcdef"), ("cog_0123456789abcde\\u006", "cog_0123456789abcde\\u006"),
      ("\"\\\\u0063og_0123456789abcdef\"", "\"cog_…\""), ("\"\\\\\\u0063og_0123456789abcdef\"", "\"\\\\cog_…\""),
      ("\\", "\\"), ("\\u", "\\u"), ("cog_0123456789abcdeX", "cog_0123456789abcdeX"),
      ("cog_0123456789abcde", "cog_0123456789abcde"), ("", ""),
    ])
  func hidesEchoes(_ body: String, _ clean: String) async throws {
    let (response, _) = try await send(.text(body.replacing("KEY", with: Self.key)))
    #expect(String(buffer: response.body) == clean)
  }

  @Test("an echo in a header is removed as well")
  func hidesHeaders() async throws {
    let headers = ["x-echo": "Bearer \(Self.key), \(Self.key)", "location": "https://other.example/?key=\(Self.key)"]
    let (response, _) = try await send(.text("", status: 302, headers: headers))
    #expect(response.headers == ["x-echo": "Bearer cog_…, cog_…", "location": "https://other.example/?key=cog_…"])
  }

  @Test("a key that is part of its own replacement is replaced once", .timeLimit(.minutes(60)), arguments: ["cog_", "c", "_"])
  func endsWithShortKeys(_ key: String) async throws {
    let (response, _) = try await send(.text("x \(key) y \(key)"), key: key)
    #expect(String(buffer: response.body) == "x cog_… y cog_…")
  }

  @Test("an error contains the server's text, without the key")
  func hidesInErrors() async throws {
    let script = ScriptedTransport([.text("{\"detail\": \"key \(Self.key) is frozen\"}", status: 403)])
    let transport = AuthorizingTransport(base: script, credential: try Credential(Self.key), userAgent: "devin-sync/1")
    let error = await DevinClient(transport).failure()
    #expect(error?.detail == "key cog_… is frozen")
    #expect(error.map { !"\($0)".contains(Self.key) } == true)
  }
}
