import Foundation
import GRDB
import MirrorSchema

/// Checks whether a file has the tables and views that devin-sync creates. The author of a file may have replaced a table with a view,
/// or put other SQL into a view or a computed column, which every query would run. Comments, white space and quotes are not compared, since
/// versions of devin-sync and of SQLite differ in them.
enum OwnSchema {
  /// The statements of the newest version as SQLite stores them in a new file, by what they create, such as `table sessions`.
  static let expected: [String: String] = {
    var (sql, expected) = (MirrorSchema.sql, [String: String]())
    sql.withUTF8 { text in
      guard let bytes = UnsafeRawPointer(text.baseAddress) else { return }
      // Each statement starts a line with this word and ends one with a semicolon. Every reader of a file waits for this, so C searches.
      let word: StaticString = "CREATE "
      var (line, start) = (0, Int?.none)
      while line < text.count, let newline = memchr(bytes + line, 10, text.count - line) {
        let end = UnsafeRawPointer(newline) - bytes
        if end - line > word.utf8CodeUnitCount, memcmp(bytes + line, word.utf8Start, word.utf8CodeUnitCount) == 0 { start = line }
        if let first = start, end > first, text[end - 1] == UInt8(ascii: ";") {
          let statement = String(decoding: text[first..<(end - 1)], as: UTF8.self)
          expected[name(of: statement)] = statement
          start = nil
        }
        line = end + 1
      }
    }
    return expected
  }()

  /// - Parameter isWriting: whether triggers would run.
  /// - Throws: `StoreError.damaged` with the first object that differs.
  static func demand(in database: Database, path: String, isWriting: Bool) throws {
    var missing = Set(expected.keys.filter { !$0.hasPrefix("index ") })
    let objects = try Row.fetchCursor(
      database, sql: "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND type <> 'index'")
    while let object = try objects.next() {
      let (type, name): (String, String) = (try object.value("type"), try object.value("name"))
      if type == "trigger", isWriting {
        throw StoreError.damaged(path: path, why: "it has a trigger \(name), but devin-sync creates none")
      }
      guard let own = expected["\(type) \(name)"] else { continue }
      let sql: String = try object.value("sql")
      // The text of a new file is equal to ours, so that nothing is parsed.
      guard sql == own || statements(in: sql) == statements(in: own) else { throw another("\(type) \(name)", path) }
      missing.remove("\(type) \(name)")
    }
    if let name = missing.min() { throw another(name, path) }
  }

  private static func another(_ name: String, _ path: String) -> StoreError {
    .damaged(path: path, why: "its \(name) was not created by devin-sync")
  }

  /// Missing indexes, which make queries slower but not wrong; each is a sentence.
  static func missingIndexes(in database: Database) throws -> [String] {
    let there = try String.fetchSet(database, sql: "SELECT 'index ' || name FROM sqlite_master WHERE type = 'index'")
    return expected.keys.filter { $0.hasPrefix("index ") && !there.contains($0) }.sorted().map { "the \($0) is missing" }
  }

  private static func name(of statement: String) -> String {
    let head = statement.utf8.prefix { $0 != UInt8(ascii: "(") }
    let parts = head.split(separator: UInt8(ascii: " "), maxSplits: 5).map { String(Substring($0)) }
      .filter { $0 != "VIRTUAL" && $0 != "UNIQUE" }
    return parts.count < 3 ? statement : "\(parts[1].lowercased()) \(parts[2])"
  }

  /// The statements of a text without comments and without quotes around names, with white space only where it separates tokens.
  static func statements(in sql: String) -> [String] {
    var statements: [String] = []
    var statement: [UInt8] = []
    let bytes = Array(sql.utf8)
    var place = 0
    var isApart = false
    /// The end of a token that is terminated by this mark, of one byte or two.
    func end(of mark: UInt8, _ second: UInt8? = nil, from start: Int) -> Int {
      var place = start
      while place < bytes.count {
        place += 1
        guard bytes[place - 1] == mark else { continue }
        guard let second else { return place }
        if place < bytes.count, bytes[place] == second { return place + 1 }
      }
      return place
    }
    func finish() {
      if !statement.isEmpty { statements.append(String(decoding: statement, as: UTF8.self)) }
      statement = []
    }
    while place < bytes.count {
      let byte = bytes[place]
      let next = place + 1 < bytes.count ? bytes[place + 1] : 0
      switch byte {
      case UInt8(ascii: "-") where next == byte:
        place = end(of: UInt8(ascii: "\n"), from: place)
        isApart = true
      case UInt8(ascii: "/") where next == UInt8(ascii: "*"):
        place = end(of: UInt8(ascii: "*"), UInt8(ascii: "/"), from: place + 2)
        isApart = true
      case UInt8(ascii: "'"):
        let close = end(of: byte, from: place + 1)
        statement += bytes[place..<close]
        place = close
        isApart = false
      case UInt8(ascii: ";"):
        finish()
        place += 1
      case UInt8(ascii: "\""): place += 1
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
        isApart = true
        place += 1
      default:
        if isApart, let last = statement.last, last.isOfWord, byte.isOfWord { statement.append(UInt8(ascii: " ")) }
        isApart = false
        statement.append(byte)
        place += 1
      }
    }
    finish()
    return statements
  }
}

extension UInt8 {
  fileprivate var isOfWord: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
      UInt8(ascii: "_"), 0x80...:
      true
    default: false
    }
  }
}
