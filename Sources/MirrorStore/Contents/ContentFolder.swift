import DevinModel
package import Files
import Foundation

/// The folder beside a mirror with the contents of files. Each file is named by its SHA-256 in hexadecimal digits, in a folder named
/// by the first two digits. Links are never followed, and no name from the server becomes part of a path.
package struct ContentFolder: Sendable {
  private let folder: Folder

  package static func path(beside database: String) -> String { database + ".files" }

  /// Files that are not complete yet. Their writer holds the mirror's lock.
  private static let partPrefix = ".part-"

  /// - Parameter making: whether to create the folder if it is missing, accessible to this user only.
  /// - Throws: `FileError` if it is missing, or is not a folder of this user; a link in its place is not followed.
  package init(beside database: String, making: Bool) throws(FileError) {
    let (outer, name) = try Folder.of(Self.path(beside: database))
    let isNew = making && outer.facts(name) == nil
    folder = try outer.folder(name, making: making ? 0o700 : nil)
    if isNew { try outer.sync() }
    if let facts = folder.facts, !facts.isOwn { throw FileError(folder.path, .owner(facts.owner)) }
  }

  /// Nil: there is no such folder.
  package static func existing(beside database: String) throws(FileError) -> ContentFolder? {
    do {
      return try ContentFolder(beside: database, making: false)
    } catch {
      guard error.reason == .missing else { throw error }
      return nil
    }
  }

  package var path: String { folder.path }

  // MARK: - Writing

  /// A new content, which readers cannot find before it is complete.
  package func part() throws(FileError) -> ContentPart {
    let name = Self.partPrefix + Folder.newName().dropFirst()
    return ContentPart(try folder.open(name, .new(0o600)), named: name, in: self)
  }

  /// Moves a part that is on disk to its final path. An existing file is replaced, since the new one is known to be complete.
  func take(_ part: String, as hash: String) throws(FileError) {
    let name = String(hash.prefix(2))
    let isNew = folder.facts(name) == nil
    let inner = try folder.folder(name, making: 0o700)
    try folder.move(part, to: inner, as: hash)
    try inner.sync()
    if isNew { try folder.sync() }
  }

  func drop(_ part: String) { try? folder.remove(part) }

  // MARK: - Reading

  /// - Throws: `FileError`, also for an invalid hash.
  package func open(_ hash: String) throws(FileError) -> OpenFile {
    guard Self.isHash(hash) else { throw FileError(path, .missing) }
    return try folder.folder(String(hash.prefix(2))).open(hash, .reading)
  }

  /// Size of a content in bytes, without reading it; nil: there is no such file.
  package func byteCount(of hash: String) -> Int? {
    guard Self.isHash(hash), let inner = try? folder.folder(String(hash.prefix(2))), let facts = inner.facts(hash),
      facts.kind == .file
    else { return nil }
    return facts.bytes
  }

  /// What is wrong with a content, as the predicate of a sentence; nil: it matches its hash.
  package func fault(of hash: String, byteCount: Int) -> String? {
    do throws(FileError) {
      let file = try open(hash)
      guard file.facts.bytes == byteCount else { return "has \(file.facts.bytes) bytes instead of \(byteCount)" }
      return try ContentHash.of(file) == hash ? nil : "has other contents than were stored"
    } catch {
      return error.reason == .missing ? "is missing" : "cannot be read: \(error.why)"
    }
  }

  // MARK: - Removing

  /// Files that are no longer needed. Files from other programs are kept.
  package struct Leftovers: Hashable, Sendable {
    /// Contents that no row refers to, and partial contents.
    package var contents = 0, parts = 0
    package var bytes = 0
  }

  /// Removes partial contents that a killed run left behind. The caller must hold the mirror's lock.
  package func removeParts() throws(FileError) {
    for name in try folder.names() where name.hasPrefix(Self.partPrefix) { try folder.remove(name) }
  }

  /// Counts and, unless `isAsking`, removes partial contents and contents without a row. The caller must hold the mirror's lock.
  package func removeAll(but hashes: Set<String>, isAsking: Bool) throws(FileError) -> Leftovers {
    var leftovers = Leftovers()
    for name in try folder.names() {
      if name.hasPrefix(Self.partPrefix) {
        leftovers.parts += 1
        leftovers.bytes += folder.facts(name)?.bytes ?? 0
        if !isAsking { try folder.remove(name) }
      } else if name.count == 2, Self.areDigits(name), folder.facts(name)?.kind == .folder {
        let inner = try folder.folder(name)
        for hash in try inner.names() where Self.isHash(hash) && hash.hasPrefix(name) && !hashes.contains(hash) {
          leftovers.contents += 1
          leftovers.bytes += inner.facts(hash)?.bytes ?? 0
          if !isAsking { try inner.remove(hash) }
        }
        if !isAsking { _ = try folder.removeEmptyFolder(name) }
      }
    }
    return leftovers
  }

  package static func isHash(_ text: String) -> Bool { text.utf8.count == 64 && areDigits(text) }

  private static func areDigits(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
