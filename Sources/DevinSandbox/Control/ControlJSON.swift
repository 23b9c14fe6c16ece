import Foundation

/// The JSON of the control plane, whose members are named in snake case.
enum ControlJSON {
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return [UInt8](try encoder.encode(value))
  }

  /// - Parameter defaults: members that an object, or each object of a list, may leave out.
  static func decode<Value: Decodable>(_ type: Value.Type, _ body: [UInt8], defaults: JSONObject = [:]) throws -> Value {
    func completed(_ value: JSONValue) -> JSONValue {
      switch value {
      case .object(let members): .object(defaults.merging(members) { $1 })
      case .array(let elements): .array(elements.map(completed))
      default: value
      }
    }
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(
      type, from: Data(JSONBytes.encode(completed(JSONDecoder().decode(JSONValue.self, from: Data(body))))))
  }
}
