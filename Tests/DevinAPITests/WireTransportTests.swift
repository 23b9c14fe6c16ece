import DevinAPI
import Foundation
import NIOCore
import TestSupport
import Testing

@Suite("The network", .timeLimit(.minutes(60)))
struct WireTransportTests {
  private static let page = #"{"items": [{"id": "a"}], "has_next_page": false}"#
  private static let zippedPage = Data(
    base64Encoded: """
      H4sIAAAAAAACA6tWyixJzS1WslKIrlbKTAHSSolKtbE6CkoZicXxeakVJfEFiempQPG0xJzi1FoAGWXB2DAAAAA=
      """)
  /// 20,000 spaces.
  private static let zippedSpaces = Data(
    base64Encoded: "H4sIAAAAAAACA+3BMQEAAADCoCrrn9IaHkABAAAAAAAAAAAAAAAAAAAAAAAA8GAoxAiFIE4AAA==")

  /// Sends one request to a server with this reply.
  private func send(
    _ reply: LoopbackServer.Reply, change: (inout WireTransport.Limits) -> Void = { _ in }
  ) async throws -> Result<APIResponse, APIError> {
    var limits = WireTransport.Limits()
    change(&limits)
    return try await LoopbackServer.withServer({ _ in reply }) { _, address in
      try await WireTransport.withTransport(to: address, connections: 2, limits: limits) { wire in
        do throws(APIError) {
          return .success(try await wire.send(APIRequest(target: "/v3/list?first=1", endpoint: "GET /v3/list")))
        } catch {
          return .failure(error)
        }
      }
    }
  }

  private func reason(_ result: Result<APIResponse, APIError>) -> APIError.Reason? {
    if case .failure(let error) = result { error.reason } else { nil }
  }

