/// A page of a list before it is sent: its rows are encoded already, the members around them are added at the end.
struct Page: Sendable {
  var resource: SandboxResource
  /// The name of the list; nil: the answer is only the list.
  var member: String? = "items"
  var rows: [[UInt8]]
  /// JSON that a fault sends instead of the list; empty: the member is omitted.
  var replacement: String?
  /// The members after the list.
  var rest: JSONObject = [:]
  /// The cursor after the last row, whether or not it is sent.
  var nextCursor: PageCursor?

  /// Sets a member if the page has one of this name.
  mutating func set(_ name: String, _ value: JSONValue) { if rest[name] != nil { rest[name] = value } }

  /// The body as sent.
  func rendered() throws -> [UInt8] {
    guard let member else { return replacement == "" ? Array("null".utf8) : list }
    let name = replacement == "" ? [] : Array("\"\(member)\":".utf8) + list + (rest.isEmpty ? [] : [UInt8(ascii: ",")])
    return [UInt8(ascii: "{")] + name + (try JSONBytes.encode(rest).dropFirst())
  }

  private var list: [UInt8] {
    if let replacement { return Array(replacement.utf8) }
    var bytes = [UInt8(ascii: "[")]
    bytes.reserveCapacity(rows.reduce(256) { $0 + $1.count + 1 })
    for row in rows {
      if bytes.count > 1 { bytes.append(UInt8(ascii: ",")) }
      bytes.append(contentsOf: row)
    }
    bytes.append(UInt8(ascii: "]"))
    return bytes
  }
}
