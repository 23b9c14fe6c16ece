import DevinModel
import Files
import Foundation

/// The rows of a file for `push sessions`: one JSON object a line.
package struct SessionRows: Sendable {
  private static let fileLimit = 64 << 20
  private static let lineLimit = 1 << 20
  private static let rowLimit = 10_000

  package private(set) var rows: [SessionRow] = []
  /// Why it cannot be used, line by line.
  package private(set) var problems: [FileProblem] = []

  /// - Throws: `PushError.files`: all lines that cannot be used.
  package init(path: String) throws(PushError) {
    let data: Data
    do throws(FileError) {
      data = try OpenFile(reading: path).read(limit: Self.fileLimit)
    } catch {
      throw .files([FileProblem(path, error.why)])
    }
    self.init(data, path)
    guard problems.isEmpty else { throw .files(problems) }
  }

  /// - Parameter path: for messages.
  init(_ data: Data, _ path: String) {
    var lines: [String: Int] = [:]
    for (index, line) in data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      guard line.contains(where: { !" \t\r".utf8.contains($0) }) else { continue }
      let number = index + 1
      guard rows.count < Self.rowLimit else {
        problems.append(FileProblem(path, line: number, "it has more than \(Self.rowLimit) rows"))
        return
      }
      do throws(SessionRow.Objection) {
        let row = try SessionRow(Self.object(line))
        if let other = lines[row.key] { throw SessionRow.Objection(why: "the key of line \(other) again: \(row.key)") }
        lines[row.key] = number
        if case .row(let key) = row.target, key == row.key {
          throw SessionRow.Objection(why: "`session_key` is the row's own key")
        }
        rows.append(row)
      } catch {
        problems.append(FileProblem(path, line: number, error.why))
      }
    }
    if rows.isEmpty, problems.isEmpty { problems.append(FileProblem(path, "it has no rows")) }
  }

  private static func object(_ line: Data) throws(SessionRow.Objection) -> [String: JSONValue] {
    guard line.count <= lineLimit else { throw SessionRow.Objection(why: "it is longer than \(lineLimit >> 10) KiB") }
    guard String(validating: line, as: UTF8.self) != nil,
      let value = try? JSONDecoder().decodeBounded(JSONValue.self, from: Data(line))
    else { throw SessionRow.Objection(why: "it is no JSON") }
    guard let object = value.object else { throw SessionRow.Objection(why: "it is no JSON object") }
    // Readers of JSON differ in which of two members they take, so that people could mean the other one.
    guard memberCount(line) == object.count else { throw SessionRow.Objection(why: "it has a member twice") }
    return object
  }

  /// How many members an object has, counting those of the same name.
  /// - Parameter line: must be a JSON object.
  private static func memberCount(_ line: Data) -> Int {
    var (depth, count) = (0, 0)
    var (isInText, isEscaped) = (false, false)
    for byte in line {
      if isInText {
        if !isEscaped, byte == UInt8(ascii: "\"") { isInText = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isInText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: ":") where depth == 1: count += 1
      default: break
      }
    }
    return count
  }
}
