import Foundation

/// JSON as the bytes that are sent. Members are sorted by name, so that the same
/// value has the same bytes in every process.
enum JSONBytes {
  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  static func encode(_ value: some Encodable) throws -> [UInt8] { [UInt8](try encoder.encode(value)) }

  static func decodeObject(_ bytes: [UInt8]) throws -> [String: JSONValue] {
    try JSONDecoder().decode([String: JSONValue].self, from: Data(bytes))
  }

  /// Combines the members of two objects: `{"a":1}` and `{"b":2}` become `{"a":1,"b":2}`. Neither may
  /// be empty, and no member may be in both.
  static func joinObjects(_ first: [UInt8], _ second: [UInt8]) -> [UInt8] {
    var joined: [UInt8] = []
    joined.reserveCapacity(first.count + second.count)
    joined.append(contentsOf: first.dropLast())
    joined.append(UInt8(ascii: ","))
    joined.append(contentsOf: second.dropFirst())
    return joined
  }
}
