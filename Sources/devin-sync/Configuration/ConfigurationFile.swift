import DevinSync
import Files
import Foundation
import TOMLKit

/// The configuration file: values for every run, and profiles with values of their own.
struct ConfigurationFile: Sendable {
  /// The position of a value in the file: a top-level key, or a key in `[profiles.NAME]`.
  struct Place: Hashable, Sendable {
    var profile: String?
    /// As written, even if the key is unknown; empty: the profile itself.
    var name: String

    var description: String { (profile.map { ["profiles", $0] } ?? []).appending(name).joined(separator: ".") }
  }

  /// Something in the file that cannot be used.
  struct Problem: Error, Hashable, Encodable, Sendable {
    let path: String
    /// The line number, from 1; nil: the file as a whole.
    let line: Int?
    let key: String?
    /// What is wrong and what to do.
    let text: String

    private enum CodingKeys: String, CodingKey {
      case line, key
      case text = "message"
    }

    var message: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(text)" }
  }

  let path: String
  /// In alphabetical order.
  let profiles: [String]
  /// The problems, in the order of the file. If a file has any, none of its values are used.
  let problems: [Problem]
  private let values: [Place: [String]]
  private let text: String

  /// - Throws: `Problem` when the file cannot be read, or is not valid TOML.
  init(path: String) throws(Problem) {
    let text: String
    let root: TOMLTable
    do {
      let file = try OpenFile(reading: path)
      if let writer = file.facts.otherWriter {
        throw Problem(path: path, line: nil, key: nil, text: Self.refusal(writer, file.facts, path))
      }
      guard let read = String(data: try file.read(limit: 1 << 20), encoding: .utf8) else {
        throw Problem(path: path, line: nil, key: nil, text: "the configuration file cannot be read: it is not in UTF-8.")
      }
      text = read
    } catch let trouble as FileError {
      throw Problem(
        path: path, line: nil, key: nil,
        text: "the configuration file cannot be read: \(trouble.why). `devin-sync config init` writes one.")
    } catch {
      throw error as? Problem ?? Problem(path: path, line: nil, key: nil, text: "\(error)")
    }
    do {
      root = try TOMLTable(string: text)
    } catch {
      let fault = error as? TOMLParseError
      throw Problem(
        path: path, line: fault?.source.begin.line, key: nil,
        text: "invalid TOML: \(fault?.description ?? "\(error)"). Put text in quotation marks and lists in brackets.")
    }
    var reader = Reader(folder: URL(fileURLWithPath: path).deletingLastPathComponent())
    reader.read(root, profile: nil)
    self.path = path
    self.text = text
    profiles = reader.profiles
    values = reader.values
    let lines = reader.problems.isEmpty ? [:] : Self.lines(of: text)
    problems = reader.problems
      .map { Problem(path: path, line: lines[$0.place], key: $0.place.description, text: $0.text) }
      .sorted { ($0.line ?? 0, $0.text) < ($1.line ?? 0, $1.text) }
  }

  /// The file acts with this user's rights: it can run programs, and the key is sent to the address that it names.
  private static func refusal(_ writer: String, _ facts: FileFacts, _ path: String) -> String {
    let remedy =
      facts.isOwn
      ? "Check it, then run: chmod go-w \(path)"
      : "Use your own copy, or check this file and make it yours (chown)."
    return
      "the configuration file was not used, because \(writer) can change it: it could run programs as you and send your key elsewhere. \(remedy)"
  }

  /// The value of a key in a profile or, if the profile has none, outside of the profiles.
  func values(of key: String, profile: String?) -> (values: [String], place: Place)? {
    for place in [profile.map { Place(profile: $0, name: key) }, Place(name: key)] {
      if let place, let found = values[place] { return (found, place) }
    }
    return nil
  }

  /// The line on which a value starts, counted from 1.
  func line(of place: Place) -> Int? { Self.lines(of: text)[place] }

  /// Found by parsing more and more lines from the beginning. The first part of the file that parses and contains a key also contains its
  /// value. The value starts after the previous part that could be parsed.
  private static func lines(of text: String) -> [Place: Int] {
    var found: [Place: Int] = [:]
    var piece = ""
    var whole = 0
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      piece += line + "\n"
      guard let table = try? TOMLTable(string: piece) else { continue }
      for place in Reader.places(in: table) where found[place] == nil { found[place] = whole + 1 }
      whole = index + 1
    }
    return found
  }
}

/// Reads the known keys of a table.
private struct Reader {
  typealias Place = ConfigurationFile.Place

  /// The folder of the file.
  let folder: URL
  var profiles: [String] = []
  var values: [Place: [String]] = [:]
  var problems: [(place: Place, text: String)] = []

