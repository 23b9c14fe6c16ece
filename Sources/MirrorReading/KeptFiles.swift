import DevinModel
package import MirrorStore

/// Figures about the contents of attachments: how many are stored in the mirror, and how many are not.
public struct KeptFiles: Hashable, Encodable, Sendable {
  /// Attachments that are not deleted.
  public let attachments: Int
  /// Attachments whose content is stored.
  public let kept: Int
  /// Attachments whose content is still to be read, or was never requested.
  public let wanted: Int
  /// Attachments whose content is larger than `file_limit`.
  public let tooLarge: Int
  /// Attachments whose content would exceed `files_limit`.
  public let overTotal: Int
  /// Attachments whose content was not acceptable, or was refused.
  public let refused: Int
  /// Attachments whose content the server does not have.
  public let missing: Int
  /// Deleted attachments whose content is still stored.
  public let ofDeleted: Int
  /// Distinct contents, each of which is stored once.
  public let contents: Int
  /// Their size in bytes.
  public let bytes: Int

  package init(_ figures: ContentFigures) {
    let count = { (state: FileState) in figures.counts[state] ?? 0 }
    attachments = figures.counts.values.reduce(0, +) + figures.notAskedFor
    kept = count(.kept)
    wanted = count(.wanted) + figures.notAskedFor
    tooLarge = count(.tooLarge)
    overTotal = count(.overTotal)
    refused = count(.refused)
    missing = count(.missing)
    ofDeleted = figures.ofDeleted
    contents = figures.contents
    bytes = figures.bytes
  }

  /// - Returns: nil: contents were never requested.
  package init?(in store: MirrorStore, of organizations: [String]? = nil) async throws {
    guard let figures = try await store.contentFigures(of: organizations) else { return nil }
    self.init(figures)
  }

  /// `4,950 of 5,000 kept (4,001 contents, 312.4 MB); not kept: 40 larger than file_limit, 10 to be read`.
  public var summary: String {
    let others = [
      (wanted, "to be read"), (refused, "refused"), (tooLarge, "larger than file_limit"),
      (overTotal, "beyond files_limit"), (missing, "not on the server"),
    ].filter { $0.0 > 0 }.map { "\($0.0.grouped) \($0.1)" }
    let size = contents == 1 ? "1 content, \(bytes.inBytes)" : "\(contents.grouped) contents, \(bytes.inBytes)"
    return "\(kept.grouped) of \(attachments.grouped) kept (\(size))"
      + (ofDeleted > 0 ? ", and \(ofDeleted.grouped) of deleted attachments" : "")
      + (others.isEmpty ? "" : "; not kept: \(others.joined(separator: ", "))")
  }
}
