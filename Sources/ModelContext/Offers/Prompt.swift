/// A prompt that a person can choose in a client.
package struct Prompt: Hashable, Sendable {
  package struct Argument: Hashable, Sendable {
    package let name: String
    package let description: String
    package let isRequired: Bool

    package init(name: String, description: String, isRequired: Bool) {
      self.name = name
      self.description = description
      self.isRequired = isRequired
    }
  }

  package let name: String
  package let title: String
  package let description: String
  package let arguments: [Argument]
  private let text: @Sendable ([String: String]) -> String

  /// - Parameter text: returns the text for the model, given the arguments by name.
  package init(
    name: String, title: String, description: String, arguments: [Argument],
    text: @escaping @Sendable ([String: String]) -> String
  ) {
    self.name = name
    self.title = title
    self.description = description
    self.arguments = arguments
    self.text = text
  }

  package static func == (left: Prompt, right: Prompt) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }

  var json: JSON {
    [
      "name": .text(name), "title": .text(title), "description": .text(description),
      "arguments": .list(
        arguments.map {
          ["name": .text($0.name), "description": .text($0.description), "required": .truth($0.isRequired)]
        }),
    ]
  }

  /// - Throws: `.invalidParameters` when an argument is missing, is not a text, or is not one of the prompt's.
  func result(_ given: JSONObject) throws(ProtocolError) -> JSONObject {
    var values: [String: String] = [:]
    for member in given.members {
      guard arguments.contains(where: { $0.name == member.name }), let text = member.value.text else {
        throw .invalidParameters("The prompt `\(name)` takes no argument `\(member.name)` of this kind")
      }
      values[member.name] = text
    }
    if let missing = arguments.first(where: { $0.isRequired && values[$0.name]?.contains { !$0.isWhitespace } != true }) {
      throw .invalidParameters("The prompt `\(name)` needs the argument `\(missing.name)`")
    }
    return [
      "description": .text(description),
      "messages": [["role": "user", "content": ["type": "text", "text": .text(text(values))]]],
    ]
  }
}
