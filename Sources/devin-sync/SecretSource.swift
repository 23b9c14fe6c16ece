import DevinPush
import Foundation

/// Brings the values of secrets: from variables, programs, or somebody at the terminal.
struct SecretSource: Sendable {
  /// Variables that hold values. No program that is started gets them.
  private let variables: Set<String>
  private static let commandLimit = Duration.seconds(120)

  init(_ entries: [SecretEntry]) {
    variables = Set(
      entries.compactMap { entry in
        if case .variable(let name) = entry.source { name } else { nil }
      })
  }

  /// - Throws: `SecretValueError`, which says nothing of the value.
  func value(of entry: SecretEntry) async throws -> SecretValue {
    var bytes: [UInt8]
    switch entry.source {
    case .variable(let name):
      guard let text = getenv(name) else { throw SecretValueError("the variable \(name) is not set") }
      bytes = Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
    case .command(let arguments):
      bytes = try await Self.output(of: arguments, hiding: variables)
      Self.removeLineBreak(from: &bytes)
    case .prompt:
      bytes = KeyPrompt.hidden("Value of \(entry.key): ", Self.line)
      // The terminal cuts a longer line off. https://man7.org/linux/man-pages/man3/termios.3.html
      guard bytes.count < 4_095 else {
        throw SecretValueError("a terminal takes no line of 4 KiB; let a command print the value")
      }
    }
    do throws(SecretValue.Invalid) {
      return try SecretValue(taking: &bytes)
    } catch {
      let why =
        switch error {
        case .empty: "its value is empty"
        case .tooLong: "its value is longer than \(SecretValue.limit >> 10) KiB"
        case .noText: "its value is no UTF-8 text"
        }
      throw SecretValueError(why)
    }
  }

  private static func output(of arguments: [String], hiding variables: Set<String>) async throws -> [UInt8] {
    do {
      var program = Program(arguments: arguments, limit: commandLimit)
      program.hiddenVariables = variables
      var data = try await program.run(keepsOutput: true)
      defer { data.resetBytes(in: data.startIndex..<data.endIndex) }
      return Array(data)
    } catch let trouble as Program.Problem {
      throw SecretValueError("`\(arguments[0])` printed no value: \(trouble.reason)")
    }
  }

  /// Programs end what they print with a line break, which is no part of the value.
  private static func removeLineBreak(from bytes: inout [UInt8]) {
    guard bytes.last == UInt8(ascii: "\n") else { return }
    bytes.removeLast()
    if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
  }

  /// What somebody types, without a detour through buffers of the C library.
  private static func line() -> [UInt8] {
    var bytes: [UInt8] = []
    // One block, so that no copy of it is left behind when it grows.
    bytes.reserveCapacity(SecretValue.limit + 1)
    var byte: UInt8 = 0
    while bytes.count <= SecretValue.limit, read(STDIN_FILENO, &byte, 1) == 1, byte != UInt8(ascii: "\n") { bytes.append(byte) }
    return bytes
  }
}
