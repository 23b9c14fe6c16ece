/// A presigned address: whoever knows it may read one text for ten minutes, without a key.
struct Download {
  let resource: SandboxResource
  let id: String
  /// Unix seconds.
  let expiry: Int

  init(_ resource: SandboxResource, _ id: String, expiry: Int) {
    self.resource = resource
    self.id = id
    self.expiry = expiry
  }

  /// - Throws: a `Refusal` for an address that was invented, altered, or has expired.
  init(_ target: Target, now: Int) throws {
    let query = QueryItems(target.rawQuery)
    guard target.parts.count == 3, let resource = SandboxResource(rawValue: target.parts[1]) else {
      throw Refusal.notFound("Path")
    }
    self.init(resource, target.parts[2], expiry: try query.integer("expires") ?? 0)
    guard query["signature"] == signature, expiry > now else { throw Refusal.badSignature }
  }

  var target: String { "/_downloads/\(resource.rawValue)/\(id)?expires=\(expiry)&signature=\(signature)" }

  private var signature: String {
    Hexadecimal.text("\(resource.rawValue)/\(id)/\(expiry)".utf8.reduce(UInt64(0x516)) { RandomStream.mix($0 ^ UInt64($1)) })
  }
}
