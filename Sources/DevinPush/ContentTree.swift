import Files
import Foundation

/// The files that somebody asks to push. Whoever contributes to the folder, as to a repository, may have put anything there: no link below it
/// is followed, and nothing is read that is larger than an object of Devin's.
package struct ContentTree: Sendable {
  /// Of a file, in bytes.
  static let fileLimit = 16 << 20
  private static let depthLimit = 64
  private static let countLimit = 100_000

  /// One folder that was exported into, or that has folders such as `notes`.
  package struct Root: Sendable {
    /// Absolute.
    let path: String
    /// Nil: no export wrote here.
    let manifest: ContentManifest?
    /// Paths below it that were asked for; empty text: all of it.
    var asked: [String] = []

    /// Whether a path below it was asked for.
    func asks(for path: String) -> Bool { asked.contains { $0.isEmpty || path == $0 || path.hasPrefix($0 + "/") } }
  }

  package struct Item: Sendable {
    /// Below the root.
    let place: String
    let root: String
    let file: ContentFile
  }

  private(set) var roots: [Root] = []
  /// In the order of their paths.
  private(set) var items: [Item] = []
  /// Ids of all files of the roots, also of those that were not asked for; only where deletions are.
  private(set) var knownKeys: Set<String> = []
  /// Files from which nothing can be read.
  package private(set) var problems: [FileProblem] = []

  /// - Parameters:
  ///   - paths: files and folders, as a user writes them.
  ///   - findsMissing: whether to read all files of the roots, so that it is known which objects have none any more.
  package init(_ paths: [String], findsMissing: Bool) {
    for path in paths { note(path) }
    for root in roots { read(root, findsMissing: findsMissing) }
    items.sort { ($0.root, $0.place) < ($1.root, $1.place) }
    demandEachKeyOnce()
  }

  // MARK: - Roots

  private mutating func note(_ path: String) {
    let full = URL(fileURLWithPath: path).standardizedFileURL.path
    guard let facts = FileFacts(at: full), facts.kind == .file || facts.kind == .folder else {
      return problems.append(
        FileProblem(path, FileFacts(at: full) == nil ? "there is no such file or folder" : "it is neither a file nor a folder"))
    }
    do {
      let (root, manifest) = try Self.root(of: full, isFolder: facts.kind == .folder)
      let place = full == root ? "" : String(full.dropFirst(root == "/" ? 1 : root.count + 1))
      if let index = roots.firstIndex(where: { $0.path == root }) {
        roots[index].asked.append(place)
      } else {
        roots.append(Root(path: root, manifest: manifest, asked: [place]))
      }
    } catch let problem as FileProblem {
      problems.append(problem)
    } catch {
      problems.append(FileProblem(path, "\((error as? FileError)?.why ?? "\(error)")"))
    }
  }

  /// The folder that was exported into: the nearest one with a manifest. Without one, the folder above `notes` and the like.
  private static func root(of path: String, isFolder: Bool) throws -> (String, ContentManifest?) {
    var folder = URL(fileURLWithPath: path)
    if !isFolder { folder.deleteLastPathComponent() }
    let start = folder
    while true {
      if FileFacts(at: folder.path + "/" + ContentManifest.name) != nil {
        return (folder.path, try ContentManifest.read(in: Folder(folder.path)))
      }
      guard folder.path != "/" else { break }
      folder.deleteLastPathComponent()
    }
    let parts = start.path.split(separator: "/").map(String.init)
    guard let first = parts.lastIndex(where: { ContentKind(rawValue: $0) != nil }) else { return (start.path, nil) }
    return ("/" + parts[..<first].joined(separator: "/"), nil)
  }

  // MARK: - Files

  private mutating func read(_ root: Root, findsMissing: Bool) {
    do {
      let top = try Folder(root.path)
      for kind in ContentKind.allCases {
        let isAsked =
          findsMissing || root.asked.contains { $0.isEmpty || $0 == kind.rawValue || $0.hasPrefix(kind.rawValue + "/") }
        guard isAsked, let facts = top.facts(kind.rawValue) else { continue }
        let place = "\(root.path)/\(kind.rawValue)"
        guard facts.kind == .folder else {
          problems.append(
            FileProblem(Self.shown(place), "it is \(facts.kind == .link ? "a link, and none is followed" : "no folder")"))
          continue
        }
        try walk(try top.folder(kind.rawValue), kind.rawValue, kind, root, findsMissing, depth: 0)
      }
    } catch {
      problems.append(FileProblem(Self.shown(error.path), error.why))
    }
    for place in root.asked where !place.isEmpty && ContentKind(rawValue: String(place.prefix { $0 != "/" })) == nil {
      problems.append(
        FileProblem(
          Self.shown("\(root.path)/\(place)"),
          "it is not below a folder called \(ContentKind.allCases.map(\.rawValue).joined(separator: ", "))"))
    }
  }

  private mutating func walk(
    _ folder: Folder, _ path: String, _ kind: ContentKind, _ root: Root, _ findsMissing: Bool, depth: Int
  ) throws(FileError) {
    guard depth < Self.depthLimit else { throw FileError(folder.path, .system(ELOOP)) }
    for name in try folder.names().sorted() where !name.hasPrefix(".") {
      let place = "\(path)/\(name)"
      let isAsked = root.asks(for: place)
      // A folder on the way to what was asked for.
      let isAbove = root.asked.contains { $0.hasPrefix(place + "/") }
      guard isAsked || isAbove || findsMissing, let facts = folder.facts(name) else { continue }
      switch facts.kind {
      case .folder: try walk(try folder.folder(name), place, kind, root, findsMissing, depth: depth + 1)
      case .file where name.hasSuffix(kind.ending) || (kind.bodyMember == nil && name.hasSuffix(".yml")):
        read(name, in: folder, place, kind, root, isAsked: isAsked)
      case .link:
        problems.append(FileProblem(Self.shown("\(root.path)/\(place)"), "it is a symbolic link, and none is followed"))
      default:
        if root.asked.contains(place) {
          problems.append(
            FileProblem(Self.shown("\(root.path)/\(place)"), "\(kind.rawValue) are files that end in \(kind.ending)"))
        }
      }
    }
  }

  private mutating func read(_ name: String, in folder: Folder, _ place: String, _ kind: ContentKind, _ root: Root, isAsked: Bool)
  {
    let shown = Self.shown("\(root.path)/\(place)")
    do {
      guard items.count < Self.countLimit else { throw FileProblem(shown, "there are more than \(Self.countLimit) files") }
      let data = try folder.open(name, .reading).read(limit: Self.fileLimit)
      guard let text = String(validating: data, as: UTF8.self) else { throw FileProblem(shown, "it is not UTF-8") }
      let file = try ContentFile(text, kind: kind, path: shown)
      if let key = file.key { knownKeys.insert(Self.mark(kind, key)) }
      if isAsked { items.append(Item(place: place, root: root.path, file: file)) }
    } catch let problem as FileProblem {
      problems.append(problem)
    } catch {
      problems.append(FileProblem(shown, (error as? FileError)?.why ?? "\(error)"))
    }
  }

  private mutating func demandEachKeyOnce() {
    var seen: [String: String] = [:]
    for item in items {
      guard let key = item.file.key else { continue }
      let mark = Self.mark(item.file.kind, key)
      if let other = seen[mark] {
        problems.append(FileProblem(item.file.path, "\(other) has the same \(item.file.kind.keyMember)"))
      }
      seen[mark] = item.file.path
    }
  }

  /// What the manifests say was exported and no file has any more, of what was asked for.
  func missing() -> [(root: String, place: String, kind: ContentKind, entry: ContentManifest.Entry)] {
    roots.flatMap { root in
      (root.manifest?.content ?? [:]).sorted { $0.key < $1.key }.compactMap { place, entry in
        guard let kind = ContentKind(named: entry.resource), root.asks(for: place),
          !knownKeys.contains(Self.mark(kind, entry.key))
        else { return nil }
        return (root.path, place, kind, entry)
      }
    }
  }

  private static func mark(_ kind: ContentKind, _ key: String) -> String { "\(kind.rawValue) \(key)" }

  /// Where a file is, whatever the working directory; nil: there is none.
  static func absolute(_ root: String, _ place: String) -> String? { root.isEmpty ? nil : "\(root)/\(place)" }

  /// As a user in the working directory would write it.
  static func shown(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath
    return path.hasPrefix(here + "/") ? String(path.dropFirst(here.count + 1)) : path
  }
}
