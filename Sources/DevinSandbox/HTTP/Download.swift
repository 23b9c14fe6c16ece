/// A presigned address: whoever knows it may read one text for ten minutes, without a key.
struct Download {
  let resource: SandboxResource
  let id: String
  /// Unix seconds.
  let expiry: Int

  init(_ resource: SandboxResource, _ id: String, expiry: Int) {
    (self.resource, self.id, self.expiry) = (resource, id, expiry)
  }

  /// - Throws: a `Refusal` for an address that was invented, altered, or has expired.
  init(_ target: Target, now: Int) throws(Refusal) {
    let query = QueryItems(target.rawQuery)
    guard target.parts.count == 3, let resource = SandboxResource(rawValue: target.parts[1]) else { throw .notFound("Path") }
    self.init(resource, target.parts[2], expiry: try query.integer("expires") ?? 0)
    guard query["signature"] == signature, expiry > now else {
      throw .forbidden("Request has expired or its signature does not match")
    }
  }

  var target: String { "/_downloads/\(resource.rawValue)/\(id)?expires=\(expiry)&signature=\(signature)" }

  private var signature: String { RandomStream.mix("\(resource.rawValue)/\(id)/\(expiry)".utf8, from: 0x516).hexadecimal }

  /// The content of a generated attachment: a beginning that matches the type in its name, followed by bytes computed from its id.
  static func attachment(id: String, name: String) -> [UInt8] {
    let start: [UInt8] =
      switch name.split(separator: ".").last {
      case "png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
      case "jpg", "jpeg": [0xff, 0xd8, 0xff, 0xe0]
      case "pdf": Array("%PDF-1.7\n".utf8)
      default: Array("\(name)\n".utf8)
      }
    let seed = RandomStream.mix(id.utf8, from: 0xa77)
    return start + (0..<Int(seed % 4_096)).map { UInt8(truncatingIfNeeded: RandomStream.mix(seed &+ UInt64($0))) }
  }
}
