import Foundation

/// Objects of a kind by example. The files in `Templates` hold, under a kind's name, one whole object and then how further ones
/// differ from it, member by member; `"{none}"` leaves a member out. A kind that the enterprise has too has its objects under the
/// name with `shared` behind it. Members that begin with `@` are of the row's scope.
///
/// Placeholders in texts are filled in for each row; `Template.Row` says which there are.
struct Template: Sendable {
  let examples: [JSONObject]
  private let fragments: JSONObject

  static let all: [String: Template] = [
    PackageResources.work_json, PackageResources.code_json, PackageResources.people_json, PackageResources.settings_json,
  ].reduce(into: [:]) { templates, file in
    let members: [String: JSONValue] = read(file)
    let fragments = members["fragments"]?.members ?? [:]
    for (name, examples) in members where name != "fragments" {
      templates[name] = Template(examples.elements.compactMap(\.members), fragments: fragments)
    }
  }

  /// What a file says; one that says something else is a defect.
  static func read<Value: Decodable>(_ bytes: [UInt8]) -> Value {
    do { return try JSONDecoder().decode(Value.self, from: Data(bytes)) } catch { preconditionFailure("a template: \(error)") }
  }

  private init(_ examples: [JSONObject], fragments: JSONObject) {
    let first = examples[0]
    self.examples = [first] + examples.dropFirst().map { Self.merged(first, $0) }
    self.fragments = fragments
  }

  private static func merged(_ object: JSONObject, _ changes: JSONObject) -> JSONObject {
    object.merging(changes) { old, new in
      guard let old = old.members, let new = new.members else { return new }
      return .object(merged(old, new))
    }
  }

  /// The row that takes the place of an example; organizations begin with different ones.
  func row(_ resource: SandboxResource, _ filling: Row) -> EnterpriseRow {
    var filling = filling
    filling.fragments = fragments
    let object = filling.object(examples[filling.turn % examples.count])
    let scope = object.filter { $0.key.hasPrefix("@") }.map { (String($0.key.dropFirst()), $0.value) }
    return EnterpriseRow(
      resource, Dictionary(uniqueKeysWithValues: scope), object.filter { !$0.key.hasPrefix("@") })
  }

  /// What placeholders are filled in with.
  ///
  /// An INDEX is `n`, the row's number, `n/4`, `n%4` or a number. Times are Unix seconds.
  struct Row {
    /// The row's number among those of its kind in its organization.
    let n: Int
    /// Number of the organization; nil: of none.
    let organization: Int?
    let organizationIDs: [String]
    /// Of its sessions, so far as the organization began with them.
    let sessions: [SessionRecord]
    let seed: UInt64
    let startsAt: Int
    /// When it began.
    let time: Int
    var random: RandomStream
    var fragments: JSONObject = [:]

    /// What lists are gone through by.
    fileprivate var turn: Int { n + (organization ?? 0) }

    fileprivate mutating func object(_ template: JSONObject) -> JSONObject {
      // In the order of names, so that the same seed gives the same object.
      template.sorted { $0.key < $1.key }.reduce(into: [:]) { object, member in
        if let value = value(member.value) { object[member.key] = value }
      }
    }

    private mutating func value(_ template: JSONValue) -> JSONValue? {
      switch template {
      case .object(let members): return .object(object(members))
      case .array(let elements): return .array(elements.compactMap { value($0) })
      case .string(let text) where text.contains("{"): return filled(text)
      default: return template
      }
    }

    /// A placeholder alone keeps its type; among other text it becomes text.
    private mutating func filled(_ text: String) -> JSONValue? {
      let pieces = text.split(separator: "{", omittingEmptySubsequences: false)
      if pieces.count == 2, pieces[0].isEmpty, text.hasSuffix("}") { return placeholder(pieces[1].dropLast()) }
      var result = String(pieces[0])
      for piece in pieces.dropFirst() {
        let end = piece.firstIndex(of: "}") ?? piece.endIndex
        switch placeholder(piece[..<end]) {
        case .string(let text)?: result += text
        case .int(let number)?: result += String(number)
        default: break
        }
        result += piece[end...].dropFirst()
      }
      return .string(result)
    }

    private mutating func placeholder(_ text: Substring) -> JSONValue? {
      let words = text.split(separator: " ")
      func number(_ position: Int) -> Int { words.indices.contains(position) ? Int(words[position]) ?? 0 : 0 }
      func index(_ position: Int) -> Int { words.indices.contains(position) ? self.index(of: words[position]) : n }
      switch words[0] {
      case "none": return nil
      case "n": return .int(n)
      // `{number FIRST STEP}`
      case "number": return .int(number(1) + number(2) * n)
      // Organizations: the number of this one, from 1; the id of this one, or of the first; of any; of all.
      case "o": return .int((organization ?? 0) + 1)
      case "org": return .string(organizationIDs[organization ?? 0])
      case "any": return .string(random.pick(organizationIDs))
      case "all": return .texts(organizationIDs)
      // `{session INDEX}`: null where there are not so many.
      case "session": return sessions.isEmpty ? .null : .string(sessions[index(1) % sessions.count].id)
      // `{id PREFIX INDEX}` is the same wherever it stands in an organization, `{shared …}` in the enterprise, `{random …}` never.
      case "id": return .string(id(words[1], organization, index(2)))
      case "shared": return .string(id(words[1], nil, index(2)))
      case "random": return .string("\(words[1])-\(random.identifier())")
      // `{time SECONDS}` after the row began, `{start SECONDS STEP}` and `{day DAYS STEP}` after the clock started.
      case "time": return .int(number(1) == 0 ? time : min(startsAt, time + number(1)))
      case "start": return .int(startsAt + number(1) + number(2) * n)
      case "day": return .int(startsAt + (number(1) + number(2) * n) * Enterprise.day)
      // `{pick LIST}` and `{cycle LIST INDEX}` of `words.json`.
      case "pick": return random.pick(Vocabulary.list(words[1]))
      case "cycle":
        let list = Vocabulary.list(words[1])
        return list[(words.count > 2 ? index(2) : turn) % list.count]
      // `{use FRAGMENT}` of the same file.
      case "use": return fragments[words.dropFirst().joined(separator: " ")].flatMap { value($0) }
      default: preconditionFailure("no placeholder \(text)")
      }
    }

    private func index(of word: Substring) -> Int {
      guard word.hasPrefix("n"), let operand = Int(word.dropFirst(2)) else { return Int(word) ?? n }
      return word.dropFirst().hasPrefix("/") ? n / operand : n % operand
    }

    private func id(_ prefix: Substring, _ organization: Int?, _ index: Int) -> String {
      let salt = prefix.utf8.reduce(UInt64(Enterprise.slot(organization, index))) { RandomStream.mix($0 ^ UInt64($1)) }
      var random = RandomStream(seed: seed, salt: salt)
      return "\(prefix)-\(random.identifier())"
    }
  }
}
