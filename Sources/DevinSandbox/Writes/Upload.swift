/// A file that was uploaded, to be sent along with a message.
struct Upload: Sendable {
  let id: String
  let name: String
  let content: [UInt8]

  var url: String { "https://app.devin.ai/attachments/\(id)/" + name.replacing(" ", with: "%20") }

  /// As it is answered.
  var object: JSONObject { ["attachment_id": .string(id), "name": .string(name), "url": .string(url)] }

  /// The file of a form, RFC 7578.
  ///
  /// - Throws: a `Refusal` where there is none.
  init(_ request: APIRequest, id: String) throws(Refusal) {
    guard let body = request.body else { throw .tooLarge }
    let missing = Refusal.invalidBody([Flaw(["body", "file"], "Field required", type: "missing", input: .null)])
    guard let type = request.contentType, type.lowercased().hasPrefix("multipart/form-data"),
      let boundary = Self.parameter("boundary", of: type)
    else { throw missing }
    for part in Self.parts(body, boundary: boundary) {
      guard let end = part.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
      let lines = String(decoding: part[..<end.lowerBound], as: UTF8.self).split(whereSeparator: \.isNewline)
      guard let head = lines.first(where: { $0.lowercased().hasPrefix("content-disposition:") }),
        Self.parameter("name", of: head) == "file", let name = Self.parameter("filename", of: head), !name.isEmpty
      else { continue }
      (self.id, self.name, content) = (id, name, Array(part[end.upperBound...]))
      return
    }
    throw missing
  }

  /// What stands between the lines of a boundary.
  private static func parts(_ body: [UInt8], boundary: String) -> [ArraySlice<UInt8>] {
    let line = Array("--\(boundary)".utf8)
    var parts: [ArraySlice<UInt8>] = []
    var rest = body[...]
    var isInside = false
    while let range = rest.firstRange(of: line) {
      if isInside { parts.append(rest[..<range.lowerBound].dropLast(2)) }
      rest = rest[range.upperBound...]
      if rest.starts(with: "--".utf8) { break }
      rest = rest.dropFirst(2)
      isInside = true
    }
    return parts
  }

  /// A parameter of a header, with quotation marks or without.
  private static func parameter(_ name: String, of header: some StringProtocol) -> String? {
    let header = String(header)
    guard let found = try? Regex("[;\\s]\(name)=(?:\"([^\"]*)\"|([^;\\s]+))").firstMatch(in: header) else { return nil }
    return (found.output[1].substring ?? found.output[2].substring).map(String.init)
  }
}
