import ArgumentParser
import DevinSync
import Foundation
import MirrorTools
import ModelContext

struct McpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Let coding agents search and read the mirror (MCP server).",
    usage: "devin-sync mcp [<options>]",
    discussion: """
      A server for the Model Context Protocol on stdin and stdout. Clients such as Claude Code, Claude Desktop, Cursor, VS Code \
      and Devin start it; Examples/mcp has a configuration for each. It offers seven tools (search, list_sessions, get_session, \
      get_document, ask, query, mirror_status), three prompts, and notes, playbooks and sessions as resources. It only reads the \
      mirror, needs no key and sends nothing over the network. It can run during a sync, and uses new data after each sync. The \
      file may be created later. It ends when its input ends. Protocol versions: 2026-07-28, 2025-11-25, 2025-06-18.
      """)

  @Flag(help: "Log one line per message to stderr: method, time and size, but no content.") var log = false
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let settings = try Settings(database.profile, flags: database.flags)
      let tools = MirrorTools(
        database: try settings.database, asked: try settings.requestedResources, rate: try settings.rate,
        describing: \.messageWithAdvice)
      if isatty(STDIN_FILENO) == 1 {
        Console.say(
          "devin-sync: this command is started by coding agents; it has no user interface. docs/agents.md shows how to set one up."
        )
      }
      let isLogging = log
      try await Signals(endsCommand: true).cancelling { await Self.serve(tools, isLogging: isLogging) }
    }
  }

  private static func serve(_ tools: MirrorTools, isLogging: Bool) async {
    async let preparation: Void = tools.prepare()
    await ContextConnection(tools, log: isLogging ? log : nil).run()
    await preparation
  }

  @Sendable
  private static func log(_ line: String) { Console.say("devin-sync: \(line)") }
}
