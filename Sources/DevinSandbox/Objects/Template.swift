import Foundation

/// Objects of a kind, defined by examples. In the files in `Templates`, each kind has one complete object, followed by the differences
/// of further objects, member by member; `"{none}"` removes a member. If the enterprise has objects of the kind too, they are under
/// the name followed by `shared`. Members that begin with `@` belong to the row's scope.
///
/// Placeholders in texts are replaced for each row; `Template.Row` documents them.
struct Template: Sendable {
  private let examples: [(object: [Member], scope: [Member])]

  static let all: [String: Template] = [
    EmbeddedTexts.knowledge_json, EmbeddedTexts.work_json, EmbeddedTexts.code_json, EmbeddedTexts.people_json,
    EmbeddedTexts.settings_json,
  ].reduce(into: [:]) { templates, file in
    let members: [String: JSONValue] = read(file)
    let fragments = members["fragments"]?.members ?? [:]
    for (name, examples) in members where name != "fragments" {
      templates[name] = Template(examples.elements.compactMap(\.members), fragments: fragments)
    }
  }

  /// The parsed content of a file; an invalid file is a defect.
  static func read<Value: Decodable>(_ text: String) -> Value {
    do { return try JSONDecoder().decode(Value.self, from: Data(text.utf8)) } catch {
      preconditionFailure("a template: \(error)")
    }
  }

  private init(_ examples: [JSONObject], fragments: JSONObject) {
    self.examples = examples.map { example in
      let members = Node.members(Self.merged(examples[0], example), fragments)
      return (
        members.filter { !$0.name.hasPrefix("@") },
        members.filter { $0.name.hasPrefix("@") }.map { Member(name: String($0.name.dropFirst()), node: $0.node) }
      )
    }
  }

  private static func merged(_ object: JSONObject, _ changes: JSONObject) -> JSONObject {
    object.merging(changes) { old, new in
      guard let old = old.members, let new = new.members else { return new }
      return .object(merged(old, new))
    }
  }

  /// The id of the row at a position in an organization, or in the enterprise.
  static func id(_ prefix: Substring, _ organization: Int?, _ place: Int, seed: UInt64) -> String {
    let salt = RandomStream.mix(prefix.utf8, from: UInt64(Enterprise.slot(organization, place)))
    var random = RandomStream(seed: seed, salt: salt)
    return "\(prefix)-\(random.identifier())"
  }

  /// A row based on an example; each organization starts with a different example.
  func row(_ resource: SandboxResource, _ filling: Row) -> EnterpriseRow {
    var filling = filling
    let object = object(&filling)
    let scope = examples[filling.turn % examples.count].scope
    return EnterpriseRow(resource, scope.isEmpty ? [:] : filling.object(scope), object)
  }

  func object(_ filling: inout Row) -> JSONObject { filling.object(examples[filling.turn % examples.count].object) }

  /// Whether the example at a position belongs to the enterprise.
  func isShared(_ place: Int) -> Bool {
    examples[place % examples.count].object.contains { member in
      if member.name == "access_type", case .value("enterprise") = member.node { true } else { false }
    }
  }

  struct Member: Sendable {
    let name: String
    let node: Node
  }

  /// A parsed value of a template; values without placeholders are kept unchanged.
  indirect enum Node: Sendable {
    case value(JSONValue)
    case placeholder([Substring])
    /// A text, and its placeholders with the text after each.
    case text(String, [(tokens: [Substring], text: Substring)])
    case object([Member])
    case array([Node])

    /// Sorted by name, so that the same seed creates the same object.
    static func members(_ object: JSONObject, _ fragments: JSONObject) -> [Member] {
      object.sorted { $0.key < $1.key }.map { Member(name: $0.key, node: Node($0.value, fragments)) }
    }

    private init(_ template: JSONValue, _ fragments: JSONObject) {
      switch template {
      case .object(let members):
        let members = Self.members(members, fragments)
        let values = members.compactMap { member in member.node.constant.map { (member.name, $0) } }
        self = values.count == members.count ? .value(.object(Dictionary(uniqueKeysWithValues: values))) : .object(members)
      case .array(let elements):
        let nodes = elements.map { Node($0, fragments) }
        let values = nodes.compactMap(\.constant)
        self = values.count == nodes.count ? .value(.array(values)) : .array(nodes)
      case .string(let text) where text.hasPrefix("{use "):
        // The name of a fragment of the same file is replaced with the fragment.
        self = Node(fragments[String(text.dropFirst(5).dropLast())] ?? .null, fragments)
      case .string(let text) where text.contains("{"):
        let pieces = text.split(separator: "{", omittingEmptySubsequences: false)
        let parts = pieces.dropFirst().map { piece in
          let end = piece.firstIndex(of: "}") ?? piece.endIndex
          return (tokens: piece[..<end].split(separator: " "), text: piece[end...].dropFirst())
        }
        let isAlone = parts.count == 1 && pieces[0].isEmpty && parts[0].text.isEmpty
        self = isAlone ? .placeholder(parts[0].tokens) : .text(String(pieces[0]), parts)
      default: self = .value(template)
      }
    }

    private var constant: JSONValue? { if case .value(let value) = self { value } else { nil } }
  }

