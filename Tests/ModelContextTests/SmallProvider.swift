import ModelContext

/// One tool of each kind, for tests of the protocol.
struct SmallProvider: ContextProvider {
  let description = ServerDescription(name: "small", title: "Small", version: "1", instructions: "Ask.")
  let tools = [
    Tool(
      name: "echo", title: "Echo", description: "Says it again.",
      parameters: [
        ToolParameter("text", .text(longest: 10), "What to say.", isRequired: true),
        ToolParameter("times", .integer(1...3), "How often.", standard: 1), ToolParameter("loud", .truth, "Whether to shout."),
        ToolParameter("tone", .choice(["high", "low"]), "How."), ToolParameter("colors", .choices(["red", "blue"]), "Which."),
      ]),
    Tool(name: "wait", title: "Wait", description: "Waits until it is cancelled.", parameters: []),
    Tool(name: "break", title: "Break", description: "Fails.", parameters: []),
  ]
  let templates = [ContextResourceTemplate(uriTemplate: "small://{id}", name: "text", title: "A text", description: "Some text")]
  let prompts = [
    Prompt(
      name: "greet", title: "Greet", description: "Greets.",
      arguments: [.init(name: "who", description: "Whom", isRequired: true)]
    ) { "Greet \($0["who"] ?? "")" }
  ]

  struct Broken: Error {}

  func call(_ tool: Tool, _ arguments: ToolArguments) async throws -> ToolResult {
    switch tool.name {
    case "wait":
      try await Task.sleep(for: .seconds(600))
      return ToolResult(advice: "late")
    case "break": throw Broken()
    default:
      let text = String(repeating: arguments.text("text") ?? "", count: Int(arguments.integer("times") ?? 1))
      return ToolResult(text: text, structured: ["said": .text(text)])
    }
  }

  func resources(after cursor: String?) async throws -> ContextResourcePage {
    func resource(_ id: String) -> ContextResource { ContextResource(uri: "small://\(id)", name: id, title: id, description: id) }
    switch cursor {
    case nil: return ContextResourcePage(resources: [resource("a")], next: "more")
    case "more": return ContextResourcePage(resources: [resource("b")], next: nil)
    default: throw ContextResourceProblem.unusableCursor
    }
  }

  func read(_ address: String) async throws -> String {
    guard address == "small://a" else { throw ContextResourceProblem.unknown("no such text") }
    return "# a"
  }
}

extension JSON {
  /// A nested member: `answer["result", "tools"]`.
  subscript(path: String...) -> JSON? { path.reduce(Optional(self)) { $0?.object?[$1] } }
}
