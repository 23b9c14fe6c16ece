extension Organization {
  /// Some of the objects of a resource that are not deleted, one JSON line each, with exactly the bytes that the API
  /// sends. A message or an attachment is wrapped as `{"session_id":"…","object":{…}}`.
  ///
  /// - Parameter position: 0 in the first call, then the result of the previous call.
  /// - Returns: `next` is nil at the end.
  func lines(_ resource: SandboxResource, from position: Int) -> (bytes: [UInt8], next: Int?) {
    var bytes: [UInt8] = []
    var position = position
    switch resource {
    case .credential: return (credential + [Self.lineBreak], nil)
    case .sessions, .sessionInsights, .sessionMessages, .sessionAttachments:
      while position < sessions.count, bytes.count < Self.chunk {
        if !sessions[position].isDeleted { appendLines(resource, sessions[position], to: &bytes) }
        position += 1
      }
      return (bytes, position < sessions.count ? position : nil)
    default: return ([], nil)
    }
  }

  /// Number of bytes after which a chunk is sent.
  private static let chunk = 256 * 1_024
  private static let lineBreak = UInt8(ascii: "\n")

  private func appendLines(_ resource: SandboxResource, _ record: SessionRecord, to bytes: inout [UInt8]) {
    func append(_ object: [UInt8]) {
      bytes.append(contentsOf: "{\"session_id\":\"\(record.id)\",\"object\":".utf8)
      bytes.append(contentsOf: object)
      bytes.append(contentsOf: "}\n".utf8)
    }
    switch resource {
    case .sessionMessages:
      for number in 0..<record.thread.end where record.thread.isAlive(number) {
        append(record.thread.bytes(number, session: record.id, texts: texts))
      }
    case .sessionAttachments: for row in record.attachments.rows { append(row.bytes) }
    default:
      bytes.append(contentsOf: resource == .sessions ? record.bytes : record.insights)
      bytes.append(Self.lineBreak)
    }
  }
}
