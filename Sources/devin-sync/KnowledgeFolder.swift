import DevinSync
import Files
import Foundation

/// A folder of Markdown files that are ours to write and to remove, perhaps among others that are not. Whoever contributes to it, as to a
/// repository, may have put anything there: no link below it is followed, and only what is proved to be ours is removed.
struct KnowledgeFolder {
  private let path: String
  private let folder: Folder

  private static let manifest = ".devin-sync.json"
  /// In bytes.
  private static let manifestLimit = 1 << 26

  private struct Manifest: Codable {
    var files: [String]
  }

  struct Result: Hashable {
    var written = 0
    var removed = 0
    var unchanged = 0
    /// Listed as ours, and not what an export writes; sorted.
    var leftAlone: [String] = []
  }

  /// Makes the folder where it is missing.
  /// - Throws: `Failure` (73).
  init(_ path: String) throws {
    self.path = path
    do throws(FileTrouble) {
      folder = try Folder(path, making: 0o777)
    } catch {
      throw Failure(.cannotCreate, "the folder \(error.path) cannot be made or opened: \(error.why).")
    }
  }

  /// - Throws: `Failure` (74); what was written before stays.
  func write(_ documents: [KnowledgeDocument]) throws -> Result {
    do {
      let old = try known()
      var result = Result()
      let paths = Set(documents.map(\.path))
      // What may be there is listed before it is written, so that an export that was cut off leaves nothing unknown behind.
      try list(old.union(paths))
      for document in documents {
        let (place, name) = try place(document.path, making: 0o777)
        let data = Data(document.markdown.utf8)
        if try holds(data, name, in: place) {
          result.unchanged += 1
        } else {
          try place.replace(name, with: data, mode: nil)
          result.written += 1
        }
      }
      for path in old.subtracting(paths).sorted() {
        switch try remove(path) {
        case .removed: result.removed += 1
        case .notOurs: result.leftAlone.append(path)
        case .missing: break
        }
      }
      try list(paths)
      return result
    } catch let trouble as FileTrouble {
      throw Failure(
        .databaseFailed, "the export into \(path) stopped at \(trouble). Nothing behind a link was touched.")
    }
  }

  // MARK: - The list of what is ours

  private func known() throws -> Set<String> {
    let data: Data
    do throws(FileTrouble) {
      data = try folder.open(Self.manifest, .reading).read(limit: Self.manifestLimit)
    } catch {
      guard error.reason == .missing else { throw error }
      return []
    }
    guard let manifest = try? JSONDecoder().decodeBounded(Manifest.self, from: data) else {
      throw Failure(
        .databaseFailed,
        "\(path)/\(Self.manifest) is not what an export writes. Nothing was changed; remove it to start again.")
    }
    return Set(manifest.files)
  }

  private func list(_ paths: Set<String>) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let data = try encoder.encode(Manifest(files: paths.sorted())) + Data("\n".utf8)
    if try !holds(data, Self.manifest, in: folder) { try folder.replace(Self.manifest, with: data, mode: nil) }
  }

  // MARK: - Files

  private enum Removal {
    case removed, missing, notOurs
  }

  /// Removes a file that an export wrote, and the folders above it that it leaves empty. Whatever else the list names stays.
  private func remove(_ path: String) throws(FileTrouble) -> Removal {
    guard let kind = Self.kind(of: path) else { return .notOurs }
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let name = parts.removeLast()
    var folders = [folder]
    do throws(FileTrouble) {
      for part in parts { folders.append(try folders[folders.count - 1].folder(part)) }
      let file = try folders[folders.count - 1].open(name, .reading)
      guard try file.begins(with: Data(kind.beginning.utf8)) else { return .notOurs }
    } catch {
      switch error.reason {
      case .missing: return .missing
      case .system(ENAMETOOLONG): return .notOurs
      case .link, .wrongKind: return .notOurs
      default: throw error
      }
    }
    try folders[folders.count - 1].remove(name)
    for (above, part) in zip(folders.dropLast(), parts).reversed() where try !above.removeEmptyFolder(part) { break }
    return .removed
  }

  /// Whose path it could be; nil: no export writes there.
  static func kind(of path: String) -> KnowledgeDocument.Kind? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count > 1, path.hasSuffix(".md"), !parts.contains(where: { $0.isEmpty || $0.hasPrefix(".") }),
      !path.utf8.contains(0)
    else { return nil }
    return KnowledgeDocument.Kind(rawValue: String(parts[0]))
  }

  /// The folder of a document, and its name there.
  private func place(_ path: String, making mode: mode_t) throws(FileTrouble) -> (Folder, String) {
    var place = folder
    var parts = path.split(separator: "/").map(String.init)
    let name = parts.removeLast()
    for part in parts { place = try place.folder(part, making: mode) }
    return (place, name)
  }

  /// Whether a file is there and holds exactly this.
  private func holds(_ data: Data, _ name: String, in folder: Folder) throws(FileTrouble) -> Bool {
    do throws(FileTrouble) {
      return try folder.open(name, .reading).read(limit: data.count) == data
    } catch {
      switch error.reason {
      case .missing, .tooLarge: return false
      default: throw error
      }
    }
  }
}
