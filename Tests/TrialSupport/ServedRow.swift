internal import Foundation

/// A line of the sandbox's dump: an object, and the values from its list.
struct ServedRow {
  var scope: [String: String] = [:]
  let object: String

  init(_ line: String) {
    guard let place = line.range(of: ",\"object\":"), line.hasPrefix("{\"scope\":") || line.hasPrefix("{\"session_id\":\"") else {
      object = line
      return
    }
    // A session itself also begins with its id, but contains no object.
    object = String(line[place.upperBound...].dropLast())
    let head = try? JSONSerialization.jsonObject(with: Data((line[..<place.lowerBound] + "}").utf8)) as? [String: Any]
    let values = head?["scope"] as? [String: Any] ?? head ?? [:]
    scope = values.compactMapValues { $0 is NSNull ? nil : "\($0)" }
  }

  func line(_ columns: [String]) -> String { columns.map { "\(scope[$0] ?? "") " }.joined() + object }

  /// A member of the object, as text.
  func member(_ name: String) -> String? {
    let object = try? JSONSerialization.jsonObject(with: Data(object.utf8)) as? [String: Any]
    return object?[name].map { "\($0)" }
  }
}
