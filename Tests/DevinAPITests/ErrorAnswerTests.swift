import DevinAPI
import TestSupport
import Testing

@Suite("The server's text about a failure")
struct ErrorAnswerTests {
  private func failure(_ answer: APIResponse) async -> APIError? {
    await DevinClient(ScriptedTransport { (_, _) throws(APIError) in answer }).failure()
  }

  @Test(
    "every form of an error is converted into its text",
    arguments: [
      (#"{"detail": "Not allowed"}"#, "Not allowed"),
      (#"{"type": "about:blank", "title": "Forbidden", "status": 403, "detail": "Ask an admin"}"#, "Ask an admin"),
      (#"{"type": "about:blank", "title": "Forbidden", "status": 403, "detail": null}"#, "Forbidden"),
      (#"{"title": "Forbidden", "detail": "No", "error_code": "user_frozen"}"#, "No (user_frozen)"),
      (#"{"title": "Forbidden", "error_code": null}"#, "Forbidden"),
      (
        #"{"detail": [{"loc": ["query", "first"], "msg": "too large", "type": "v"}, {"loc": [], "msg": "bad", "type": "v"}]}"#,
        "too large; bad"
      ),
      (#"{"title": "Invalid", "detail": null, "errors": [{"loc": ["a"], "msg": "missing"}]}"#, "missing"),
      (#"{"title": "Invalid", "detail": [{"other": 1}]}"#, "Invalid"),
      (#"{"message": "boom"}"#, #"{"message": "boom"}"#), (#"{"detail": []}"#, #"{"detail": []}"#), ("{}", "{}"),
      (#"["boom"]"#, #"["boom"]"#), ("upstream\r\nfailed\n", "upstream failed"), ("{\"detail\": \"cut o", "{\"detail\": \"cut o"),
    ])
  func findsWords(_ body: String, _ words: String) async {
    let error = await failure(.text(body, status: 403, headers: ["x-request-id": "7c1e"]))
    #expect(error?.detail == words)
    #expect(error?.status == 403)
    #expect(error?.requestID == "7c1e")
    #expect(error?.endpoint == "GET /v3/list")
  }

  @Test("HTML and an empty answer have no text")
  func ignoresHTML() async {
    #expect(await failure(.text("<html><body>Forbidden</body></html>", status: 403))?.detail == nil)
    #expect(await failure(.text("Forbidden", status: 403, headers: ["content-type": "text/html"]))?.detail == nil)
    #expect(await failure(.text("", status: 403))?.detail == nil)
    #expect(await failure(.text("", status: 403))?.requestID == nil)
  }

  @Test("a long text is shortened", arguments: [true, false])
  func cutsWords(_ isJSON: Bool) async {
    let speech = String(repeating: "é", count: 100_000)
    let error = await failure(.text(isJSON ? #"{"detail": "\#(speech)"}"# : speech, status: 400))
    #expect((error?.detail?.count ?? 0) <= 300)
    #expect(error?.detail?.isEmpty == false)
  }

  @Test(
    "a status determines what to do next",
    arguments: [
      (401, .unauthorized), (403, .forbidden), (404, .notFound), (410, .notFound), (400, .rejected), (422, .rejected),
      (405, .rejected), (418, .rejected), (408, .busy(retryAfter: nil)), (409, .busy(retryAfter: nil)),
      (429, .rateLimited(retryAfter: nil)), (500, .server(retryAfter: nil)), (502, .server(retryAfter: nil)),
      (503, .server(retryAfter: nil)), (599, .server(retryAfter: nil)), (204, .unexpectedShape("status 204 instead of 200")),
      (206, .unexpectedShape("status 206 instead of 200")),
    ] as [(Int, APIError.Reason)])
  func sortsStatuses(_ status: Int, _ reason: APIError.Reason) async {
    let error = await failure(.text(#"{"items": []}"#, status: status))
    #expect(error?.reason == reason)
    #expect(error?.status == status)
  }

  @Test("a redirect is an error with the target's address, and is requested only once", arguments: [301, 302, 303, 307, 308])
  func reportsRedirects(_ status: Int) async {
    let headers = ["location": "https://login.example.com/sign-in?next=%2Fv3"]
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: status, headers: headers) }
    #expect(await DevinClient(script).failure()?.reason == .redirected(to: "login.example.com"))
    #expect(script.requests.count == 1)
  }
}
