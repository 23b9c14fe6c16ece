import Files
import Foundation

/// One secret of a file for `push secrets`: everything but its value.
package struct SecretEntry: Hashable, Sendable {
  /// Where the value comes from.
  package enum Source: Hashable, Sendable {
    /// A variable of the environment.
    case variable(String)
    /// A program and its arguments; it prints the value.
    case command([String])
    /// Somebody at a terminal.
    case prompt
  }

  /// The name under which sessions see it.
  package let key: String
  /// One of `cookie`, `key-value`, `totp`.
  package let type: String
  let note: String?
  let isSensitive: Bool
  package let source: Source
}

/// The secrets of a file: YAML, or JSON, with one member for each.
package struct SecretFile: Sendable {
  private static let types = ["cookie", "key-value", "totp"]

  package private(set) var entries: [SecretEntry] = []
  package private(set) var problems: [FileProblem] = []

  /// - Throws: `PushError.files`: all that is wrong.
  package init(path: String) throws(PushError) {
    let data: Data
    do throws(FileError) {
      data = try OpenFile(reading: path).read(limit: YAMLReader.byteLimit)
    } catch {
      throw .files([FileProblem(path, error.why)])
    }
    self.init(data, path)
    guard problems.isEmpty else { throw .files(problems) }
  }

  /// - Parameter path: for messages.
  init(_ data: Data, _ path: String) {
    guard let text = String(validating: data, as: UTF8.self) else {
      problems.append(FileProblem(path, "it is no UTF-8"))
      return
    }
    do throws(YAMLReader.SyntaxError) {
      let document = try YAMLReader.document(text)
      for (key, value) in document.members.sorted(by: { document.lines[$0.key] ?? 0 < document.lines[$1.key] ?? 0 }) {
        do throws(Objection) {
          entries.append(try Self.entry(key, value))
        } catch {
          problems.append(FileProblem(path, line: document.lines[key], error.why))
        }
      }
    } catch {
      problems.append(FileProblem(path, line: error.line, error.what))
    }
    if entries.isEmpty, problems.isEmpty { problems.append(FileProblem(path, "it names no secret")) }
  }

  /// Why a member cannot be meant, for people. Never says what the file has for a value.
  private struct Objection: Error { let why: String }

  private static func entry(_ key: String, _ value: JSONValue) throws(Objection) -> SecretEntry {
    func objection(_ why: String) -> Objection { Objection(why: "\(String(key.prefix(80))): \(why)") }
    guard !key.isEmpty, key.utf8.count <= 200, key.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }) else {
      throw objection("a secret's name has 1 to 200 bytes, and no spaces")
    }
    guard var members = value.object ?? (value == .null ? [:] : nil) else {
      throw objection("it is no list of members such as `type: key-value`. A value does not belong into the file: use value_from")
    }
    if members["value"] != nil { throw objection("a value does not belong into the file: use value_from") }
    members = members.filter { $0.value != .null }
    let type = members.removeValue(forKey: "type") ?? .text("key-value")
    guard let type = type.text, types.contains(type) else { throw objection("type is one of \(types.joined(separator: ", "))") }
    let note = members.removeValue(forKey: "note")
    if let note, note.text == nil || note.text?.utf8.contains(0) == true { throw objection("note is no text") }
    let sensitivity = members.removeValue(forKey: "is_sensitive") ?? .bool(true)
    guard case .bool(let isSensitive) = sensitivity else { throw objection("is_sensitive is no true or false") }
    let source = members.removeValue(forKey: "value_from")
    guard let found = source.map(Self.source) ?? .prompt else {
      throw objection("value_from is `env: NAME` or `command: [PROGRAM, ARGUMENT…]`; without it, the value is asked for")
    }
    if let other = members.keys.sorted().first { throw objection("a secret has no member `\(other.prefix(80))`") }
    return SecretEntry(key: key, type: type, note: note?.text, isSensitive: isSensitive, source: found)
  }

  private static func source(_ value: JSONValue) -> SecretEntry.Source? {
    guard let members = value.object, members.count == 1 else { return nil }
    if let name = members["env"]?.text, !name.isEmpty, !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "=") }) {
      return .variable(name)
    }
    guard let arguments = members["command"]?.list, !arguments.isEmpty, arguments.allSatisfy({ $0.text != nil }) else {
      return nil
    }
    return .command(arguments.compactMap(\.text))
  }
}
