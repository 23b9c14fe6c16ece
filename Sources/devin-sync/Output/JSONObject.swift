/// One JSON object with the members of several values. Of a member that several of them have, the last one counts.
struct JSONObject: Encodable {
  private let parts: [any Encodable]

  init(_ parts: any Encodable..., adding members: JSONMembers = [:]) { self.parts = parts + [members] }

  func encode(to encoder: any Encoder) throws {
    for part in parts { try part.encode(to: encoder) }
  }
}

/// Members that only this command adds to what the library reports, such as an exit status or advice.
struct JSONMembers: Encodable, ExpressibleByDictionaryLiteral {
  private let members: [(name: String, value: (any Encodable)?)]

  /// - Parameter elements: names in snake case, and values; a member without a value is left out.
  init(dictionaryLiteral elements: (String, (any Encodable)?)...) { members = elements.map { (name: $0, value: $1) } }
  init(_ elements: (String, (any Encodable)?)...) { members = elements.map { (name: $0, value: $1) } }

  private struct Name: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Name.self)
    for case (let name, let value?) in members { try container.encode(value, forKey: Name(stringValue: name)) }
  }
}
