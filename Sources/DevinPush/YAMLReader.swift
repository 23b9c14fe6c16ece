import Yams

/// Reads YAML that anybody may have written: one object, within limits that keep a small text from becoming a large one.
enum YAMLReader {
  /// Bytes of a text.
  static let byteLimit = 1 << 20
  /// Values of an object, itself and each member counted.
  private static let valueLimit = 20_000
  /// Aliases that are expanded at all. Each could stand for a text with others in it.
  private static let aliasLimit = 16

  struct SyntaxError: Error, Hashable {
    /// From 1; nil: not known.
    let line: Int?
    let what: String
  }

  /// An object, and on which line each of its members stands, from 1.
  struct Document {
    var members: [String: JSONValue] = [:]
    var lines: [String: Int] = [:]
  }

  static func document(_ text: String) throws(SyntaxError) -> Document {
    guard text.utf8.count <= byteLimit else {
      throw SyntaxError(line: nil, what: "its YAML is longer than \(byteLimit >> 10) KiB")
    }
    guard aliases(in: text) <= aliasLimit else {
      throw SyntaxError(line: nil, what: "its YAML has more than \(aliasLimit) aliases (*name)")
    }
    let root: Node?
    do {
      root = try compose(yaml: text)
    } catch let error as YamlError {
      throw trouble(error)
    } catch {
      throw SyntaxError(line: nil, what: "it is no YAML: \(error)")
    }
    guard let root else { return Document() }
    guard case .mapping(let mapping) = root else {
      throw SyntaxError(line: root.mark?.line, what: "it is no list of members such as `name: …`")
    }
    var room = valueLimit
    var document = Document()
    for pair in mapping {
      let name = try name(of: pair.key)
      document.members[name] = try value(of: pair.value, &room)
      document.lines[name] = pair.key.mark?.line
    }
    return document
  }

  private static func name(of node: Node) throws(SyntaxError) -> String {
    guard case .scalar(let scalar) = node else { throw SyntaxError(line: node.mark?.line, what: "a member's name is no text") }
    guard !(scalar.string == "<<" && scalar.style == .plain) else {
      throw SyntaxError(line: scalar.mark?.line, what: "merging (`<<`) is not supported")
    }
    return scalar.string
  }

  private static func value(of node: Node, _ room: inout Int) throws(SyntaxError) -> JSONValue {
    room -= 1
    guard room > 0 else { throw SyntaxError(line: node.mark?.line, what: "it has more than \(valueLimit) values") }
    switch node {
    case .scalar(let scalar): return scalar.style == .plain ? plain(scalar.string) : .text(scalar.string)
    case .sequence(let sequence):
      var values: [JSONValue] = []
      for node in sequence { values.append(try value(of: node, &room)) }
      return .list(values)
    case .mapping(let mapping):
      var members: [String: JSONValue] = [:]
      for pair in mapping { members[try name(of: pair.key)] = try value(of: pair.value, &room) }
      return .object(members)
    case .alias: throw SyntaxError(line: node.mark?.line, what: "an alias (*name) stands for nothing")
    }
  }

  /// A value without quotes, by the core schema of YAML 1.2: `yes` and `12:30` are texts.
  /// https://yaml.org/spec/1.2.2/#103-core-schema
  private static func plain(_ text: String) -> JSONValue {
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE": return .bool(true)
    case "false", "False", "FALSE": return .bool(false)
    default: break
    }
    let number = text.utf8
    guard number.allSatisfy({ (0x30...0x39).contains($0) || "+-.eE".utf8.contains($0) }),
      number.contains(where: { (0x30...0x39).contains($0) })
    else { return .text(text) }
    if let integer = Int64(text) { return .integer(integer) }
    if let value = Double(text), value.isFinite { return .number(value) }
    return .text(text)
  }

  /// How many aliases of an anchor there may be. Texts that look like them count, too.
  private static func aliases(in text: String) -> Int {
    let anchors = Set(text.matches(of: #/&([^\s,\[\]{}]+)/#).map { $0.1 })
    guard !anchors.isEmpty else { return 0 }
    return text.matches(of: #/\*([^\s,\[\]{}]+)/#).count { anchors.contains($0.1) }
  }

  private static func trouble(_ error: YamlError) -> SyntaxError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      SyntaxError(line: mark.line, what: "it is no YAML: \(problem)")
    case .duplicatedKeysInMapping(let names, let context):
      SyntaxError(line: context.mark.line, what: "it has a member twice: \(names.sorted().joined(separator: ", ").prefix(100))")
    case .reader(let problem, _, _, _): SyntaxError(line: nil, what: "it is no YAML: \(problem)")
    default: SyntaxError(line: nil, what: "it is no YAML")
    }
  }
}