  @Test("a request is a GET with its headers, and an answer is its status, headers and body")
  func carriesAnswers() async throws {
    let reply = LoopbackServer.Reply.answer("418 Teapot", headers: ["X-Request-ID: 7c1e"], body: Array("hot".utf8))
    try await LoopbackServer.withServer({ _ in reply }) { server, address in
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        let request = APIRequest(target: "/v3/a%2Fb?after=%3D", endpoint: "GET /v3/a", headers: [("X-One", "1")])
        let answer = try await wire.send(request)
        #expect(answer.status == 418)
        #expect(answer.requestID == "7c1e")
        #expect(String(buffer: answer.body) == "hot")
      }
      let lines = try #require(server.requests.first).split(separator: "\r\n")
      #expect(lines.first == "GET /v3/a%2Fb?after=%3D HTTP/1.1")
      #expect(lines.contains { $0.lowercased() == "x-one: 1" })
      #expect(lines.contains { $0.lowercased() == "accept-encoding: gzip" })
    }
  }

  @Test("a compressed answer arrives decompressed")
  func unpacks() async throws {
    let body = Array(try #require(Self.zippedPage))
    let answer = try await send(.answer(headers: ["Content-Encoding: gzip"], body: body)).get()
    #expect(String(buffer: answer.body) == Self.page)
  }

  @Test("a body over the limit is refused, announced, unannounced or compressed")
  func limitsBodies() async throws {
    let small = { (limits: inout WireTransport.Limits) in limits.bodyBytes = 10_000 }
    let spaces = [UInt8](repeating: 0x20, count: 20_000)
    let open = LoopbackServer.Reply.bytesAndEnd(LoopbackServer.Reply.head(headers: ["Connection: close"]) + spaces)
    let zipped = Array(try #require(Self.zippedSpaces))
    for reply in [.answer(body: spaces), open, .answer(headers: ["Content-Encoding: gzip"], body: zipped)] {
      #expect(reason(try await send(reply, change: small)) == .tooLarge(limit: 10_000))
    }
    #expect(try await send(.answer(body: Array(spaces.prefix(10_000))), change: small).get().body.readableBytes == 10_000)
  }

  @Test("a connection that ends in the middle of an answer got no response")
  func noticesBrokenAnswers() async throws {
    let whole = LoopbackServer.Reply.head(headers: ["Content-Length: \(Self.page.utf8.count)"]) + Array(Self.page.utf8)
    let chunked = LoopbackServer.Reply.head(headers: ["Transfer-Encoding: chunked"]) + Array("30\r\n\(Self.page)\r\n".utf8)
    let zipped = Array(try #require(Self.zippedPage).dropLast(12))
    let replies: [LoopbackServer.Reply] = [
      .bytesAndEnd([]), .bytesAndEnd(Array(whole.prefix(20))), .bytesAndEnd(Array(whole.dropLast())), .bytesAndEnd(chunked),
      .bytesAndEnd(LoopbackServer.Reply.head(headers: ["Content-Encoding: gzip", "Content-Length: 70"]) + zipped),
      .bytesAndEnd(Array("no HTTP at all\r\n\r\n".utf8)),
    ]
    for (number, reply) in replies.enumerated() {
      guard case .connection = reason(try await send(reply)) else {
        Issue.record("reply \(number) was taken for an answer")
        continue
      }
    }
  }

  @Test("a truncated compressed answer is never a page")
  func noticesBrokenCompression() async throws {
    let zipped = Array(try #require(Self.zippedPage))
    for length in [0, 5, 10, 20, zipped.count - 9, zipped.count - 1] {
      let result = try await send(.answer(headers: ["Content-Encoding: gzip"], body: Array(zipped.prefix(length))))
      if case .success(let answer) = result {
        #expect(String(buffer: answer.body) != Self.page || length > zipped.count - 9, "\(length) bytes")
      }
    }
  }

  @Test("the client waits no longer than one attempt for an answer that arrives byte by byte and never ends")
  func limitsTimeOfBodies() async throws {
    let quick = { (limits: inout WireTransport.Limits) in limits.attempt = .milliseconds(200) }
    let start = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)
    let reason = reason(try await send(.flood(start, Array("1\r\n \r\n".utf8), limit: .max), change: quick))
    #expect(reason == .connection("no complete response within \(Duration.milliseconds(200))"))
  }

  @Test("the client waits no longer than one attempt for a server that sends nothing")
  func limitsTime() async throws {
    let quick = { (limits: inout WireTransport.Limits) in limits.attempt = .milliseconds(100) }
    let half = LoopbackServer.Reply.bytes(LoopbackServer.Reply.head(headers: ["Content-Length: 10"]) + [0x20])
    for reply in [.silence, half] {
      guard case .connection(let words) = reason(try await send(reply, change: quick)) else {
        Issue.record("an answer came out of nothing")
        continue
      }
      #expect(words == "no complete response within 0.1 seconds")
    }
  }

  @Test(
    "a redirect is not followed, and the key is not sent elsewhere",
    arguments: ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
  func followsNoRedirect(_ status: String) async throws {
    try await LoopbackServer.withServer({ _ in .answer(body: Array(Self.page.utf8)) }) { other, elsewhere in
      try await LoopbackServer.withServer({ _ in .answer(status, headers: ["Location: \(elsewhere)/v3/list"], body: []) }) {
        server, address in
        let credential = try Credential("cog_0123456789abcdef")
        try await DevinClient.withClient(address: address, credential: credential, concurrency: 2, userAgent: "test") { client in
          #expect(await client.failure()?.reason == .redirected(to: "127.0.0.1"))
        }
        #expect(server.requests.count == 1)
        #expect(server.requests.first?.contains("cog_0123456789abcdef") == true)
      }
      #expect(other.requests.isEmpty)
    }
  }

  @Test("a cancelled request ends at once")
  func endsWhenCancelled() async throws {
    try await LoopbackServer.withServer({ _ in .silence }) { server, address in
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        let task = Task { try await wire.send(APIRequest(target: "/", endpoint: "GET /")) }
        while server.requests.isEmpty { await Task.yield() }
        task.cancel()
        await #expect { try await task.value } throws: { ($0 as? APIError)?.reason == .cancelled }
      }
    }
  }

  @Test("a connection that was closed silently after an answer is replaced at once, for this request only")
  func replacesClosedConnections() async throws {
    let good = LoopbackServer.Reply.answer(body: Array(Self.page.utf8))
    try await LoopbackServer.withServer({ $0 == 1 || $0 == 3 ? .end : good }) { server, address in
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        for _ in 1...3 {
          let answer = try await wire.send(APIRequest(target: "/v3/list", endpoint: "GET /v3/list"))
          #expect(answer.status == 200)
        }
      }
      let closing = server.requests.map { $0.lowercased().contains("connection: close") }
      #expect(closing == [false, false, true, false, true])
    }
  }

  @Test("a server that never answers gets one request; one that answered before gets another", arguments: [0, 1])
  func countsClosedConnections(_ answers: Int) async throws {
    let good = LoopbackServer.Reply.answer(body: Array(Self.page.utf8))
    try await LoopbackServer.withServer({ $0 < answers ? good : .end }) { server, address in
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        for number in 0...answers {
          let result: APIError? = await {
            do throws(APIError) {
              _ = try await wire.send(APIRequest(target: "/", endpoint: "GET /"))
              return nil
            } catch { return error }
          }()
          #expect((result == nil) == (number < answers))
        }
      }
      #expect(server.requests.count == (answers == 0 ? 1 : 3))
    }
  }

  @Test("no listener is a failed connection")
  func reportsRefusedConnections() async throws {
    let address = try await LoopbackServer.withServer({ _ in .silence }) { _, address in address }
    let error: APIError? = try await WireTransport.withTransport(to: address, connections: 1) { wire in
      do throws(APIError) {
        _ = try await wire.send(APIRequest(target: "/", endpoint: "GET /"))
        return nil
      } catch {
        return error
      }
    }
    guard case .connection = error?.reason else {
      Issue.record("somebody answered")
      return
    }
  }
}
