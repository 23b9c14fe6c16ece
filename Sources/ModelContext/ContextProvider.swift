/// What a server offers. The protocol code calls it without knowing the implementation.
package protocol ContextProvider: Sendable {
  var description: ServerDescription { get }
  var tools: [Tool] { get }
  var templates: [ContextResourceTemplate] { get }
  var prompts: [Prompt] { get }

  /// - Parameter tool: one of `tools`.
  /// - Throws: only `CancellationError`; every other failure is a result that says what to do.
  func call(_ tool: Tool, _ arguments: ToolArguments) async throws -> ToolResult

  /// - Throws: `ContextResourceProblem`, `CancellationError`.
  func resources(after cursor: String?) async throws -> ContextResourcePage

  /// - Returns: Markdown.
  /// - Throws: `ContextResourceProblem`, `CancellationError`.
  func read(_ address: String) async throws -> String
}

/// Describes the server.
package struct ServerDescription: Hashable, Sendable {
  package let name: String
  package let title: String
  package let version: String
  /// For the model: how to use this server.
  package let instructions: String

  package init(name: String, title: String, version: String, instructions: String) {
    self.name = name
    self.title = title
    self.version = version
    self.instructions = instructions
  }

  var json: JSON { ["name": .text(name), "title": .text(title), "version": .text(version)] }
}
