import ArgumentParser
import DevinSync
import Foundation
import MirrorTools
import ModelContext

struct McpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mcp",
    abstract: "Let coding agents search and read the mirror (Model Context Protocol).",
    discussion: """
      A server on stdin and stdout that an agent's program starts: Claude Code, Claude Desktop, Cursor, VS Code, Devin and others; Examples/mcp \
      has a configuration for each. It offers seven tools (search, list_sessions, get_session, get_document, ask, query, mirror_status), \
      notes, playbooks and sessions as resources, and three prompts. It only reads the mirror, needs no key, sends nothing anywhere, may run \
      while a sync does, and reads what each sync brings. The file need not exist yet. It ends with its input. Revisions of the protocol: \
      2026-07-28, 2025-11-25, 2025-06-18.
      """)

  @Flag(help: "Print a line about each message to stderr: method, time and size, never its texts.") var log = false
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let settings = try Settings(database.profile, flags: database.flags)
      let tools = MirrorTools(database: try settings.database, asked: try settings.requestedResources, rate: try settings.rate)
      if isatty(STDIN_FILENO) == 1 {
        Console.say(
          "devin-sync: this command talks to an agent's program, not to people. docs/agents.md shows how to set one up.")
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
