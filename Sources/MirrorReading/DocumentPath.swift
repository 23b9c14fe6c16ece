import Foundation

/// Paths of files that are named after names from a server. Every part, and the path as a whole, fits every file system: longer names
/// are shortened.
package enum DocumentPath {
  /// Maximum length of the text of one part, in bytes. Most file systems allow 255 bytes, some that encrypt names 143.
  private static let partLimit = 120
  /// Maximum length of the part of an id at the end, in bytes.
  private static let endLimit = 32
  /// Maximum length of all folders together in bytes, and their maximum number. Systems allow 1,024 (macOS) or 4,096 (Linux) bytes,
  /// including the folder of the export. Folders that do not fit are left out, so their files are in the last folder that fits.
  private static let foldersLimit = 480
  private static let depthLimit = 32

  /// `notes/engineering/how-to-test-a1b2c3d4.md`
  /// - Parameter folders: names separated by slashes.
  package static func of(_ root: String, folders: String, name: String, id: String, ending: String = ".md") -> String {
    var parts = [root]
    var room = foldersLimit
    for folder in folders.split(separator: "/") {
      let part = slug(String(folder))
      guard !part.isEmpty else { continue }
      room -= part.utf8.count + 1
      guard room >= 0, parts.count <= depthLimit else { break }
      parts.append(part)
    }
    let file = [slug(name), slug(String(id.suffix(8)), limit: endLimit)].filter { !$0.isEmpty }.joined(separator: "-")
    return (parts + [(file.isEmpty ? "unnamed" : file) + ending]).joined(separator: "/")
  }

  /// The folders and the file name of a path below the folder of an export; nil: no export writes to such a path.
  package static func parts(of path: String) -> [String]? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    let isPossible = parts.count > 1 && !parts.contains { $0.isEmpty || $0.hasPrefix(".") } && !path.utf8.contains(0)
    return isPossible ? parts : nil
  }

  /// The same paths made unique: the second of several equal paths gets a 2, and so on.
  package static func numbered(_ paths: [String]) -> [String] {
    var taken: Set<String> = []
    // A path that occurs only once is never changed, whatever numbers others get.
    let own = Dictionary(paths.map { (key($0), 1) }, uniquingKeysWith: +)
    var next: [String: Int] = [:]
    return paths.map { path in
      let plain = key(path)
      if taken.insert(plain).inserted { return path }
      var number = next[plain] ?? 2
      let end = path.lastIndex(of: ".") ?? path.endIndex
      while true {
        let candidate = "\(path[..<end])-\(number)\(path[end...])"
        number += 1
        guard own[key(candidate)] == nil, taken.insert(key(candidate)).inserted else { continue }
        next[plain] = number
        return candidate
      }
    }
  }

  /// The path in a form that is equal for all paths that a file system may consider equal: without case and forms of letters.
  private static func key(_ path: String) -> String {
    path.decomposedStringWithCompatibilityMapping.uppercased().lowercased().decomposedStringWithCompatibilityMapping
  }

  /// Letters and digits of any script, with hyphens for everything else; at most 60 characters.
  /// - Parameter limit: in bytes. The text ends before a character that does not fit; if that is the first one, the character is cut.
  static func slug(_ text: String, limit: Int = partLimit) -> String {
    var slug = ""
    var count = 0
    // A text can have megabytes; only its beginning is needed.
    for character in String(text.unicodeScalars.prefix(1000)).precomposedStringWithCanonicalMapping.lowercased() {
      guard character.isLetter || character.isNumber else {
        if !slug.isEmpty, slug.last != "-", slug.utf8.count < limit {
          slug.append("-")
          count += 1
        }
        continue
      }
      let scalars = character.unicodeScalars.filter { !$0.properties.isDefaultIgnorableCodePoint }
      var part = String(String.UnicodeScalarView(scalars))
      let room = limit - slug.utf8.count
      if part.utf8.count > room, slug.isEmpty { part = prefix(part, room) }
      guard part.utf8.count <= room, count < 60 else { break }
      slug += part
      count += 1
    }
    return slug.last == "-" ? String(slug.dropLast()) : slug
  }

  /// As many Unicode scalars as fit.
  private static func prefix(_ text: String, _ room: Int) -> String {
    var part = String.UnicodeScalarView()
    var bytes = 0
    for scalar in text.unicodeScalars {
      bytes += UTF8.width(scalar)
      guard bytes <= room else { break }
      part.append(scalar)
    }
    return String(part)
  }
}
