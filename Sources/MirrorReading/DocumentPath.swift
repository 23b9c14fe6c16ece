import Foundation

/// Paths of files that are named after what a server calls things. Every part fits every file system, and so does the path: what is too long
/// is shortened.
package enum DocumentPath {
  /// Of a part's own text, in bytes. Most systems have room for 255, some that encrypt names for 143.
  private static let partLimit = 120
  /// Of the end of an id, in bytes.
  private static let endLimit = 32
  /// Of all folders together, in bytes, and in number. Systems have room for 1,024 (macOS) or 4,096 (Linux) bytes, the folder of the export
  /// included; those below the last one that fits go into that one.
  private static let foldersLimit = 480
  private static let depthLimit = 32

  /// `notes/engineering/how-to-test-a1b2c3d4.md`
  /// - Parameter folders: names with slashes between them.
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

  /// The same paths, each by itself: the second of those that come out alike gets a 2, and so on.
  package static func numbered(_ paths: [String]) -> [String] {
    var taken: Set<String> = []
    // Whoever has a path of its own keeps it, whatever number others get.
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

  /// What a file system makes of a path that knows neither case nor forms of a letter.
  private static func key(_ path: String) -> String {
    path.decomposedStringWithCompatibilityMapping.uppercased().lowercased().decomposedStringWithCompatibilityMapping
  }

  /// Letters and digits of any script, the rest as hyphens; at most 60 characters.
  /// - Parameter limit: in bytes; a character that does not fit is left out with what follows, or cut if it is the first.
  static func slug(_ text: String, limit: Int = partLimit) -> String {
    var slug = ""
    var count = 0
    // The rest of a text of megabytes is of no use here.
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

  /// As many scalars as have room.
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
