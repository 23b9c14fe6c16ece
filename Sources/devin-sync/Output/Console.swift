import DevinSync
import Foundation

/// Data goes to stdout, text for people and errors go to stderr. Parts of a line may come from the server or from the
/// mirror, so every line is escaped with `String.printable`.
enum Console {
  /// The profile that is being processed: its problems are reported under its name. Nil: there is none.
  @TaskLocal static var profile: String?

  /// - Parameter line: one line; several lines need several calls.
  static func print(_ line: String) { write(line.printable + "\n", to: .standardOutput) }

  /// - Parameter text: created by this program, without data from the server: a file to install, a schema. It is not escaped.
  static func printText(_ text: String) { write(text + "\n", to: .standardOutput) }

  static func say(_ line: String) { write(line.printable + "\n", to: .standardError) }
  static func error(_ message: String) { say("devin-sync: \(subject)\(message)") }
  static func warn(_ message: String) { error(message) }

  private static var subject: String { profile.map { "\($0): " } ?? "" }

  /// Writes a text unchanged: it must be created by this program, or be printable.
  static func write(_ text: String, to handle: FileHandle) {
    // A reader that closed the pipe (`| head`) is no failure.
    try? handle.write(contentsOf: Data(text.utf8))
  }

  /// Asks for confirmation on a terminal.
  /// - Returns: false: the answer was no, and a message says so.
  /// - Throws: `Failure` (64) if there is no terminal.
  static func confirm(_ question: String) throws -> Bool {
    guard isatty(STDIN_FILENO) == 1 else {
      throw Failure(.usage, "nothing was changed: there is no terminal to ask on. To continue without asking, use --yes.")
    }
    write("\(question.printable) [y/N] ", to: .standardError)
    if ["y", "yes"].contains(readLine()?.lowercased()) { return true }
    print("nothing was changed")
    return false
  }

  static func printJSON(_ value: some Encodable) throws { print(try json(value)) }

  /// - Parameter problem: the text of a problem.
  static func json(
    _ value: some Encodable, describing problem: @escaping @Sendable (SyncProblem) -> String = { $0.messageWithAdvice }
  ) throws -> String {
    let encoder = JSONEncoder()
    encoder.describeProblems(problem)
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  static var standardErrorIsTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// Prints a line of which parts may be emphasized.
  static func print(_ line: StyledText) { write(line.text(color: Terminal.output.hasColor) + "\n", to: .standardOutput) }

  /// Columns of a terminal on stderr, which may change while a run is displayed.
  static var width: Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 20 else { return 80 }
    return Int(size.ws_col)
  }
}

extension Int {
  func counted(_ word: String) -> String { "\(grouped) \(word)\(self == 1 ? "" : "s")" }
}

extension Duration {
  /// `0.4 s`, `12 s`, `3 min 20 s`.
  var short: String {
    let seconds = components.seconds
    if seconds < 10 { return "\(seconds).\(components.attoseconds / 100_000_000_000_000_000) s" }
    return seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
  }

  var inSeconds: Double { self / .seconds(1) }
}
