import DevinPush
import DevinSync
import Files
import Foundation

/// A folder of exported files that are ours to write and to remove, perhaps among others that are not. Whoever contributes to it, as to a
/// repository, may have put anything there: no link below it is followed, and only what is proved to be ours is removed.
struct ExportFolder {
  private let path: String
  private let folder: Folder
  /// With which a file at a path begins if an export wrote it; nil: none writes there.
  private let beginning: (String) -> String?

  struct File: Hashable {
    /// Below the folder.
    let path: String
    let text: String
  }

  struct Result: Hashable {
    var written = 0
    var removed = 0
    var unchanged = 0
    /// Listed as ours, and not what an export writes; sorted.
    var leftAlone: [String] = []
    /// Edited since they were written, in their order.
    var edited: [String] = []
  }

  /// Makes the folder where it is missing.
  /// - Throws: `Failure` (73).
  init(_ path: String, beginning: @escaping (String) -> String?) throws {
    self.path = path
    self.beginning = beginning
    do throws(FileError) {
      folder = try Folder(path, making: 0o777)
    } catch {
      throw Failure(.cannotCreate, "the folder \(error.path) cannot be created or opened: \(error.why).")
    }
  }

  /// - Parameters:
  ///   - content: what the files are made from; nil: they cannot be pushed.
  ///   - isEdited: whether a file, given its path and text, says something that nothing else does, so that it stays as it is.
  /// - Throws: `Failure` (74); what was written before stays.
  func write(
    _ files: [File], content: [String: ContentManifest.Entry]? = nil, isEdited: (String, String) -> Bool = { _, _ in false }
  ) throws -> Result {
    do {
      let before = try manifest()
      let old = Set(before?.files ?? [])
      var content = content
      var result = Result()
      let paths = Set(files.map(\.path))
      // What may be there is listed before it is written, so that an export that was cut off leaves nothing unknown behind.
      try list(old.union(paths), before?.content)
      for file in files {
        let (place, name) = try place(file.path, making: 0o777)
        let data = Data(file.text.utf8)
        if try holds(data, name, in: place) {
          result.unchanged += 1
        } else if let text = try text(name, in: place), isEdited(file.path, text) {
          result.edited.append(file.path)
          content?[file.path] = before?.content?[file.path]
        } else {
          try place.replace(name, with: data, mode: nil)
          result.written += 1
        }
      }
      for path in old.subtracting(paths).sorted() {
        switch try remove(path, isEdited: isEdited) {
        case .removed: result.removed += 1
        case .edited: result.edited.append(path)
        case .notOurs: result.leftAlone.append(path)
        case .missing: break
        }
      }
      try list(paths, content)
      return result
    } catch let trouble as FileError {
      throw Failure(
        .databaseFailed, "the export into \(path) stopped at \(trouble). Nothing behind a link was touched.")
    }
  }

  // MARK: - The list of what is ours

  private func manifest() throws -> ContentManifest? {
    do {
      return try ContentManifest.read(in: folder)
    } catch let problem as FileProblem {
      throw Failure(.databaseFailed, "\(problem.message). Nothing was changed. To start again, remove it.")
    }
  }

  private func list(_ paths: Set<String>, _ content: [String: ContentManifest.Entry]? = nil) throws {
    let data = try ContentManifest(files: paths.sorted(), content: content).data
    if try !holds(data, ContentManifest.name, in: folder) { try folder.replace(ContentManifest.name, with: data, mode: nil) }
  }

  // MARK: - Files

  private enum Removal {
    case removed, missing, notOurs, edited
  }

  /// Removes a file that an export wrote, and the folders above it that it leaves empty. Whatever else the list names stays.
  private func remove(_ path: String, isEdited: (String, String) -> Bool) throws(FileError) -> Removal {
    guard let beginning = beginning(path) else { return .notOurs }
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let name = parts.removeLast()
    var folders = [folder]
    do throws(FileError) {
      for part in parts { folders.append(try folders[folders.count - 1].folder(part)) }
      let file = try folders[folders.count - 1].open(name, .reading)
      guard try file.begins(with: Data(beginning.utf8)) else { return .notOurs }
    } catch {
      switch error.reason {
      case .missing: return .missing
      case .system(ENAMETOOLONG): return .notOurs
      case .link, .wrongKind: return .notOurs
      default: throw error
      }
    }
    if let text = try text(name, in: folders[folders.count - 1]), isEdited(path, text) { return .edited }
    try folders[folders.count - 1].remove(name)
    for (above, part) in zip(folders.dropLast(), parts).reversed() where try !above.removeEmptyFolder(part) { break }
    return .removed
  }

  /// The folder of a file, and its name there.
  private func place(_ path: String, making mode: mode_t) throws(FileError) -> (Folder, String) {
    var place = folder
    var parts = path.split(separator: "/").map(String.init)
    let name = parts.removeLast()
    for part in parts { place = try place.folder(part, making: mode) }
    return (place, name)
  }

  /// Whether a file is there and holds exactly this.
  private func holds(_ data: Data, _ name: String, in folder: Folder) throws(FileError) -> Bool {
    do throws(FileError) {
      return try folder.open(name, .reading).read(limit: data.count) == data
    } catch {
      switch error.reason {
      case .missing, .tooLarge: return false
      default: throw error
      }
    }
  }

  /// What a file holds; nil: it is missing, or larger than any export writes.
  private func text(_ name: String, in folder: Folder) throws(FileError) -> String? {
    do throws(FileError) {
      return String(decoding: try folder.open(name, .reading).read(limit: 1 << 26), as: UTF8.self)
    } catch {
      switch error.reason {
      case .missing, .tooLarge: return nil
      default: throw error
      }
    }
  }
}
