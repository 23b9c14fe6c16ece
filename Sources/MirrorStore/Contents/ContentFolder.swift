package import DevinModel
package import Files
import Foundation

/// The folder beside a mirror that holds the contents of files, each under its SHA-256 in hexadecimal digits, in a folder of the first two
/// digits. Nothing in it is reached through a link, and no name that a server gave becomes a path.
package struct ContentFolder: Sendable {
  private let folder: Folder

  package static func path(beside database: String) -> String { database + ".files" }

  /// Files that are not complete yet. Their writer holds the lock of the mirror.
  private static let partPrefix = ".part-"

  /// - Parameter making: whether it is made where it is missing, for this user alone.
  /// - Throws: `FileTrouble` where it is missing, or is no folder of this user's own; a link in its place is not followed.
  package init(beside database: String, making: Bool) throws(FileTrouble) {
    let (outer, name) = try Folder.of(Self.path(beside: database))
    let isNew = making && outer.facts(name) == nil
    folder = try outer.folder(name, making: making ? 0o700 : nil)
    if isNew { try outer.sync() }
    if let facts = folder.facts, !facts.isOwn { throw FileTrouble(folder.path, .owner(facts.owner)) }
  }

  /// Nil: there is none.
  package static func existing(beside database: String) throws(FileTrouble) -> ContentFolder? {
    do {
      return try ContentFolder(beside: database, making: false)
    } catch {
      guard error.reason == .missing else { throw error }
      return nil
    }
  }

  package var path: String { folder.path }

  // MARK: - Writing

  /// A new content, which nobody finds before it is complete.
  package func part() throws(FileTrouble) -> ContentPart {
    let name = Self.partPrefix + Folder.newName().dropFirst()
    return ContentPart(try folder.open(name, .new(0o600)), named: name, in: self)
  }

  /// Gives a part that is on the disk its place. A file that is there already is replaced by this one, which is known to be whole.
  func take(_ part: String, as hash: String) throws(FileTrouble) {
    let name = String(hash.prefix(2))
    let isNew = folder.facts(name) == nil
    let inner = try folder.folder(name, making: 0o700)
    try folder.move(part, to: inner, as: hash)
    try inner.sync()
    if isNew { try folder.sync() }
  }

  func drop(_ part: String) { try? folder.remove(part) }

  // MARK: - Reading

  /// - Throws: `FileTrouble`; also for a hash that is none.
  package func open(_ hash: String) throws(FileTrouble) -> OpenFile {
    guard Self.isHash(hash) else { throw FileTrouble(path, .missing) }
    return try folder.folder(String(hash.prefix(2))).open(hash, .reading)
  }

  /// Bytes of a content, without reading it; nil: there is no such file.
  package func byteCount(of hash: String) -> Int? {
    guard Self.isHash(hash), let inner = try? folder.folder(String(hash.prefix(2))), let facts = inner.facts(hash),
      facts.kind == .file
    else { return nil }
    return facts.bytes
  }

  /// What is wrong with a content, as the rest of a sentence; nil: it is what its name says.
  package func fault(of hash: String, byteCount: Int) -> String? {
    do throws(FileTrouble) {
      let file = try open(hash)
      guard file.facts.bytes == byteCount else { return "has \(file.facts.bytes) bytes in place of \(byteCount)" }
      return try ContentHash.of(file) == hash ? nil : "holds something else than was kept"
    } catch {
      return error.reason == .missing ? "is missing" : "cannot be read: \(error.why)"
    }
  }

  // MARK: - Removing

  /// Files that are no longer needed. Foreign ones stay.
  package struct Leftovers: Hashable, Sendable {
    /// Contents that no row names, and parts of contents.
    package var contents = 0, parts = 0
    package var bytes = 0
  }

  /// Removes parts that a run left behind when it was killed. Whoever calls holds the lock of the mirror.
  package func removeParts() throws(FileTrouble) {
    for name in try folder.names() where name.hasPrefix(Self.partPrefix) { try folder.remove(name) }
  }

  /// Counts, and unless it is only asked, removes parts and contents that are not named. Whoever calls holds the lock of the mirror.
  package func removeAll(but hashes: Set<String>, isAsking: Bool) throws(FileTrouble) -> Leftovers {
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
