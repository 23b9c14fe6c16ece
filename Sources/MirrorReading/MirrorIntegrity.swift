import DevinModel
import MirrorStore

/// What a mirror's file says about itself, without the server.
public struct MirrorIntegrity: Hashable, Sendable {
  /// Each a sentence; empty: the file is sound, its computed columns are what the rows say, its lists account for its rows.
  public let findings: [String]
  /// What is wrong with the full-text indexes, each a sentence. `maintain` rebuilds such an index.
  public let indexFindings: [String]
  /// Derived tables that are not what the rows say, each a sentence. `maintain` rebuilds them.
  public let derivedFindings: [String]
  /// Contents of attachments whose files are missing or hold something else, each a sentence. `verify --repair` has them read again.
  public let fileFindings: [String]
  /// What is kept of the contents of attachments; nil: they were never asked for.
  public let files: KeptFiles?
  /// Lists and spans that the file itself knows not to have read, of what is asked for.
  public let notRead: [MirrorCompleteness.Shortfall]

  /// - Parameters:
  ///   - database: path of the mirror's file.
  ///   - names: resources that count; nil: those in `asked`, as far as the newest run that named none asked for them.
  ///   - asked: nil: all.
  /// - Throws: `MirrorError` when there is no mirror at this path, or it cannot be read.
  public init(database: String, of names: Set<String>? = nil, asked: Set<String>? = nil) async throws {
    do {
      let store = try MirrorStore(path: database, .read)
      findings = try await store.findings(in: Catalogue.all.map { ($0.table, $0.findsDeletions && $0.parents == nil) })
      indexFindings = findings.isEmpty ? try await store.indexFindings() : []
      derivedFindings = findings.isEmpty ? try await store.derivedFindings(of: Catalogue.all.map(\.table.name)) : []
      fileFindings = findings.isEmpty ? try await store.fileFindings() : []
      files = findings.isEmpty ? try await KeptFiles(in: store) : nil
      // What a damaged file says about itself is worth nothing.
      let health = findings.isEmpty ? try await store.health() : []
      notRead = MirrorCompleteness(health, names: names, asked: asked ?? Set(Catalogue.all.map(\.name))).notRead
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }
}
