/// A JSON value. Members of an object keep their order, so that the output has the order in which the code defines them.
package enum JSON: Hashable, Sendable {
  case null
  case truth(Bool)
  case integer(Int64)
  case number(Double)
  case text(String)
  case list([JSON])
  case object(JSONObject)

  package var text: String? {
    if case .text(let text) = self { text } else { nil }
  }

  package var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  package var list: [JSON]? {
    if case .list(let list) = self { list } else { nil }
  }

  package var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  package var truth: Bool? {
    if case .truth(let truth) = self { truth } else { nil }
  }
}

/// The members of a JSON object, in order. Names are unique.
package struct JSONObject: Hashable, Sendable {
  package struct Member: Hashable, Sendable {
    package let name: String
    package var value: JSON
  }

  package private(set) var members: [Member] = []

  package init() {}

  /// - Returns: nil: there is no such member. Setting nil removes a member; a new name is added at the end.
  package subscript(name: String) -> JSON? {
    get { members.first { $0.name == name }?.value }
    set {
      guard let index = members.firstIndex(where: { $0.name == name }) else {
        if let newValue { members.append(Member(name: name, value: newValue)) }
        return
      }
      if let newValue { members[index].value = newValue } else { members.remove(at: index) }
    }
  }

  package var names: [String] { members.map(\.name) }

  /// Adds the members of another object after its own; if both have a member, the other's value is used.
  package func merging(_ other: JSONObject) -> JSONObject {
    other.members.reduce(into: self) { $0[$1.name] = $1.value }
  }
}

/// Members whose value is nil are left out.
extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral members: (String, JSON?)...) {
    for (name, value) in members { self[name] = value }
  }
}

extension JSON: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .truth(value) }
  package init(arrayLiteral elements: JSON...) { self = .list(elements) }
  package init(dictionaryLiteral elements: (String, JSON?)...) {
    self = .object(elements.reduce(into: JSONObject()) { $0[$1.0] = $1.1 })
  }
}
