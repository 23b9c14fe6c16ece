/// What a value in a request's body must be.
indirect enum Form: Sendable {
  case any
  /// A text of so many characters.
  case text(ClosedRange<Int> = 0...Int.max)
  /// A text that a regular expression fits.
  case pattern(String)
  case flag
  case integer(ClosedRange<Int>)
  /// One of several words.
  case choice(String)
  case list(Form, ClosedRange<Int> = 0...Int.max)
  case object(Body)
  /// An object whose member `type` says which.
  case union([String: Body])
  /// An object of at most `most` members of any name up to a length.
  case map(Form, most: Int, nameLength: Int)
  /// A JSON Schema: complete in itself, of at most 64 KB.
  case schema
  case orNull(Form)

  var orNull: Form { .orNull(self) }

  /// The same where the stored actions supply what those of a request leave out.
  var partial: Form {
    switch self {
    case .list(let form, let count): .list(form.partial, count)
    case .union(let bodies):
      .union(bodies.mapValues { Body($0.members.map { $0.with { $0.isRequired = $0.name == "type" } }, isClosed: true) })
    default: self
    }
  }

  /// A value that fits, with the defaults of what its objects leave out.
  func filled(_ value: JSONValue) -> JSONValue {
    switch (self, value) {
    case (.orNull(let form), _): value == .null ? .null : form.filled(value)
    case (.list(let form, _), .array(let elements)): .array(elements.map(form.filled))
    case (.object(let body), .object(let object)): .object(body.filled(object))
    case (.union(let bodies), .object(let object)):
      .object(object["type"]?.text.flatMap { bodies[$0] }?.filled(object) ?? object)
    default: value
    }
  }

  /// What is wrong with a value; empty: it fits.
  ///
  /// - Parameter place: where it is in the request.
  func flaws(_ value: JSONValue, at place: [JSONValue]) -> [Flaw] {
    func flaw(_ type: String, _ message: String) -> [Flaw] { [Flaw(place, message, type: type, input: value)] }
    switch self {
    case .any: return []
    case .orNull(let form): return value == .null ? [] : form.flaws(value, at: place)
    case .text(let length):
      guard let text = value.text else { return flaw("string_type", "Input should be a valid string") }
      if text.count < length.lowerBound {
        return flaw("string_too_short", "String should have at least \(length.lowerBound) characters")
      }
      return text.count > length.upperBound
        ? flaw("string_too_long", "String should have at most \(length.upperBound) characters") : []
    case .pattern(let pattern):
      guard let text = value.text else { return flaw("string_type", "Input should be a valid string") }
      let fits = try? Regex(pattern).wholeMatch(in: text)
      return fits != nil ? [] : flaw("string_pattern_mismatch", "String should match pattern '\(pattern)'")
    case .flag: return value.flag == nil ? flaw("bool_type", "Input should be a valid boolean") : []
    case .integer(let range):
      guard let number = value.integer else { return flaw("int_type", "Input should be a valid integer") }
      return range.flaw(of: number).map { flaw($0.type, $0.message) } ?? []
    case .choice(let words):
      let choices = words.split(separator: " ").map(String.init)
      let listed = choices.map { "'\($0)'" }.joined(separator: ", ")
      return value.text.map(choices.contains) == true ? [] : flaw("literal_error", "Input should be one of \(listed)")
    case .list(let form, let count):
      guard case .array(let elements) = value else { return flaw("list_type", "Input should be a valid list") }
      if elements.count < count.lowerBound {
        return flaw("too_short", "List should have at least \(count.lowerBound) items")
      }
      if elements.count > count.upperBound { return flaw("too_long", "List should have at most \(count.upperBound) items") }
      return elements.enumerated().flatMap { form.flaws($1, at: place + [.int($0)]) }
    case .object(let body): return body.flaws(value, at: place)
    case .union(let bodies):
      guard let object = value.members else { return flaw("dict_type", "Input should be a valid dictionary") }
      guard let body = object["type"]?.text.flatMap({ bodies[$0] }) else {
        let known = bodies.keys.sorted().map { "'\($0)'" }.joined(separator: ", ")
        return flaw("union_tag_invalid", "The member 'type' should be one of \(known)")
      }
      return body.flaws(value, at: place)
    case .map(let form, let most, let nameLength):
      guard let object = value.members else { return flaw("dict_type", "Input should be a valid dictionary") }
      if object.count > most { return flaw("too_long", "Dictionary should have at most \(most) items") }
      if object.keys.contains(where: { $0.count > nameLength }) {
        return flaw("string_too_long", "Names should have at most \(nameLength) characters")
      }
      return object.sorted { $0.key < $1.key }.flatMap { form.flaws($1, at: place + [.string($0)]) }
    case .schema:
      guard case .object = value else { return flaw("dict_type", "Input should be a valid dictionary") }
      if let size = try? JSONBytes.encode(value).count, size > 65_536 {
        return flaw("value_error", "The schema should have at most 64 KB")
      }
      return value.isSelfContained ? [] : flaw("value_error", "The schema should refer to nothing outside")
    }
  }
}

extension JSONValue {
  /// Whether every `$ref` leads to the document itself.
  fileprivate var isSelfContained: Bool {
    switch self {
    case .object(let members):
      members.allSatisfy { name, value in name != "$ref" || value.text?.hasPrefix("#") != false }
        && members.values.allSatisfy(\.isSelfContained)
    case .array(let elements): elements.allSatisfy(\.isSelfContained)
    default: true
    }
  }
}

/// Why a value is refused, as the API tells it.
struct Flaw: Sendable, Hashable {
  /// Where the value is: `body` or `query`, then names and positions.
  let place: [JSONValue]
  let message: String
  let type: String
  let input: JSONValue

  init(_ place: [JSONValue], _ message: String, type: String = "value_error", input: JSONValue) {
    (self.place, self.message, self.type, self.input) = (place, message, type, input)
  }

  /// The message behind the name of the member.
  var sentence: String {
    let names = place.dropFirst().map { $0.text ?? $0.integer.map { String($0) } ?? "" }
    return names.isEmpty ? message : "\(names.joined(separator: ".")): \(message)"
  }

  var json: JSONValue { ["loc": .array(place), "msg": .string(message), "type": .string(type), "input": input] }
}