  /// The values for placeholders.
  ///
  /// An INDEX is `n`, the row's number, `n/4`, `n%4` or a number. Times are Unix seconds.
  struct Row {
    /// The row's number within its kind and organization.
    let n: Int
    /// Number of the organization; nil: none.
    var organization: Int?
    var organizationIDs: [String] = []
    /// Ids of sessions that the organization has initially.
    var sessionIDs: [String] = []
    let seed: UInt64
    var startsAt = 0
    /// The number of folders in the organization.
    var folders = 0
    /// The creation time.
    var time = 0
    var random: RandomStream

    /// The index with which rows cycle through lists.
    fileprivate var turn: Int { n + (organization ?? 0) }

    fileprivate mutating func object(_ members: [Member]) -> JSONObject {
      var object = JSONObject(minimumCapacity: members.count)
      for member in members {
        if let value = value(member.node) { object[member.name] = value }
      }
      return object
    }

    private mutating func value(_ node: Node) -> JSONValue? {
      switch node {
      case .value(let value): return value
      case .placeholder(let tokens): return placeholder(tokens)
      case .object(let members): return .object(object(members))
      case .array(let nodes): return .array(nodes.compactMap { value($0) })
      case .text(var text, let parts):
        for part in parts {
          switch placeholder(part.tokens) {
          case .string(let value)?: text += value
          case .int(let value)?: text += String(value)
          default: break
          }
          text += part.text
        }
        return .string(text)
      }
    }

    /// Nil: the member is omitted.
    private mutating func placeholder(_ tokens: [Substring]) -> JSONValue? {
      func number(_ position: Int) -> Int { tokens.indices.contains(position) ? Int(tokens[position]) ?? 0 : 0 }
      func index(_ position: Int) -> Int { tokens.indices.contains(position) ? self.index(of: tokens[position]) : n }
      switch tokens[0] {
      case "none": return nil
      case "n": return .int(n)
      // `{number FIRST STEP}`
      case "number": return .int(number(1) + number(2) * n)
      // Organizations: the number of this one, from 1; the id of this one, or of the first; of a random one; of all.
      case "o": return .int((organization ?? 0) + 1)
      case "org": return .string(organizationIDs[organization ?? 0])
      case "any": return .string(random.pick(organizationIDs))
      case "all": return .texts(organizationIDs)
      // `{text}` has several lines. `{name LIST}` appends a number after the end of the list.
      case "text":
        let lines = (1...random.number(in: 2...9)).map { "\($0). \(random.pick(Vocabulary.sentences))" }
        return .string("## \(random.pick(Vocabulary.noteTopics))\n\n" + lines.joined(separator: "\n"))
      case "name":
        let list = Vocabulary.list(tokens[1])
        return n < list.count ? list[n] : .string("\(list[n % list.count].text ?? "") (\(n))")
      // For a note: its folder, or none. For a folder: its own path, and its parent folder.
      case "folder": return .text(folder.map { id("folder", organization, $0) })
      case "folder_path": return .string(folder.map(path) ?? "/")
      case "path": return .string(path(n))
      case "parent": return parent(n).map { .string(id("folder", organization, $0)) }
      // `{session INDEX}` is null if there are none.
      case "session": return sessionIDs.isEmpty ? .null : .string(sessionIDs[index(1) % sessionIDs.count])
      // `{id PREFIX INDEX}` is always the same within an organization, `{shared …}` within the enterprise; `{random …}` always differs.
      case "id": return .string(id(tokens[1], organization, index(2)))
      case "shared": return .string(id(tokens[1], nil, index(2)))
      case "random": return .string("\(tokens[1])-\(random.identifier())")
      // `{time SECONDS}` is relative to the row's creation, `{start SECONDS STEP}` and `{day DAYS STEP}` to the clock's start.
      case "time": return .int(time >= startsAt ? time : min(startsAt, time + number(1)))
      case "iso": return .string(ISOTime.text(time >= startsAt ? time : min(startsAt, time + number(1))))
      case "start": return .int(startsAt + number(1) + number(2) * n)
      case "day": return .int(startsAt + (number(1) + number(2) * n) * Enterprise.day)
      // `{pick LIST}` and `{cycle LIST INDEX}` use lists in `vocabulary.json`.
      case "pick": return random.pick(Vocabulary.list(tokens[1]))
      case "cycle":
        let list = Vocabulary.list(tokens[1])
        return list[(tokens.count > 2 ? index(2) : turn) % list.count]
      default: preconditionFailure("no placeholder \(tokens)")
      }
    }

    private func index(of token: Substring) -> Int {
      guard token.hasPrefix("n"), let operand = Int(token.dropFirst(2)) else { return Int(token) ?? n }
      return token.dropFirst().hasPrefix("/") ? n / operand : n % operand
    }

    private func id(_ prefix: Substring, _ organization: Int?, _ index: Int) -> String {
      Template.id(prefix, organization, index, seed: seed)
    }

    private var folder: Int? { folders > 0 && n % 10 < 7 ? (n * 5 + 1) % folders : nil }

    /// Every second folder is in another one; folders created by edits are not.
    private func parent(_ folder: Int) -> Int? { folder >= 2 && folder < folders && folder % 2 == 0 ? folder / 2 - 1 : nil }

    private func path(_ folder: Int) -> String {
      let names = Vocabulary.folderNames
      let name = names[folder % names.count] + (folder < names.count ? "" : " (\(folder))")
      return (parent(folder).map(path) ?? "") + "/" + name
    }
  }
}
