import DevinModel
package import MirrorReading
package import ModelContext

/// What agents can use of a mirror: tools, texts to read, and prompts. It only reads.
package struct MirrorTools: ContextProvider {
  private let all: [any MirrorTool]
  private let access: MirrorAccess
  private let resources: MirrorResources
  private let describe: @Sendable (MirrorError) -> String

  /// - Parameters:
  ///   - database: path of the mirror's file; it need not exist yet.
  ///   - asked: resources requested in the settings, which the completeness verdict covers.
  ///   - rate: the user's price of an ACU; nil: not set.
  ///   - describe: the text of an error, such as its message with the advice of a program.
  package init(
    database: String, asked: Set<String>, rate: ACURate? = nil,
    describing describe: @escaping @Sendable (MirrorError) -> String = \.message
  ) {
    self.describe = describe
    all = [
      SearchTool(), ListSessionsTool(), GetSessionTool(), GetDocumentTool(), AskTool(rate: rate), QueryTool(),
      MirrorStatusTool(asked: asked),
    ]
    access = MirrorAccess(database: database, asked: asked)
    resources = MirrorResources()
  }

  /// Checks how complete the mirror is in advance, so that the first call need not wait for it.
  package func prepare() async {
    _ = try? await access.reading { try await access.freshness($0) }
  }

  package var description: ServerDescription {
    ServerDescription(
      name: "devin-sync", title: "Devin mirror", version: ProductVersion.current,
      instructions: """
        A read-only mirror of a Devin organization: past and running sessions with every message, pull requests, cost, knowledge notes and \
        playbooks. Start with search to find what was tried before, get_session to read it, ask for cost and other counted questions. Every \
        answer says as of when the mirror is and whether it is complete, and has at most max_bytes; follow next_cursor for the rest. \
        \(ToolReply.notice)
        """)
  }

  package var tools: [Tool] { all.map(\.tool) }
  package var templates: [ContextResourceTemplate] { MirrorResources.templates }
  package var prompts: [Prompt] { MirrorPrompts.all }

  package func call(_ tool: Tool, _ arguments: ToolArguments) async throws -> ToolResult {
    guard let own = all.first(where: { $0.tool.name == tool.name }) else { return ToolResult(advice: "There is no such tool.") }
    do {
      let call = try ToolCall(arguments, of: tool)
      return try await access.reading { reader in
        // First, so that it never claims more than the data that is read after it.
        let mirror = try await access.freshness(reader)
        return try await own.answer(call, in: reader).result(of: tool, mirror, bytes: call.bytes)
      }
    } catch let mistake as ToolMistake {
      return ToolResult(advice: mistake.advice)
    } catch let error as MirrorError {
      return ToolResult(advice: advice(after: error))
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      return ToolResult(advice: "Internal error, a bug in devin-sync: \(error).")
    }
  }

  package func resources(after cursor: String?) async throws -> ContextResourcePage {
    try await reading { try await resources.page(after: cursor, in: $0) }
  }

  package func read(_ address: String) async throws -> String {
    try await reading { reader in
      let mirror = try await access.freshness(reader)
      return try await resources.text(of: address, verdict: mirror["verdict"]?.text ?? "", in: reader)
    }
  }

  private func reading<Result: Sendable>(_ work: @Sendable (MirrorReader) async throws -> Result) async throws -> Result {
    do {
      return try await access.reading(work)
    } catch let error as MirrorError {
      throw ContextResourceProblem.unreadable(advice(after: error))
    }
  }

  /// Advice for an agent, which cannot use the command line.
  private func advice(after error: MirrorError) -> String {
    switch error {
    case .unusableQuery(let why):
      return
        "The query could not be used: \(why). Nothing was changed. SELECT name, sql FROM sqlite_schema lists tables and columns; ask has questions that are ready."
    case .tookTooLong(let limit):
      return
        "It took longer than \(limit.inWholeUnits) and was stopped. Narrow it: a period, a LIMIT, fewer rows. query takes timeout_seconds of up to 60."
    default:
      let text = describe(error)
      return text.prefix(1).uppercased() + text.dropFirst()
    }
  }
}
