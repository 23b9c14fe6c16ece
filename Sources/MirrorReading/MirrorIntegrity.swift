import DevinModel
import MirrorStore

/// The result of checking a mirror's file, without the server.
public struct MirrorIntegrity: Hashable, Sendable {
  /// Path of the mirror's file.
  public let database: String
  /// Each is a sentence; empty: the file is undamaged, its computed columns match the rows, and its lists include all of its rows.
  public let findings: [String]
  /// What is wrong with the full-text indexes, each a sentence. `maintain` rebuilds such an index.
  public let indexFindings: [String]
  /// Derived tables that do not match the rows, each a sentence. `maintain` rebuilds them.
  public let derivedFindings: [String]
  /// Contents of attachments whose files are missing or differ, each a sentence. `verify --repair` has them read again.
  public let fileFindings: [String]
  /// The stored contents of attachments; nil: they were never requested.
  public let files: KeptFiles?
  /// Requested lists and spans that are not read yet, according to the file.
  public let notRead: [MirrorCompleteness.Shortfall]

  /// - Parameters:
  ///   - database: path of the mirror's file.
  ///   - names: resources that count; nil: those in `asked` that the newest run without named resources requested.
  ///   - asked: nil: all.
  /// - Throws: `MirrorError` when there is no mirror at this path, or it cannot be read.
  public init(database: String, of names: Set<String>? = nil, asked: Set<String>? = nil) async throws {
    self.database = database
    do {
      let store = try MirrorStore(path: database, .read)
      findings = try await store.findings(in: Catalogue.all.map { ($0.table, $0.findsDeletions && $0.parents == nil) })
      indexFindings = findings.isEmpty ? try await store.indexFindings() : []
      derivedFindings = findings.isEmpty ? try await store.derivedFindings(of: Catalogue.all.map(\.table.name)) : []
      fileFindings = findings.isEmpty ? try await store.fileFindings() : []
      files = findings.isEmpty ? try await KeptFiles(in: store) : nil
      // The bookkeeping in a damaged file is unreliable.
      let health = findings.isEmpty ? try await store.health() : []
      notRead = MirrorCompleteness(health, names: names, asked: asked ?? Set(Catalogue.all.map(\.name))).notRead
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }
}

extension MirrorIntegrity: Encodable {
  /// Everything that is wrong with the file and the contents beside it, each a sentence; empty: nothing.
  package var allFindings: [String] { findings + derivedFindings + indexFindings + fileFindings }

  private enum CodingKeys: String, CodingKey {
    case database, findings, notRead, files
  }

  /// With all findings in one list.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(database, forKey: .database)
    try members.encode(allFindings, forKey: .findings)
    try members.encode(notRead, forKey: .notRead)
    try members.encodeIfPresent(files, forKey: .files)
  }
}
