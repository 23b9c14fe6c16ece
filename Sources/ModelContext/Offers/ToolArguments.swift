import DevinModel

/// The arguments that a client gave to a tool, checked against the tool's parameters.
package struct ToolArguments: Hashable, Sendable {
  private let values: JSONObject

  /// Null counts as missing: many clients send null for arguments that they leave out.
  /// - Throws: what is wrong, and how to correct it.
  package init(_ given: JSONObject, for tool: Tool) throws(ToolMistake) {
    var values = JSONObject()
    for member in given.members where member.value != .null {
      guard let parameter = tool.parameters.first(where: { $0.name == member.name }) else {
        let names = tool.parameters.map(\.name)
        let near = names.nearest(to: member.name).map { " Did you mean `\($0)`?" } ?? ""
        throw ToolMistake("`\(tool.name)` has no argument `\(member.name)`.\(near) It takes: \(names.joined(separator: ", ")).")
      }
      if let objection = parameter.objection(to: member.value) {
        throw ToolMistake("The argument `\(member.name)` \(objection).")
      }
      values[member.name] = member.value
    }
    if let missing = tool.parameters.first(where: { $0.isRequired && values[$0.name] == nil }) {
      throw ToolMistake("The argument `\(missing.name)` is missing. \(missing.description)")
    }
    self.values = values
  }

  package func text(_ name: String) -> String? { values[name]?.text }
  package func integer(_ name: String) -> Int64? { values[name]?.integer }
  package func isTrue(_ name: String) -> Bool { values[name]?.truth ?? false }
  package func texts(_ name: String) -> [String]? { values[name]?.list?.compactMap(\.text) }
}

/// A caller's mistake, and what to do instead. The model reads it and tries again.
package struct ToolMistake: Error, Hashable, Sendable {
  /// One or more sentences.
  package let advice: String

  package init(_ advice: String) { self.advice = advice }
}

extension ToolParameter {
  /// Why a value is not allowed, as the predicate of a sentence; nil: it is allowed.
  fileprivate func objection(to value: JSON) -> String? {
    switch kind {
    case .text(let longest):
      guard let text = value.text else { return "must be a text" }
      if text.allSatisfy(\.isWhitespace) { return "must not be empty" }
      return text.unicodeScalars.count > longest ? "must have at most \(longest) characters" : nil
    case .choice(let names):
      guard let text = value.text, names.contains(text) else { return Self.objection(value, names) }
      return nil
    case .choices(let names):
      guard let values = value.list, !values.isEmpty else { return "must be a list of some of: \(names.joined(separator: ", "))" }
      return values.first { !names.contains($0.text ?? "") }.map { Self.objection($0, names) }
    case .integer(let range):
      guard let number = value.integer, range.contains(number) else {
        return "must be a whole number from \(range.lowerBound) to \(range.upperBound)"
      }
      return nil
    case .truth: return value.truth == nil ? "must be true or false" : nil
    }
  }

  private static func objection(_ value: JSON, _ names: [String]) -> String {
    let near = value.text.flatMap { names.nearest(to: $0) }.map { "; did you mean `\($0)`?" } ?? ""
    return "must be one of: \(names.joined(separator: ", "))\(near)"
  }
}
