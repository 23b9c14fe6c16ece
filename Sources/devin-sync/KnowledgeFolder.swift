import DevinSync
import Files
import Foundation

/// A folder with Markdown files that an export writes and removes, possibly among other files. Other people may contribute to it, as to a
/// repository, so it may contain anything: links in it are never followed, and only files proven to be from an export are removed.
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
    /// Files on the list that are not from an export; sorted.
    var leftAlone: [String] = []
  }

  /// Creates the folder if it is missing.
  /// - Throws: `Failure` (73).
  init(_ path: String) throws {
    self.path = path
    do throws(FileTrouble) {
      folder = try Folder(path, making: 0o777)
    } catch {
      throw Failure(.cannotCreate, "the folder \(error.path) cannot be made or opened: \(error.why).")
    }
  }

  /// - Throws: `Failure` (74); files that were already written are kept.
  func write(_ documents: [KnowledgeDocument]) throws -> Result {
    do {
      let old = try known()
      var result = Result()
      let paths = Set(documents.map(\.path))
      // Files are listed before they are written, so that an interrupted export leaves no files that are not on the list.
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

  // MARK: - The list of exported files

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

  /// Removes a file that an export wrote, and folders above it that are then empty. Other files on the list are kept.
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

  /// The kind of document that this path could belong to; nil: no export writes there.
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

  /// Whether a file exists and contains exactly this.
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
