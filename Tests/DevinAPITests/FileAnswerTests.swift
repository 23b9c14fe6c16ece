import DevinModel
import Foundation
import NIOSSL
import Synchronization
import TestSupport
import Testing

@testable import DevinAPI

@Suite("Contents of attachments", .timeLimit(.minutes(60)))
struct FileAnswerTests {
  private static let key = "cog_0123456789abcdef0123456789abcdef"
  private static let endpoint = Endpoint(FileContents.path, ["org_id": "org-1", "uuid": "a/../b", "name": "../x y?.png"])
  private static let path = "/v3/organizations/org-1/attachments/a%2F..%2Fb/..%2Fx%20y%3F.png"

  /// Stores what it receives, up to a limit.
  private final class Memory: BodySink {
    private let state = Mutex((bytes: [UInt8](), begun: 0))
    let limit: Int

    init(limit: Int = .max) { self.limit = limit }

    var bytes: [UInt8] { state.withLock(\.bytes) }
    /// How many times a body began.
    var begun: Int { state.withLock(\.begun) }

    func begin(length: Int?) -> Bool {
      state.withLock { $0 = ([], $0.begun + 1) }
      return length ?? 0 <= limit
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
      state.withLock { state in
        state.bytes += bytes
        return state.bytes.count <= limit
      }
    }
  }

  private struct World: Sendable {
    let client: DevinClient
    let api, storage: LoopbackServer

    func file(into sink: Memory) async throws -> DownloadResult { try await client.file(endpoint, into: sink) }
  }

  /// Both servers use TLS, with certificates of the same authority.
  /// - Parameters:
  ///   - location: of the content, given the address of its server; nil: there is none.
  ///   - closing: how long a connection may stay open after a content.
  private func serve(
    status: String = "302 Found", at location: @escaping @Sendable (String) -> String? = { $0 + "/blob?signature=s3cret" },
    closing: Duration = .milliseconds(1), _ content: @escaping @Sendable (Int) -> LoopbackServer.Reply,
    _ body: (World) async throws -> Void
  ) async throws {
    try await TestAuthority.withAuthority { authority in
      let context = try authority.context(for: .good)
      let route = NetworkRoute(authorities: try Authorities(file: authority.file))
      var limits = WireTransport.Limits()
      limits.closing = closing
      // A busy machine may need longer than the client waits by default.
      limits.connect = .seconds(600)
      try await LoopbackServer.withServer(tls: context, content) { storage, place in
        let headers = location(place.description).map { ["Location: \($0)"] } ?? []
        try await LoopbackServer.withServer(tls: context, { _ in .answer(status, headers: headers, body: []) }) { api, address in
          try await DevinClient.withClient(
            address: address, route: route, credential: try Credential(Self.key), concurrency: 2, limits: limits,
            time: ManualClock().time, userAgent: "test"
          ) { client in
            try await body(World(client: client, api: api, storage: storage))
          }
        }
      }
    }
  }

  @Test(
    "one redirect is followed, without the key, and the complete content arrives", arguments: ["301", "302", "303", "307", "308"])
  func received(_ status: String) async throws {
    let content = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
    try await serve(status: "\(status) There", { _ in .answer(headers: ["Content-Type: image/png"], body: content) }) { world in
      let sink = Memory()
      let answer = try await world.file(into: sink)
      #expect(answer == .received(type: "image/png"))
      #expect(sink.bytes == content)
      #expect(world.api.requests.count == 1 && world.api.requests[0].hasPrefix("GET \(Self.path) HTTP/1.1\r\n"))
      #expect(world.api.requests[0].contains("Bearer \(Self.key)"))
      #expect(world.storage.requests.count == 1 && world.storage.requests[0].hasPrefix("GET /blob?signature=s3cret HTTP/1.1\r\n"))
      #expect(!world.storage.requests[0].contains(Self.key) && !world.storage.requests[0].lowercased().contains("authorization"))
    }
  }

  @Test(
    "no other redirect is followed",
    arguments: [
      ("http://localhost:1/blob", "only HTTPS is followed"), ("/blob", "no absolute HTTPS address"),
      ("//localhost/blob", "no absolute"),
      ("ftp://localhost/blob", "only HTTPS"), ("file:///etc/passwd", "no absolute HTTPS address"),
      ("https://u:p@localhost/blob", "a user for"),
      ("https:///blob", "no absolute HTTPS address"), ("javascript:alert(1)", "no absolute HTTPS address"),
      ("", "no absolute HTTPS address"),
      ("https://localhost/?key=\(key)", "no absolute HTTPS address"),
    ])
  func notFollowed(_ location: String, _ words: String) async throws {
    try await serve(at: { _ in location }, { _ in .answer(body: [1]) }) { world in
      let sink = Memory()
      let answer = try await world.file(into: sink)
      guard case .refused(let why) = answer else {
        Issue.record("\(answer)")
        return
      }
      #expect((location.contains(Self.key) || why.contains(words)) && !why.contains(Self.key), "\(why)")
      #expect(world.storage.requests.isEmpty && sink.begun == 0 && world.api.requests.count == 1)
    }
  }