  mutating func read(_ table: TOMLTable, profile: String?) {
    for (name, value) in table {
      let place = Place(profile: profile, name: name)
      if profile == nil, name == "profiles" {
        readProfiles(value)
      } else if let setting = DeclaredSettings.named(name) {
        read(value, as: setting, at: place)
      } else {
        problems.append((place, Self.unknown(name)))
      }
    }
    let all = DeclaredSettings.all
    let keys = [all.credential.key, all.apiKeyFile.key, all.apiKeyCommand.key]
      .map { Place(profile: profile, name: $0) }.filter { values[$0] != nil }
    if keys.count > 1 {
      problems.append((keys[1], "`\(keys[0].name)` and `\(keys[1].name)` both set the key. Keep one of them."))
    }
  }

  private mutating func readProfiles(_ value: any TOMLValueConvertible) {
    guard let tables = value.table else {
      return problems.append((Place(name: "profiles"), "`profiles` takes tables: [profiles.work] on a line of its own."))
    }
    for (name, value) in tables {
      let place = Place(profile: name, name: "")
      guard let table = value.table else {
        problems.append((place, "`profiles.\(name)` is not a table. Write [profiles.\(name)] on a line of its own."))
        continue
      }
      profiles.append(name)
      read(table, profile: name)
    }
  }

  private mutating func read(_ value: any TOMLValueConvertible, as setting: any AnySetting, at place: Place) {
    guard var given = Self.texts(of: value, as: setting.shape) else {
      return problems.append(
        (place, "`\(setting.key)` takes \(setting.shape.name), such as \(setting.example); this is \(value.type.name)."))
    }
    do {
      try setting.check(given)
    } catch {
      return problems.append((place, "`\(setting.key)` \(error.reason)"))
    }
    if setting.shape == .path, let path = given.first { given = [absolute(path)] }
    values[place] = given
  }

  private func absolute(_ path: String) -> String {
    let path = path.hasPrefix("~") ? NSString(string: path).expandingTildeInPath : path
    return path.hasPrefix("/") || path.isEmpty ? path : folder.appendingPathComponent(path).standardizedFileURL.path
  }

  private static func texts(of value: any TOMLValueConvertible, as shape: SettingShape) -> [String]? {
    switch shape {
    case .text, .path, .duration, .share, .size, .currency: value.string.map { [$0] }
    case .wholeNumber: value.int.map { ["\($0)"] }
    case .number: value.double.map { ["\($0)"] } ?? value.int.map { ["\($0)"] }
    case .command: value.array.flatMap(texts)
    case .list: value.string.map { [$0] } ?? value.array.flatMap(texts)
    case .durations: value.table.flatMap(lines)
    }
  }

  /// `NAME=TEXT` for each member of a table.
  private static func lines(_ table: TOMLTable) -> [String]? {
    let lines = table.compactMap { name, value in value.string.map { "\(name)=\($0)" } }
    return lines.count == table.count ? lines.sorted() : nil
  }

  private static func texts(_ array: TOMLArray) -> [String]? {
    let texts = array.compactMap(\.string)
    return texts.count == array.count ? texts : nil
  }

  private static func unknown(_ name: String) -> String {
    if name == "api_key" || name == "key" {
      return
        "keys are not allowed in this file. Save the key with `devin-sync credentials add`, or set `api_key_file`."
    }
    let near = DeclaredSettings.list.map(\.key).nearest(to: name)
    return "there is no setting `\(name)`. \(near.map { "Did you mean `\($0)`?" } ?? "`devin-sync config show` lists them.")"
  }

  /// Every key of a table and of its profiles, and the profiles themselves.
  static func places(in table: TOMLTable) -> [Place] {
    table.flatMap { name, value -> [Place] in
      guard name == "profiles", let profiles = value.table else { return [Place(name: name)] }
      return [Place(name: name)]
        + profiles.flatMap { profile, value in
          [Place(profile: profile, name: "")] + (value.table?.map { Place(profile: profile, name: $0.0) } ?? [])
        }
    }
  }
}

extension SettingShape {
  fileprivate var name: String {
    switch self {
    case .text, .path: "a text"
    case .duration: "a duration as text"
    case .list: "a text or a list of texts"
    case .command: "a list of texts, the program and its arguments"
    case .wholeNumber: "a whole number"
    case .number: "a number"
    case .currency: "a currency code as text"
    case .share: "a percentage as text"
    case .size: "a size as text"
    case .durations: "a table of groups, each with a duration as text"
    }
  }
}

extension TOMLType {
  fileprivate var name: String {
    switch self {
    case .table: "a table"
    case .array: "a list of something else"
    case .string: "a text"
    case .int: "a number"
    case .double: "a number with a fraction"
    case .bool: "true or false"
    case .date, .time, .dateTime: "a date or a time"
    }
  }
}

extension [String] {
  fileprivate func appending(_ word: String) -> [String] { word.isEmpty ? self : self + [word] }
}
