import DevinSync
import Foundation
import NIOSSL
import TestSupport
import Testing
import TrialSupport

/// Servers that never stop sending. Each sends a gigabyte, or, in every test run, a small amount if the client would read it.
@Suite("Floods", .serialized, .timeLimit(.minutes(60)))
struct FloodFuzzTests {
  fileprivate static let isLong = ProcessInfo.processInfo.environment["FUZZ_MINUTES"] != nil

  enum Flood: String, CaseIterable {
    case interim, status, headers, header, emptyLines, body, chunks, chunkExtension, trailers
    case settings, pings, emptyData, continuation

    /// Sent over TLS, by a server that uses HTTP/2 whatever was negotiated.
    var isHTTP2: Bool { [.settings, .pings, .emptyData, .continuation].contains(self) }

    var reply: LoopbackServer.Reply {
      let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
      let (start, piece): (String, String) =
        switch self {
        case .interim: ("", "HTTP/1.1 100 Continue\r\n\r\n")
        case .status: ("HTTP/1.1 200 ", "so ")
        case .headers: ("HTTP/1.1 200 OK\r\n", "A: b\r\n")
        case .header: ("HTTP/1.1 200 OK\r\nA: ", "b")
        case .emptyLines: ("", "\r\n")
        case .body: ("HTTP/1.1 200 OK\r\n\r\n", " ")
        case .chunks: (chunked, "1\r\n \r\n")
        case .chunkExtension: (chunked + "1;", "a")
        case .trailers: (chunked + "0\r\n", "A: b\r\n")
        case .settings: (Self.preface, Self.preface)
        case .pings: (Self.preface, Self.frame(type: 6, stream: 0, "12345678"))
        case .emptyData:
          (Self.preface + Self.frame(type: 1, flags: 4, stream: 1, "\u{0}\u{7}:status\u{3}200"), Self.frame(type: 0, stream: 1))
        case .continuation:
          (Self.preface + Self.frame(type: 1, stream: 1, "\u{0}\u{7}:status\u{3}200"), Self.frame(type: 9, stream: 1))
        }
      return .flood(Array(start.utf8), Array(piece.utf8), limit: FloodFuzzTests.isLong || isHTTP2 ? 1 << 30 : 1 << 16)
    }

    private static let preface = frame(type: 4, stream: 0)

    /// An HTTP/2 frame with ASCII content.
    private static func frame(type: UInt8, flags: UInt8 = 0, stream: UInt8, _ content: String = "") -> String {
      String(decoding: [0, 0, UInt8(content.utf8.count), type, flags, 0, 0, 0, stream] + Array(content.utf8), as: UTF8.self)
    }
  }

  @Test("a flood ends a run with an error, and takes little memory", arguments: Flood.allCases.filter { !$0.isHTTP2 })
  func flood(_ flood: Flood) async throws {
    try await LoopbackServer.withServer({ _ in flood.reply }) { _, address in
      try await Command.trial { command, _ in try await endure(command.with(["DEVIN_API_URL": address.description])) }
    }
  }

  @Test("a flood over HTTP/2 does too, whatever protocol was negotiated")
  func floodOfHTTP2() async throws {
    try await TestAuthority.withAuthority { authority in
      let tls = try authority.context(for: .good) { $0.applicationProtocols = ["h2"] }
      let file = authority.file
      for flood in Flood.allCases where flood.isHTTP2 {
        try await LoopbackServer.withServer(tls: tls, { _ in flood.reply }) { _, address in
          try await Command.trial { command, _ in
            try await endure(command.with(["DEVIN_API_URL": address.description, "DEVIN_SYNC_CA_FILE": file]))
          }
        }
      }
    }
  }

  private func endure(_ command: Command) async throws {
    // If memory is refused, a process ends by a signal. Threads, libraries and the allocator reserve up to half of this gigabyte of
    // addresses before the first byte arrives; a body takes its limit of 64 MiB twice while its buffer grows.
    let result = try await command.with(["DEVIN_SYNC_TEST_CLOCK": "0"]).run(
      program: "/bin/sh",
      ["-c", #"ulimit -v 1000000 2>/dev/null; exec "$0" "$@""#, Command.program.path, "sync", "playbooks"])
    #expect([65, 69].contains(result.status), "\(result.errors)")
  }
}
