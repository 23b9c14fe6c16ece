import DevinModel
import MirrorReading
import ModelContext

/// A tool for agents that reads a mirror.
protocol MirrorTool: Sendable {
  var tool: Tool { get }

  /// - Throws: `ToolMistake`, `MirrorError`, `CancellationError`.
  func answer(_ call: ToolCall, in reader: MirrorReader) async throws -> ToolReply
}

/// A call, with the arguments that all tools accept.
struct ToolCall: Sendable {
  let arguments: ToolArguments
  /// Where an earlier answer ended; nil: start at the beginning.
  let position: String?
  /// The maximum size of the answer.
  let bytes: Int64

  static let common = [
    ToolParameter("cursor", .text(longest: 4_096), "The next_cursor of an earlier answer to the same call, for what follows it."),
    ToolParameter(
      "max_bytes", .integer(ToolReply.Budget.range), "The most bytes of the answer.",
      standard: .integer(ToolReply.Budget.standard)),
  ]

  /// - Throws: `ToolMistake` for the cursor of another tool.
  init(_ arguments: ToolArguments, of tool: Tool) throws(ToolMistake) {
    self.arguments = arguments
    bytes = arguments.integer("max_bytes") ?? ToolReply.Budget.standard
    if let text = arguments.text("cursor") {
      guard let cursor = AnswerCursor(text), cursor.tool == tool.name else { throw Self.unusableCursor }
      position = cursor.position
    } else {
      position = nil
    }
  }

  static let unusableCursor = ToolMistake(
    "The argument `cursor` is not a next_cursor of this tool. To start at the beginning, leave it out.")

  /// For tools whose position is the number of earlier items; 0: start at the beginning.
  var skipped: Int {
    get throws(ToolMistake) {
      guard let position else { return 0 }
      guard let count = Int(position), count >= 0 else { throw Self.unusableCursor }
      return count
    }
  }

  /// Nil: the argument is missing.
  func moment(_ name: String) throws(ToolMistake) -> UnixTime? {
    guard let text = arguments.text(name) else { return nil }
    guard let moment = UnixTime(text: text, now: .now) else {
      throw ToolMistake("The argument `\(name)` must be a day (2026-11-01), a time (2026-11-01T08:00:00Z) or an age (30d, 12h).")
    }
    return moment
  }

  static let timeForms = "a day (2026-11-01), a time (2026-11-01T08:00:00Z) or an age (30d)"
}

extension JSON {
  /// RFC 3339; nil: unknown.
  static func time(_ time: UnixTime?) -> JSON? { time.map { .text($0.iso8601) } }

  static func text(_ text: String?) -> JSON? { text.map { .text($0) } }

  static func number(_ number: Double?) -> JSON? { number.map { .number(($0 * 100).rounded() / 100) } }
}
