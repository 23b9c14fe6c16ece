/// The contents of attachments, stored as files beside the mirror. They are only read if named: `default` and `all` do not include them.
public enum FileContents {
  /// Their name on the command line and in settings, and the name of their table.
  package static let name = "files"
  /// One line for people.
  package static let summary = "contents of the attachments of sessions, stored as files beside the mirror"

  /// The settings that limit them, for people.
  package static let limitsText = "settings `file_limit` and `files_limit`"

  /// The path that redirects to the location of a content.
  package static let path: PathTemplate = "/v3/organizations/{org_id}/attachments/{uuid}/{name}"
  /// The required permission, according to the documentation.
  package static let permission = "ViewOrgSessions"

  /// The limits for stored contents.
  public struct Limits: Hashable, Sendable {
    /// The maximum size of one file in bytes.
    public var file: Int
    /// The maximum size of all files together in bytes; equal contents count once.
    public var total: Int

    /// - Parameters:
    ///   - file: the maximum size of one file in bytes.
    ///   - total: the maximum size of all files together in bytes.
    public init(file: Int = 50_000_000, total: Int = 2_000_000_000) {
      self.file = file
      self.total = total
    }
  }

  /// The media type of an image that a browser shows without running code, according to the first bytes and not to the server.
  /// SVG is excluded, since it can contain scripts.
  /// - Returns: nil: it is none of these types.
  package static func imageType(of start: some Collection<UInt8>) -> String? {
    let bytes = Array(start.prefix(12))
    func begins(_ expected: [UInt8], at place: Int = 0) -> Bool { bytes.dropFirst(place).starts(with: expected) }
    if begins([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) { return "image/png" }
    if begins([0xff, 0xd8, 0xff]) { return "image/jpeg" }
    if begins(Array("GIF87a".utf8)) || begins(Array("GIF89a".utf8)) { return "image/gif" }
    if begins(Array("RIFF".utf8)), begins(Array("WEBP".utf8), at: 8) { return "image/webp" }
    return nil
  }
}
