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

  static func decodeObject(_ bytes: [UInt8]) throws -> JSONObject {
    try JSONDecoder().decode(JSONObject.self, from: Data(bytes))
  }
}
