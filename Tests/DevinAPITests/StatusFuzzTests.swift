import DevinAPI
import Foundation
import TestSupport
import Testing

/// Status lines that no correct server sends: a few in every test run, every status with `make fuzz`.
@Suite("Status lines of answers", .timeLimit(.minutes(60)))
struct StatusFuzzTests {
  private static let isLong = ProcessInfo.processInfo.environment["FUZZ_MINUTES"] != nil
  private static let statuses = Set(stride(from: 0, through: 999, by: isLong ? 1 : 37)).union([
    0, 1, 42, 99, 100, 101, 102, 103, 199, 200, 204, 299, 304, 599, 600, 999,
  ]).sorted()

  /// The result of one request for each line, in order, on connections that stay open if possible.
  private func outcomes(of replies: [LoopbackServer.Reply]) async throws -> [Result<Int, APIError>] {
    try await LoopbackServer.withServer({ replies[min($0, replies.count - 1)] }) { _, address in
      try await WireTransport.withTransport(to: address, connections: 1) { wire in
        var outcomes: [Result<Int, APIError>] = []
        for _ in replies {
          do throws(APIError) {
            outcomes.append(.success(try await wire.send(APIRequest(target: "/", endpoint: "GET /")).status))
          } catch {
            outcomes.append(.failure(error))
          }
        }
        return outcomes
      }
    }
  }

  @Test("a status of 200 or more is an answer, and one that HTTP does not define is an error")
  func statuses() async throws {
    let replies = Self.statuses.map { status in
      let digits = String(format: "%03d", status)
      return LoopbackServer.Reply.bytesAndEnd(
        LoopbackServer.Reply.head("\(digits) So", headers: ["Content-Length: 2"]) + Array("{}".utf8))
    }
    for (status, outcome) in zip(Self.statuses, try await outcomes(of: replies)) {
      switch (status, outcome) {
      case (200..., .success(let got)): #expect(got == status)
      // The protocol does not change: callers see that the status is not 200.
      case (101, .success(101)): break
      case (..<200, .failure(let error)):
        guard case .connection(let why) = error.reason else {
          Issue.record("\(status): \(error)")
          continue
        }
        #expect(status >= 100 || why.contains("status \(status),"))
      default: Issue.record("\(status): \(outcome)")
      }
    }
  }

  @Test("a line that is not HTTP is an error")
  func malformed() async throws {
    let lines = [
      "HTTP/1.1 -1 So", "HTTP/1.1 20 So", "HTTP/1.1 2000 So", "HTTP/1.1 65736 So", "HTTP/1.1 4294967496 So", "HTTP/1.1 2e2 So",
      "HTTP/1.1 0x0 So", "HTTP/1.1  So", "HTTP/2.0 200 So", "HTTP/9.9 200 So", "ICY 200 So", "GET / HTTP/1.1", "", "{}",
      "\u{0}\u{1}",
    ]
    let replies = lines.map { line in
      LoopbackServer.Reply.bytesAndEnd(Array("\(line)\r\nContent-Length: 2\r\n\r\n{}".utf8))
    }
    for (line, outcome) in zip(lines, try await outcomes(of: replies)) {
      guard case .failure(let error) = outcome, case .connection = error.reason else {
        Issue.record("\(line): \(outcome)")
        continue
      }
    }
  }

  @Test("a few interim answers may precede an answer, and too many are an error")
  func interim() async throws {
    let interim = Array("HTTP/1.1 103 Early Hints\r\n\r\n".utf8)
    let answer = LoopbackServer.Reply.head(headers: ["Content-Length: 2"]) + Array("{}".utf8)
    let few = Array(repeatElement(interim, count: 10).joined()) + answer
    let outcomes = try await outcomes(of: [.bytes(few), .bytes(few), .flood([], interim, limit: 1 << 24)])
    #expect(try outcomes[0].get() == 200)
    #expect(try outcomes[1].get() == 200)
    #expect(throws: APIError.self) { try outcomes[2].get() }
  }

  @Test("more headers than any server sends are an error", arguments: [300, 100_000])
  func headers(_ count: Int) async throws {
    let reply = LoopbackServer.Reply.answer(headers: (0..<count).map { "X-\($0): x" }, body: Array("{}".utf8))
    await #expect(throws: APIError.self) { try await outcomes(of: [reply])[0].get() }
  }
}
