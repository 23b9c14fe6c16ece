typealias JSONObject = [String: JSONValue]

/// An object of any kind but sessions and what hangs on them, and what the list that it is in says about it.
struct EnterpriseRow: Sendable {
  let resource: SandboxResource
  /// Whose it is, where the object does not say so.
  var scope: JSONObject
  /// As sent.
  var object: JSONObject { didSet { encoded = nil } }
  /// The object's bytes, where they were asked for before it was kept.
  private var encoded: [UInt8]?
  /// Its place among the rows as they are listed; kept for life.
  var ordinal = 0

  init(_ resource: SandboxResource, _ object: JSONObject) { self.init(resource, [:], object) }

  init(_ resource: SandboxResource, _ scope: JSONObject, _ object: JSONObject) {
    self.resource = resource
    self.scope = scope
    self.object = object
  }

  /// What it is found by, where an edit changed its key.
  private var keptID: String?

  /// Lets it be found by the same id whatever becomes of its key.
  mutating func keepID() { keptID = id }

  /// The values of its key columns, joined by slashes; an absent one is empty.
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

  /// What a cursor behind it names.
  var position: PageCursor.Position { resource.isNewestFirst ? .session(createdAt: createdAt, id: id) : .ordinal(ordinal) }

  subscript(column: String) -> JSONValue? {
    column == resource.key ? keptID.map(JSONValue.string) ?? object[column] : scope[column] ?? object[column]
  }

  /// The object as sent; a row of texts is its only text.
  func bytes() throws -> [UInt8] {
    if let encoded { return encoded }
    return resource.declaration.isText
      ? try JSONBytes.encode(object[resource.key ?? ""] ?? nil) : try JSONBytes.encode(object)
  }

  /// Keeps the bytes.
  mutating func encode() throws { encoded = try bytes() }

  /// A line of the dump, without its end.
  func line() throws -> [UInt8] {
    var bytes = try JSONBytes.encode(object)
    if resource == .organizationGroups, let name = scope["group_name"] {
      bytes = JSONBytes.joinObjects(bytes, try JSONBytes.encode(["group_name": name]))
    }
    guard !resource.scopeColumns.isEmpty else { return bytes }
    let columns = Dictionary(uniqueKeysWithValues: resource.scopeColumns.map { ($0, scope[$0] ?? .null) })
    return Array("{\"scope\":".utf8) + (try JSONBytes.encode(columns)) + Array(",\"object\":".utf8) + bytes + [UInt8(ascii: "}")]
  }
}
