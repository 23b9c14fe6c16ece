package import DevinModel
package import Foundation
package import MirrorStore

/// A folder for one test with a path for a database; it is removed with this object.
package final class TemporaryMirror: Sendable {
  private let place: TemporaryFolder
  package var folder: URL { place.url }
  /// The path of the database, which does not exist yet.
  package let path: String

  package init(_ name: String = "devin.db") throws {
    place = try TemporaryFolder()
    path = place.url.appendingPathComponent(name).path
  }

  /// - Parameter below: the child lists of its tables' rows.
  package func open(_ access: MirrorStore.Access = .write, below: [ChildLists] = []) throws -> MirrorStore {
    try MirrorStore(path: path, access, below: below)
  }

  /// Updates what is derived from the rows, after a test has inserted rows directly.
  package func derive() async throws {
    let store = try open()
    _ = try await store.repairDerived(of: Catalogue.all.map(\.table.name))
    try store.close()
  }

  /// The names in the folder, sorted.
  package func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }

  /// The bytes of every file of the folder, by name: the database, its log, its lock.
  package func files() throws -> [String: Data] {
    try names().reduce(into: [:]) { $0[$1] = try Data(contentsOf: folder.appendingPathComponent($1)) }
  }

  /// Permission bits of a file of the folder.
  package func mode(of name: String) throws -> Int {
    let attributes = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
    return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
  }
}
