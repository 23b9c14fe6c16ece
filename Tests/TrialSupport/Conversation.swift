import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A running `devin-sync mcp` whose input is a named pipe, so that lines can be sent one after another.
package final class Conversation: Sendable {
  package let running: Running
  private let input: FileHandle

  package init(_ command: Command, _ arguments: [String] = []) throws {
    let pipe = command.folder.appendingPathComponent("\(UUID().uuidString).in").path
    guard mkfifo(pipe, 0o600) == 0, let input = FileHandle(forUpdatingAtPath: pipe) else { throw Running.Failure(why: "no pipe") }
    self.input = input
    running = try Running(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "exec \"$0\" mcp \"$@\" < '\(pipe)'", Command.program.path] + arguments,
      folder: command.folder, environment: command.environment)
  }

  package func send(_ line: String) throws { try input.write(contentsOf: Data((line + "\n").utf8)) }

  /// - Returns: the answer to the request with this id.
  package func answer(_ id: Int) async throws -> [String: Any] {
    let mark = "\"id\":\(id),"
    let output = try await running.waitForOutput {
      $0.split(separator: "\n").contains { $0.contains(mark) } && $0.hasSuffix("\n")
    }
    guard let line = output.split(separator: "\n").first(where: { $0.contains(mark) }),
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    else { throw Running.Failure(why: "no answer") }
    return object
  }

  package func greet() throws {
    try send(#"{"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{}}}"#)
  }

  /// Calls a tool.
  /// - Parameter arguments: JSON.
  /// - Returns: the result.
  package func call(_ id: Int, _ tool: String, _ arguments: String = "{}") async throws -> [String: Any] {
    try send(#"{"jsonrpc":"2.0","id":\#(id),"method":"tools/call","params":{"name":"\#(tool)","arguments":\#(arguments)}}"#)
    return try await answer(id)["result"] as? [String: Any] ?? [:]
  }

  /// Closes the input.
  package func end() throws { try input.close() }
}
