import Foundation

extension Attachment {
  /// The file of a form, RFC 7578.
  ///
  /// - Throws: a `Refusal` where there is none.
  init(uploadedBy request: APIRequest, id: String) throws(Refusal) {
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
      self.init(
        id: id, object: ["attachment_id": .string(id), "name": .string(name), "url": Self.url(name, of: id)],
        content: Array(part[end.upperBound...]))
      return
    }
    throw missing
  }

  /// The bytes between the lines of a boundary.
  private static func parts(_ body: [UInt8], boundary: String) -> [ArraySlice<UInt8>] {
    let pieces = body.split(separator: Array("--\(boundary)".utf8), omittingEmptySubsequences: false)
    // After the last boundary there are two hyphens; around each part there are line breaks.
    return pieces.dropFirst().prefix { !$0.starts(with: "--".utf8) }.map { $0.dropFirst(2).dropLast(2) }
  }

  /// A parameter of a header, with quotation marks or without.
  private static func parameter(_ name: String, of header: some StringProtocol) -> String? {
    let header = String(header)
    guard let found = try? Regex("[;\\s]\(name)=(?:\"([^\"]*)\"|([^;\\s]+))").firstMatch(in: header) else { return nil }
    return (found.output[1].substring ?? found.output[2].substring).map(String.init)
  }
}
