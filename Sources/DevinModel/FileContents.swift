/// The contents of attachments, which are kept as files beside the mirror. They are read by name alone: neither `default` nor `all` means them.
public enum FileContents {
  /// What the command line and the settings call them, and the name of their table.
  public static let name = "files"
  /// One line for people.
  public static let summary = "contents of the attachments of sessions, kept as files beside the mirror"

  /// The settings that bound them, for people.
  public static let limitsInWords = "settings `file_limit` and `files_limit`"

  /// Where the API tells where a content is.
  package static let path: PathTemplate = "/v3/organizations/{org_id}/attachments/{uuid}/{name}"
  /// The permission that the documentation names.
  package static let permission = "ViewOrgSessions"

  /// How much is kept.
  public struct Limits: Hashable, Sendable {
    /// The most bytes of one file.
    public var file: Int
    /// The most bytes of all files together; equal contents count once.
    public var total: Int

    /// - Parameters:
    ///   - file: the most bytes of one file.
    ///   - total: the most bytes of all files together.
    public init(file: Int = 50_000_000, total: Int = 2_000_000_000) {
      self.file = file
      self.total = total
    }
  }

  /// Media types that a browser shows as a picture and cannot run, by the first bytes of a content, whatever a server calls it.
  /// SVG is none of them: it can hold a program.
  /// - Returns: nil: it is none of these.
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