  @Test("a second redirect is not followed, and neither is a redirect without a location")
  func second() async throws {
    try await serve({ _ in .answer("302 Found", headers: ["Location: https://localhost:1/again"], body: []) }) { world in
      let answer = try await world.file(into: Memory())
      guard case .refused(let why) = answer else {
        Issue.record("\(answer)")
        return
      }
      #expect(why.contains("a second redirect (to localhost)") && !why.contains("s3cret") && world.storage.requests.count == 1)
    }
    try await serve(at: { _ in nil }, { _ in .silence }) { world in
      let answer = try await world.file(into: Memory())
      guard case .refused(let why) = answer else {
        Issue.record("\(answer)")
        return
      }
      #expect(why.contains("names no place"))
    }
  }

  private static func head(_ headers: String...) -> [UInt8] { LoopbackServer.Reply.head(headers: headers) }

  @Test(
    "a content that is longer than announced is refused, even if the rest arrives separately",
    arguments: [
      head("Content-Length: 10") + Array(repeating: 1, count: 11), head("Content-Length: 0") + [1],
      head("Content-Length: 16384") + Array(repeating: 1, count: 32_768),
      head("Content-Length: 2") + Array("okHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain".utf8),
      head("Transfer-Encoding: chunked") + Array("5\r\nhello\r\n0\r\n\r\nmore".utf8),
    ])
  func longer(_ bytes: [UInt8]) async throws {
    // Longer than any slow machine needs: the server closes the connection itself.
    try await serve(closing: .seconds(600), { _ in .bytesAndEnd(bytes) }) { world in
      let answer = try await world.file(into: Memory())
      guard case .refused(let why) = answer else {
        Issue.record("\(answer)")
        return
      }
      #expect(why.contains("more came than"), "\(why)")
    }
  }

  @Test("a content that is shorter than announced is requested again, and the error says how much of it arrived")
  func shorter() async throws {
    try await serve({ number in
      .bytesAndEnd(Self.head("Content-Length: 100") + Array(repeating: 7, count: number < 2 ? 60 : 100))
    }) { world in
      let sink = Memory()
      let answer = try await world.file(into: sink)
      #expect(answer == .received(type: nil))
      #expect(sink.bytes == Array(repeating: 7, count: 100) && sink.begun == 3 && world.api.requests.count == 3)
    }
    try await serve({ _ in .bytesAndEnd(Self.head("Content-Length: 100") + Array(repeating: 7, count: 60)) }) { world in
      do throws(APIError) {
        let answer = try await world.client.file(Self.endpoint, into: Memory())
        Issue.record("\(answer)")
      } catch {
        guard case .connection(let why) = error.reason else {
          Issue.record("\(error)")
          return
        }
        #expect(why == "the body ended after 60 of the 100 bytes that were announced" && error.attempts == 5)
      }
    }
  }

  @Test("if a server keeps its connection open although it was asked to close it, the content is accepted after a moment")
  func keptOpen() async throws {
    try await serve({ _ in .answer(body: Array("mine".utf8)) }) { world in
      let sink = Memory()
      let answer = try await world.file(into: sink)
      #expect(answer == .received(type: nil))
      #expect(sink.bytes == Array("mine".utf8))
    }
  }

  @Test("a sink that accepts no more ends the transfer, however much the server would send")
  func declined() async throws {
    try await serve({ _ in .flood(Self.head("Transfer-Encoding: chunked"), Array("1\r\nx\r\n".utf8), limit: 1 << 30) }) { world in
      let sink = Memory(limit: 100_000)
      let answer = try await world.file(into: sink)
      #expect(answer == .declined)
      #expect(sink.bytes.count < 1 << 22)
    }
    try await serve({ _ in .answer(body: Array(repeating: 1, count: 200)) }) { world in
      let sink = Memory(limit: 100)
      let answer = try await world.file(into: sink)
      #expect(answer == .declined)
      #expect(sink.bytes.isEmpty)
    }
  }

  @Test(
    "the result for other answers is missing, refused or an error of the API",
    arguments: [
      ("404 Not Found", true), ("410 Gone", true), ("403 Forbidden", false), ("418 Teapot", false), ("206 Partial", false),
    ])
  func other(_ status: String, _ isMissing: Bool) async throws {
    try await serve({ _ in .answer(status, body: Array("no".utf8)) }) { world in
      let answer = try await world.file(into: Memory())
      if case .refused(let why) = answer {
        #expect(!isMissing && why.contains("localhost answered \(status.prefix(3))"), "\(why)")
      } else {
        #expect(isMissing && answer == .missing)
      }
    }
    try await serve({ _ in .answer(headers: ["Content-Encoding: gzip"], body: [1]) }) { world in
      guard case .refused(let why) = try await world.file(into: Memory()) else {
        Issue.record("it was taken")
        return
      }
      #expect(why.contains("encoded"))
    }
  }

  @Test("the API's own refusals are errors, and a content from the API itself is not accepted")
  func refusals() async throws {
    for (status, reason) in [("401 Unauthorized", APIError.Reason.unauthorized), ("403 Forbidden", .forbidden)] {
      try await serve(status: status, { _ in .silence }) { world in
        do throws(APIError) {
          let answer = try await world.client.file(Self.endpoint, into: Memory())
          Issue.record("\(answer)")
        } catch {
          #expect(error.reason == reason)
        }
      }
    }
    try await serve(status: "404 Not Found", { _ in .silence }) { world in
      let answer = try await world.file(into: Memory())
      #expect(answer == .missing)
    }
    try await serve(status: "200 OK", { _ in .silence }) { world in
      guard case .refused = try await world.file(into: Memory()) else {
        Issue.record("it was taken")
        return
      }
    }
  }
}
