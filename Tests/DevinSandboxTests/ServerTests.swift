import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Testing

@testable import DevinSandbox

@Suite("The server")
struct ServerTests {
  @Test("it listens only on 127.0.0.1")
  func onlyLoopback() async throws {
    try await Sandbox.run { sandbox in
      #expect(sandbox.url == "http://127.0.0.1:\(sandbox.port)")
      let others = try System.enumerateDevices().compactMap(\.address?.ipAddress)
        .filter { $0 != "127.0.0.1" && !$0.hasPrefix("fe80") }
      for address in others {
        await #expect(throws: (any Error).self, "\(address)") {
          try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: address, port: sandbox.port).get()
        }
      }
    }
  }

  @Test("bytes that are no HTTP are answered with 400, and it serves on", arguments: ["GET /{x}", "NONSENSE", "GET / HTTP/9.9"])
  func malformed(_ line: String) async throws {
    try await Sandbox.run { sandbox in
      let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: sandbox.port) { channel in
          channel.eventLoop.makeCompletedFuture {
            try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
          }
        }
      let answer = try await channel.executeThenClose { inbound, outbound in
        try await outbound.write(ByteBuffer(string: "\(line)\r\nHost: a\r\n\r\n"))
        return try await inbound.reduce(into: "") { $0 += String(buffer: $1) }
      }
      #expect(answer.hasPrefix("HTTP/1.1 400"))
      #expect(try await Probe(sandbox).get("secrets").status == 200)
    }
  }

  @Test("it returns the result of its body, and stops")
  func result() async throws {
    let (port, value) = try await Sandbox.run { sandbox in
      let reply = try await Probe(sandbox).get("secrets")
      #expect(reply.status == 200)
      return (sandbox.port, 42)
    }
    #expect(value == 42)
    await #expect(throws: (any Error).self) {
      try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
        .connect(host: "127.0.0.1", port: port).get()
    }
  }

  @Test("it throws what its body throws")
  func failure() async throws {
    struct Stop: Error {}
    await #expect(throws: Stop.self) {
      try await Sandbox.run { _ in throw Stop() }
    }
  }

  @Test("it stops at once when its task is cancelled, even with requests in flight")
  func cancellation() async throws {
    let (started, start) = AsyncStream.makeStream(of: Sandbox.self)
    var scenario = SandboxScenario()
    scenario.latencyMilliseconds = 600_000
    let running = Task { [scenario] in
      try await Sandbox.run(scenario) { sandbox in
        start.yield(sandbox)
        try await Task.sleep(for: .seconds(600))
      }
    }
    guard let sandbox = await started.first(where: { _ in true }) else { return }
    let request = Task { try await Probe(sandbox).get("secrets") }
    await sandbox.waitForRequests(1)
    // A connection without any request.
    let idle = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: sandbox.port).get()
    running.cancel()
    await #expect(throws: CancellationError.self) { try await running.value }
    await #expect(throws: Probe.NoAnswer.self) { try await request.value }
    try await idle.closeFuture.get()
  }

  @Test("it stops in an orderly way while connections are arriving")
  func stopWhileConnecting() async throws {
    for _ in 0..<20 {
      let connecting = try await Sandbox.run { sandbox in
        Task {
          try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 { group.addTask { _ = try await Probe(sandbox).get("secrets") } }
            try await group.waitForAll()
          }
        }
      }
      _ = await connecting.result
    }
  }

  @Test("a port in use is an error")
  func portInUse() async throws {
    try await Sandbox.run { sandbox in
      let port = sandbox.port
      await #expect(throws: (any Error).self) {
        try await Sandbox.run(port: port) { _ in }
      }
    }
  }

  @Test("a stopped clock moves only on request, and is in every answer's Date")
  func clock() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      #expect(
        try await probe.get("secrets").headers.first(name: "date")
          == "Sun, 01 Nov 2026 12:00:00 GMT")
      _ = try await probe.control(.POST, "clock?advance=86461")
      #expect(
        try await probe.get("nothing").headers.first(name: "date")
          == "Mon, 02 Nov 2026 12:01:01 GMT")
      let dump = try await probe.control(.GET, "objects/secrets")
      #expect(dump.headers.first(name: "date") == "Mon, 02 Nov 2026 12:01:01 GMT")
    }
  }

  @Test("the control plane dumps every object as it is sent", arguments: SandboxResource.allCases)
  func objects(_ resource: SandboxResource) async throws {
    var scenario = SandboxScenario()
    scenario.sessions = 700
    try await Sandbox.run(scenario) { sandbox in
      let reply = try await Probe(sandbox, key: .some(nil)).control(
        .GET, "objects/\(resource.rawValue)")
      #expect(reply.status == 200 && reply.isComplete)
      #expect(reply.text.split(separator: "\n").map(String.init) == sandbox.objects(resource))
      #expect(!sandbox.objects(resource).isEmpty)
    }
  }

  @Test("permissions are replaced through the control plane, and the key revoked")
  func permissions() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      _ = try await probe.control(.POST, "permissions", #"["ViewOrgSessions"]"#)
      #expect(sandbox.permissions == ["ViewOrgSessions"])
      _ = try await probe.control(.POST, "permissions", #"{"revoked": true}"#)
      #expect(sandbox.isKeyRevoked && sandbox.permissions == ["ViewOrgSessions"])
      #expect(try await probe.get("sessions").status == 401)
      _ = try await probe.control(.POST, "permissions", #"["ManageOrgSecrets"]"#)
      #expect(try await probe.get("secrets").status == 200)
      #expect(try await probe.control(.POST, "permissions", "7").status == 400)
      #expect(try await probe.control(.GET, "").json()["permissions"] == ["ManageOrgSecrets"])
      #expect(try await probe.control(.GET, "unheard-of").status == 400)
    }
  }

  @Test(
    "bodies are compressed for clients that accept it, if the scenario allows it",
    arguments: [true, false])
  func compression(_ isOn: Bool) async throws {
    var scenario = SandboxScenario()
    scenario.compression = isOn
    try await Sandbox.run(scenario) { sandbox in
      let target = "/v3/organizations/\(scenario.organizationID)/sessions"
      let plain = try await Probe(sandbox).send(.GET, target)
      let small = try await Probe(sandbox).send(.GET, target, accepting: "gzip")
      #expect(plain.headers.first(name: "content-encoding") == nil)
      #expect(small.headers.first(name: "content-encoding") == (isOn ? "gzip" : nil))
      #expect(small.body.starts(with: [0x1f, 0x8b]) == isOn)
      #expect((small.body.count < plain.body.count / 2) == isOn)
      #expect(small.isComplete)
    }
  }

  @Test("a live sandbox has news without a request")
  func live() async throws {
    var scenario = SandboxScenario()
    scenario.liveMilliseconds = 5
    try await Sandbox.run(scenario) { sandbox in
      while sandbox.now < SandboxScenario.anchor + 180 {
        _ = try await Probe(sandbox).control(.GET, "")
      }
      let ids = try sandbox.ids(.sessions)
      #expect(ids.count > 62)
    }
  }
}
