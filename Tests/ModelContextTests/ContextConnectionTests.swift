import Foundation
import ModelContext
import Testing

@Suite("A connection over two pipes", .timeLimit(.minutes(60)))
struct ContextConnectionTests {
  /// - Returns: the lines of output.
  private func talk(_ lines: [String]) async throws -> [JSON] {
    let (input, output) = (Pipe(), Pipe())
    let connection = ContextConnection(SmallProvider())
    async let run: Void = connection.run(
      input: input.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor)
    let sent = Data(lines.map { $0 + "\n" }.joined().utf8)
    try await Self.waiting {
      try input.fileHandleForWriting.write(contentsOf: sent)
      try input.fileHandleForWriting.close()
    }
    await run
    try output.fileHandleForWriting.close()
    let data = try await Self.waiting { try output.fileHandleForReading.readToEnd() ?? Data() }
    // The connection has only the descriptors' numbers, so they must not be closed, and reused for another pipe, before.
    withExtendedLifetime((input, output)) {}
    return data.split(separator: UInt8(ascii: "\n")).compactMap { JSON(line: Data($0)) }
  }

  /// Blocking work on a pipe, on a thread that is not used by tasks.
  private static func waiting<R: Sendable>(_ work: @escaping @Sendable () throws -> R) async throws -> R {
    try await withCheckedThrowingContinuation { done in
      Thread.detachNewThread { done.resume(with: Result { try work() }) }
    }
  }

  private static let greeting =
    #"{"jsonrpc":"2.0","id":"greeting","method":"initialize","params":{"protocolVersion":"2025-11-25"}}"#

  private func call(_ id: Int, _ tool: String, _ arguments: String = "{}") -> String {
    #"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#
  }

  @Test("requests after initialize are answered, each once, and malformed lines in between change nothing")
  func all() async throws {
    let calls = (1...50).map { call($0, "echo", #"{"text":"\#($0)"}"#) }
    let answers = try await talk(
      [Self.greeting, #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#] + calls.prefix(25) + ["nonsense", "[]", ""]
        + calls.dropFirst(25) + [String(repeating: "a", count: 2 << 20), #"{"jsonrpc":"2.0","id":99,"method":"ping"}"#])
    #expect(answers.count == 55)
    #expect(answers.first?["id"] == "greeting")
    for id in 1...50 {
      let own = answers.filter { $0["id"] == .integer(Int64(id)) }
      #expect(own.count == 1 && own.first?["result", "structuredContent", "said"] == .text("\(id)"))
    }
    #expect(
      answers.filter { $0["id"] == .null }.compactMap { $0["error", "code"]?.integer }.sorted() == [-32_700, -32_600, -32_600])
    #expect(answers.contains { $0["id"] == 99 && $0["result"] == [:] })
  }

  @Test("a cancelled request ends without an answer, and cancelling an unknown one has no effect")
  func cancelled() async throws {
    let answers = try await talk([
      Self.greeting, call(1, "wait"), call(2, "echo", #"{"text":"a"}"#),
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1,"reason":"no need"}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":77}}"#,
      #"{"jsonrpc":"2.0","method":"notifications/cancelled"}"#,
    ])
    #expect(Set(answers.compactMap { $0["id"] }) == ["greeting", 2])
  }

  @Test("it ends when its task is cancelled, although a request is active and the input is open")
  func ends() async throws {
    let (input, output) = (Pipe(), Pipe())
    let task = Task {
      await ContextConnection(SmallProvider()).run(
        input: input.fileHandleForReading.fileDescriptor, output: output.fileHandleForWriting.fileDescriptor)
    }
    try input.fileHandleForWriting.write(contentsOf: Data("\(Self.greeting)\n\(call(1, "wait"))\n".utf8))
    // The answer to the greeting shows that the next line is being read.
    _ = try await Self.waiting { output.fileHandleForReading.availableData }
    task.cancel()
    await task.value
    try input.fileHandleForWriting.close()
    withExtendedLifetime((input, output)) {}
  }
}
