package import DevinModel
package import Foundation
package import MirrorStore

/// A folder of one test's own with room for a database; it disappears with this object.
package final class TemporaryMirror: Sendable {
  package let folder: URL
  /// Of the database, which nobody has created yet.
  package let path: String

  package init(_ name: String = "devin.db") throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("devin-sync-test-\(UUID().uuidString)")
    path = folder.appendingPathComponent(name).path
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// - Parameter below: the lists that stand below the rows of its tables.
  package func open(_ access: MirrorStore.Access = .write, below: [ListsBelow] = []) throws -> MirrorStore {
    try MirrorStore(path: path, access, below: below)
  }

  /// Brings what is derived from the rows up to date, after a test has put rows there by hand.
  package func derive() async throws {
    let store = try open()
    _ = try await store.mendDerived(of: Catalogue.all.map(\.table.name))
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
