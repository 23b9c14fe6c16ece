import Foundation

/// Objects of a kind, defined by examples. In the files in `Templates`, each kind has one complete object, followed by the differences
/// of further objects, member by member; `"{none}"` removes a member. If the enterprise has objects of the kind too, they are under
/// the name followed by `shared`. Members that begin with `@` belong to the row's scope.
///
/// Placeholders in texts are replaced for each row; `Template.Row` documents them.
struct Template: Sendable {
  private let examples: [JSONObject]

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
    self.examples = examples.map { Self.merged(examples[0], $0).mapValues { Self.expanded($0, fragments) } }
  }

  /// Replaces `{use NAME}` with the fragment of this name in the same file.
  private static func expanded(_ template: JSONValue, _ fragments: JSONObject) -> JSONValue {
    switch template {
    case .object(let members): .object(members.mapValues { expanded($0, fragments) })
    case .array(let elements): .array(elements.map { expanded($0, fragments) })
    case .string(let text) where text.hasPrefix("{use "):
      expanded(fragments[String(text.dropFirst(5).dropLast())] ?? .null, fragments)
    default: template
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
    let members = object(&filling)
    let scope = members.filter { $0.key.hasPrefix("@") }.map { (String($0.key.dropFirst()), $0.value) }
    return EnterpriseRow(
      resource, Dictionary(uniqueKeysWithValues: scope), scope.isEmpty ? members : members.filter { !$0.key.hasPrefix("@") })
  }

  func object(_ filling: inout Row) -> JSONObject { filling.object(examples[filling.turn % examples.count]) }

  /// Whether the example at a position belongs to the enterprise.
  func isShared(_ place: Int) -> Bool { examples[place % examples.count]["access_type"] == "enterprise" }

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

    /// In the order of names, so that the same seed creates the same object.
    fileprivate mutating func object(_ template: JSONObject) -> JSONObject {
      var object = JSONObject(minimumCapacity: template.count)
      for (name, member) in template.sorted(by: { $0.key < $1.key }) {
        if let value = value(member) { object[name] = value }
      }
      return object
    }

    private mutating func value(_ template: JSONValue) -> JSONValue? {
      switch template {
      case .object(let members): return .object(object(members))
      case .array(let elements): return .array(elements.compactMap { value($0) })
      case .string(let text) where text.contains("{"):
        let pieces = text.split(separator: "{", omittingEmptySubsequences: false)
        var filled = String(pieces[0])
        for piece in pieces.dropFirst() {
          let end = piece.firstIndex(of: "}") ?? piece.endIndex
          let value = placeholder(piece[..<end].split(separator: " "))
          let rest = piece[end...].dropFirst()
          if pieces.count == 2, filled.isEmpty, rest.isEmpty { return value }
          filled += (value?.text ?? value?.integer.map(String.init) ?? "") + rest
        }
        return .string(filled)
      default: return template
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
