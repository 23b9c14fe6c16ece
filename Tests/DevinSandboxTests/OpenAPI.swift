import DevinSandbox
import Foundation
import Yams

/// The API's description, and a validator for the part of JSON Schema that it uses.
struct OpenAPI: Sendable {
  let document: JSONValue

  /// What reads, and what writes.
  static let shared = Result { OpenAPI(document: try read("openapi.yaml").merged(with: read("writes-openapi.yaml"))) }

  private static func read(_ name: String) throws -> JSONValue {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/\(name)")
    return value(try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)))
  }

  private static func value(_ any: Any?) -> JSONValue {
    switch any {
    case let value as Bool: .bool(value)
    case let value as Int: .int(value)
    case let value as Double: .double(value)
    case let value as String: .string(value)
    case let value as [Any]: .array(value.map { Self.value($0) })
    case let value as [AnyHashable: Any]:
      .object(
        Dictionary(value.map { ("\($0.key)", Self.value($0.value)) }, uniquingKeysWith: { $1 }))
    default: .null
    }
  }

  /// The operations of a method, by path template.
  func operations(_ method: String = "GET") -> [String: JSONValue] {
    guard case .object(let paths) = document["paths"] else { return [:] }
    return paths.compactMapValues { $0[method.lowercased()] }
  }

  /// Errors in the body of an answer; empty: it conforms.
  func problems(_ body: JSONValue, _ method: String = "GET", template: String, status: Int) -> [String] {
    guard let operation = operations(method)[template] else { return ["\(method) \(template) is not described"] }
    let responses = operation["responses"]
    var response = responses?[String(status)] ?? (status < 400 ? nil : responses?["default"])
    if let reference = response?["$ref"]?.string { response = resolve(reference) }
    guard let content = response?["content"], case .object(let types) = content,
      let schema = types.values.first?["schema"]
    else { return ["\(template) has no schema for \(status)"] }
    return problems(body, schema, "\(status) \(template): $")
  }

  func problems(_ value: JSONValue, _ schema: JSONValue, _ path: String) -> [String] {
    if let reference = schema["$ref"]?.string {
      guard let target = resolve(reference) else { return ["\(path): \(reference) leads nowhere"] }
      return problems(value, target, path)
    }
    var found: [String] = []
    if let type = schema["type"] {
      let types = type.list ?? [type]
      guard types.contains(where: { value.isOf(type: $0.string ?? "") }) else {
        return ["\(path): \(value) is not of type \(types.compactMap(\.string))"]
      }
    }
    if let values = schema["enum"]?.list, !values.contains(value) {
      found.append("\(path): \(value) is none of \(values)")
    }
    if let constant = schema["const"], constant != value {
      found.append("\(path): \(value) is not \(constant)")
    }
    if let minimum = schema["minimum"]?.number, let number = value.number, number < minimum {
      found.append("\(path): \(number) is below \(minimum)")
    }
    if let maximum = schema["maximum"]?.number, let number = value.number, number > maximum {
      found.append("\(path): \(number) is above \(maximum)")
    }
    if let choices = schema["oneOf"]?.list {
      let fitting = choices.filter { problems(value, $0, path).isEmpty }.count
      if fitting != 1 { found.append("\(path): \(value) fits \(fitting) of oneOf") }
    }
    if let choices = schema["anyOf"]?.list,
      !choices.contains(where: { problems(value, $0, path).isEmpty })
    {
      found.append("\(path): \(value) fits none of anyOf")
    }
    if case .object(let members) = value {
      for name in schema["required"]?.list?.compactMap(\.string) ?? [] where members[name] == nil {
        found.append("\(path): \(name) is missing")
      }
      for (name, member) in members {
        if let inner = schema["properties"]?[name] {
          found += problems(member, inner, "\(path).\(name)")
        } else if let inner = schema["additionalProperties"], case .object = inner {
          found += problems(member, inner, "\(path).\(name)")
        }
      }
    }
    if let elements = value.list, let inner = schema["items"] {
      for (index, element) in elements.enumerated() {
        found += problems(element, inner, "\(path)[\(index)]")
      }
    }
    return found
  }

  private func resolve(_ reference: String) -> JSONValue? {
    reference.split(separator: "/").dropFirst().reduce(document as JSONValue?) { $0?[String($1)] }
  }
}

extension JSONValue {
  /// The members of two descriptions in one; of what both have, the first one's.
  fileprivate func merged(with other: JSONValue) -> JSONValue {
    guard case .object(let own) = self, case .object(let further) = other else { return self }
    return .object(own.merging(further) { $0.merged(with: $1) })
  }

  fileprivate func isOf(type: String) -> Bool {
    switch self {
    case .null: type == "null"
    case .bool: type == "boolean"
    case .int: type == "integer" || type == "number"
    case .double: type == "number"
    case .string: type == "string"
    case .array: type == "array"
    case .object: type == "object"
    }
  }
}
