import DevinModel
package import Files
import MirrorStore

/// An attachment of a session, and the state of its content.
public struct SessionFile: Hashable, Sendable, Encodable {
  /// The API's `attachment_id`.
  public let id: String
  /// The name that its author or a server gave it, which is no path; nil: it has none.
  public let name: String?
  /// devin, user, or a value added later; nil: unknown.
  public let source: String?
  /// State of its content: `kept`, `wanted`, `too_large`, `over_total`, `refused`, `missing`, or `not asked for`.
  public let state: String
  /// Size of its content in bytes; nil: unknown.
  public let byteCount: Int64?
  /// The image type according to its first bytes, such as `image/png`; nil: unknown, or the content is not stored.
  public let type: String?
  /// SHA-256 of the content, in hexadecimal digits; nil: it is not stored.
  public let sha256: String?
  /// Why it is not stored; nil: it is, or was not requested.
  public let reason: String?

  /// The maximum number of attachments per session.
  private static let most = 500

  /// Attachments of a session that are not deleted, as they are listed.
  static func all(of session: String, in reader: MirrorReader) async throws -> [SessionFile] {
    try await reader.answer(
      """
      SELECT f.attachment_id, f.name, f.source, f.state, f.byte_count, f.type, f.sha256, f.reason
      FROM attachment_files AS f WHERE f.session_id = :session ORDER BY f.name, f.attachment_id LIMIT \(most)
      """, ["session": .text(session)]
    ).rows.map(SessionFile.init)
  }

  private init(_ row: [MirrorValue]) {
    id = row[0].text ?? ""
    name = row[1].text
    source = row[2].text
    state = row[3].text ?? ""
    byteCount = row[4].integer
    type = row[5].text
    sha256 = row[6].text
    reason = row[7].text
  }

  /// `12.3 kB`, or why the content is not stored.
  public var summary: String {
    if state == FileState.kept.rawValue { return byteCount.map { Int($0).inBytes } ?? "kept" }
    return "not kept: " + (reason ?? (state == FileState.wanted.rawValue ? "still to be read" : state))
  }
}

/// A stored content, open for reading. Its name and type come from the mirror's row and from its own first bytes, and never from
/// the request.
package struct OpenContent: Sendable {
  package let file: OpenFile
  package let byteCount: Int
  /// The type of an image that a browser can show without running anything; nil: any other type.
  package let imageType: String?
  /// As its author or a server wrote it.
  package let name: String

  /// - Throws: `MirrorError`; `.noSuchRow` if the mirror does not have the attachment, or not its content.
  package init(of attachment: String, session: String, in reader: MirrorReader) async throws {
    let rows = try await reader.answer(
      """
      SELECT f.sha256, a.name FROM files AS f JOIN session_attachments AS a USING (session_id, attachment_id)
      WHERE f.session_id = :session AND f.attachment_id = :attachment AND f.state = 'kept'
      """, ["session": .text(session), "attachment": .text(attachment)]
    ).rows
    guard let row = rows.first, let hash = row[0].text else { throw MirrorError.noSuchRow(FileContents.name, attachment) }
    do throws(FileError) {
      guard let folder = try ContentFolder.existing(beside: reader.store.path) else {
        throw FileError(ContentFolder.path(beside: reader.store.path), .missing)
      }
      let start = try folder.open(hash).start(12)
      file = try folder.open(hash)
      imageType = FileContents.imageType(of: start)
    } catch {
      throw MirrorError.unusableFile(.other, "\(error)")
    }
    byteCount = file.facts.bytes
    name = row[1].text ?? attachment
  }
}
