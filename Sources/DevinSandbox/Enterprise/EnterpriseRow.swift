typealias JSONObject = [String: JSONValue]

/// An object of any kind except sessions and their parts, with the values that come from its list.
struct EnterpriseRow: Sendable {
  let resource: SandboxResource
  /// Values, such as its owner, that are not in the object itself.
  var scope: JSONObject
  /// As sent.
  var object: JSONObject { didSet { encoded = nil } }
  /// The encoded object, if it was encoded before it was cached.
  private var encoded: [UInt8]?
  /// Its position in list order, which never changes.
  var ordinal = 0

  init(_ resource: SandboxResource, _ object: JSONObject) { self.init(resource, [:], object) }

  init(_ resource: SandboxResource, _ scope: JSONObject, _ object: JSONObject) {
    self.resource = resource
    self.scope = scope
    self.object = object
  }

  /// The original id, if an edit changed the key.
  private var keptID: String?

  /// Keeps the current id, even if the key changes.
  mutating func keepID() { keptID = id }

  /// The values of its key columns, joined with slashes; a missing one is empty.
  var id: String {
    if let keptID { return keptID }
    return resource.keyColumns.map { column in
      switch self[column] {
      case .string(let text): text
      case .int(let number): String(number)
      default: ""
      }
    }.joined(separator: "/")
  }

  var organization: String? { self["org_id"]?.text }

  /// Whether the enterprise shares it with all organizations.
  var isShared: Bool { object["access_type"] == "enterprise" }

  /// Unix seconds.
  var createdAt: Int { object["created_at"]?.integer ?? 0 }

  /// The position in a cursor after this row.
  var position: PageCursor.Position { resource.isNewestFirst ? .newest(createdAt: createdAt, id: id) : .ordinal(ordinal) }

  subscript(column: String) -> JSONValue? {
    column == resource.key ? keptID.map(JSONValue.string) ?? object[column] : scope[column] ?? object[column]
  }

  /// The object as sent; a row that is only a text is sent as that text.
  func bytes() throws -> [UInt8] {
    if let encoded { return encoded }
    return resource.isText
      ? try JSONBytes.encode(object[resource.key ?? ""] ?? nil) : try JSONBytes.encode(object)
  }

  /// Caches the encoded object.
  mutating func encode() throws { encoded = try bytes() }

  /// A line of the dump, without the line break.
  func line() throws -> [UInt8] {
    guard !resource.scopeColumns.isEmpty else {
      guard resource == .organizationGroups, let name = scope["group_name"] else { return try JSONBytes.encode(object) }
      // The service lists groups by name; a mirror keeps the name as the last member.
      let (members, last) = (try JSONBytes.encode(object), try JSONBytes.encode(["group_name": name]))
      return Array(members.dropLast()) + Array(",".utf8) + Array(last.dropFirst())
    }
    let columns = Dictionary(uniqueKeysWithValues: resource.scopeColumns.map { ($0, scope[$0] ?? .null) })
    return Array("{\"scope\":".utf8) + (try JSONBytes.encode(columns)) + Array(",\"object\":".utf8)
      + (try JSONBytes.encode(object))
      + [UInt8(ascii: "}")]
  }
}
