import DevinSync
import Foundation

/// A folder of Markdown files that are ours to write and to remove, perhaps among others that are not.
struct KnowledgeFolder {
  private let folder: URL
  private var manifest: URL { folder.appendingPathComponent(".devin-sync.json") }

  private struct Manifest: Codable {
    var files: [String]
  }

  struct Result: Hashable {
    var written = 0
    var removed = 0
    var unchanged = 0
  }

  init(_ path: String) { folder = URL(fileURLWithPath: path, isDirectory: true) }

  /// - Throws: `Failure` (73, 74) when the folder cannot be made or written; what was written before stays.
  func write(_ documents: [KnowledgeDocument]) throws -> Result {
    let files = FileManager.default
    do {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(.cannotCreate, "the folder \(folder.path) cannot be made: \(error.localizedDescription)")
    }
    let old = try known()
    var result = Result()
    do {
      let paths = Set(documents.map(\.path))
      // What may be there is listed before it is written, so that an export that was cut off leaves nothing unknown behind.
      try list(old.union(paths))
      for document in documents {
        let place = folder.appendingPathComponent(document.path)
        let data = Data(document.markdown.utf8)
        if (try? Data(contentsOf: place)) == data {
          result.unchanged += 1
          continue
        }
        try files.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
        try data.write(to: place, options: .atomic)
        result.written += 1
      }
      for path in old.subtracting(paths) where try remove(path) { result.removed += 1 }
      try list(paths)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(.databaseFailed, "writing to \(folder.path) failed: \(error.localizedDescription)")
    }
    return result
  }

  private func known() throws -> Set<String> {
    guard let data = try? Data(contentsOf: manifest) else { return [] }
    guard let manifest = try? JSONDecoder().decode(Manifest.self, from: data) else {
      throw Failure(
        .databaseFailed, "\(self.manifest.path) is not what an export writes. Nothing was changed; remove it to begin anew.")
    }
    // Nothing outside of our two folders is ever ours.
    return Set(
      manifest.files.filter { path in
        KnowledgeDocument.Kind.allCases.contains { path.hasPrefix("\($0.rawValue)/") }
          && !path.split(separator: "/").contains("..")
      })
  }

  private func list(_ paths: Set<String>) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(Manifest(files: paths.sorted())) + Data("\n".utf8)
    if (try? Data(contentsOf: manifest)) != data { try data.write(to: manifest, options: .atomic) }
  }

  /// Removes a file, and the folders above it that it leaves empty.
  private func remove(_ path: String) throws -> Bool {
    let files = FileManager.default
    var place = folder.appendingPathComponent(path)
    guard files.fileExists(atPath: place.path) else { return false }
    try files.removeItem(at: place)
    for _ in path.split(separator: "/").dropFirst() {
      place.deleteLastPathComponent()
      guard try files.contentsOfDirectory(atPath: place.path).isEmpty else { break }
      try files.removeItem(at: place)
    }
    return true
  }
}
