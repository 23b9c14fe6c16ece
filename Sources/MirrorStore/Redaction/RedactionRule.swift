import DevinModel

/// How a value is treated in a redacted copy. The schema's SQL declares it in each column's comment, after `@`; see `ColumnComment`.
package indirect enum RedactionRule: Hashable, Sendable {
  /// Kept: an id, a time, a number or an enumerated value. Other text, such as an email address, becomes a pseudonym.
  case kept
  /// Several such values, separated by spaces.
  case tokens
  /// A cron expression is kept; other text becomes a pseudonym.
  case cron
  /// Text that a person wrote: becomes a pseudonym of the same length.
  case text
  /// The name of something: becomes a pseudonym.
  case name
  /// A path of names: each name becomes a pseudonym.
  case path
  /// A web address: a known host, and the parts of the path that identify its kind, are kept.
  case url
  /// The name of a host: kept if it belongs to a public service.
  case host
  /// A person's name; the pseudonym depends on the member of the same object with the id, or, if nil, on the name.
  case person(by: String?)
  /// A person's email address; the pseudonym is the same as for the person.
  case email(by: String?)
  /// Left out.
  case dropped
  /// A JSON list of such values.
  case list(RedactionRule)
  /// A JSON list with one rule per position.
  case places([RedactionRule])
  /// A JSON object; members without a rule are left out.
  case members([String: RedactionRule])
  /// A JSON object whose member names are enumerated values.
  case map(RedactionRule)
  /// The row's object as sent by Devin: its members are the columns of the table.
  case columns
  /// The same for the row that a change is about (`sync_changes.before`).
  case object
  /// The key of that row: one text, or a JSON list (`sync_changes.key`).
  case row
  /// The key of an item of a list (`sync_seen.key`).
  case item
  /// The id of a list's parent.
  case parent
}

extension RedactionRule {
  /// Whether a value is JSON whose parts are treated separately.
  var isStructured: Bool {
    switch self {
    case .list, .places, .members, .map: true
    default: false
    }
  }

  fileprivate init?(_ word: String, by member: String?) {
    switch word {
    case "person": self = .person(by: member)
    case "email": self = .email(by: member)
    case _ where member != nil: return nil
    case "kept": self = .kept
    case "tokens": self = .tokens
    case "cron": self = .cron
    case "text": self = .text
    case "name": self = .name
    case "path": self = .path
    case "url": self = .url
    case "host": self = .host
    case "dropped": self = .dropped
    case "columns": self = .columns
    case "object": self = .object
    case "row": self = .row
    case "item": self = .item
    case "parent": self = .parent
    default: return nil
    }
  }
}

/// Parses the facts of a `ColumnComment`: a rule such as `[name]`, `{pr_url: url, pr_state: kept}`, `{*: kept}`, `person(user_id)`, and
/// then perhaps a form, such as `time` and `one_of(new, running)`.
struct FactParser {
  private var rest: Substring.UTF8View

  init(_ facts: Substring) { rest = facts.utf8 }

  /// The end of what was parsed.
  var position: Substring.Index { rest.startIndex }

  var isAtEnd: Bool { rest.allSatisfy { $0 == UInt8(ascii: " ") } }

  mutating func rule() -> RedactionRule? {
    if take("[") {
      guard let item = rule(), take("]") else { return nil }
      return .list(item)
    }
    if take("{") { return members() }
    let name = token()
    var member: String?
    if take("(") {
      member = token()
      guard take(")") else { return nil }
    }
    return RedactionRule(name, by: member)
  }

  /// Nil: there is none, or it is unknown; then the parser is not at its end.
  mutating func form() -> ColumnComment.Form? {
    let start = rest
    switch token() {
    case "time": return .time
    case "list": return .list
    case "object": return .object
    case "json": return .json
    case "one_of":
      var values: [String] = []
      guard take("(") else { break }
      repeat { values.append(token()) } while take(",")
      if take(")") { return .oneOf(values) }
    default: break
    }
    rest = start
    return nil
  }

  private mutating func members() -> RedactionRule? {
    if take("*") {
      guard take(":"), let rule = rule(), take("}") else { return nil }
      return .map(rule)
    }
    var members: [String: RedactionRule] = [:]
    repeat {
      let name = token()
      guard take(":"), let rule = rule() else { return nil }
      members[name] = rule
    } while take(",")
    return take("}") ? .members(members) : nil
  }

  private mutating func take(_ mark: Unicode.Scalar) -> Bool {
    rest = rest.drop { $0 == UInt8(ascii: " ") }
    guard rest.first == UInt8(ascii: mark) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Letters, digits, underscores and hyphens.
  private mutating func token() -> String {
    rest = rest.drop { $0 == UInt8(ascii: " ") }
    let token = rest.prefix { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    rest = rest[token.endIndex...]
    return String(Substring(token))
  }
}
