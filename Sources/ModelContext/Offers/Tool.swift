/// A tool that a client can call. All tools of this server only read.
package struct Tool: Hashable, Sendable {
  package let name: String
  /// For people.
  package let title: String
  /// For the model: what it does, when to use it, what it returns.
  package let description: String
  package let parameters: [ToolParameter]
  /// The schema of the structured result; nil: it has no fixed shape.
  package let output: JSON?

  package init(name: String, title: String, description: String, parameters: [ToolParameter], output: JSON? = nil) {
    self.name = name
    self.title = title
    self.description = description
    self.parameters = parameters
    self.output = output
  }

  package var json: JSON {
    [
      "name": .text(name), "title": .text(title), "description": .text(description), "inputSchema": input,
      "outputSchema": output,
      "annotations": [
        "title": .text(title), "readOnlyHint": true, "destructiveHint": false, "idempotentHint": true, "openWorldHint": false,
      ],
    ]
  }

  private var input: JSON {
    let required = parameters.filter(\.isRequired).map { JSON.text($0.name) }
    return [
      "type": "object", "properties": .object(parameters.reduce(into: [:]) { $0[$1.name] = $1.schema }),
      "required": required.isEmpty ? nil : .list(required), "additionalProperties": false,
    ]
  }
}

/// A parameter of a tool: its schema and the check of arguments are derived from this.
package struct ToolParameter: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// Not empty, with at most this many characters.
    case text(longest: Int)
    case choice([String])
    /// Some of these.
    case choices([String])
    case integer(ClosedRange<Int64>)
    case truth
  }

  package let name: String
  package let kind: Kind
  package let description: String
  package let isRequired: Bool
  /// The default, for the schema.
  package let standard: JSON?

  package init(_ name: String, _ kind: Kind, _ description: String, isRequired: Bool = false, standard: JSON? = nil) {
    self.name = name
    self.kind = kind
    self.description = description
    self.isRequired = isRequired
    self.standard = standard
  }

  var schema: JSON {
    var schema: JSONObject =
      switch kind {
      case .text(let longest): ["type": "string", "minLength": 1, "maxLength": .integer(Int64(longest))]
      case .choice(let names): ["type": "string", "enum": .list(names.map(JSON.text))]
      case .choices(let names):
        ["type": "array", "items": ["type": "string", "enum": .list(names.map(JSON.text))], "minItems": 1]
      case .integer(let range):
        ["type": "integer", "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound)]
      case .truth: ["type": "boolean"]
      }
    schema["description"] = .text(description)
    schema["default"] = standard
    return .object(schema)
  }
}
