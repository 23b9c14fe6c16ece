internal import Foundation

/// Resolves a path whose last part may be a symbolic link.
package enum FileLink {
  /// - Returns: the path itself if it is no link; otherwise the target of the link, which need not exist.
  /// - Throws: `FileError` for a link that belongs neither to this user, nor to root, nor to the owner of the target: its owner could
  ///   make this user access any file.
  package static func resolve(_ path: String) throws(FileError) -> String {
    var place = path
    var owners: Set<uid_t> = []
    for _ in 0..<40 {
      guard let facts = FileFacts(at: place), facts.kind == .link else {
        let trusted = [geteuid(), 0, FileFacts(at: place)?.owner]
        if let stranger = owners.first(where: { !trusted.contains($0) }) { throw FileError(path, .linkOf(stranger)) }
        return place
      }
      owners.insert(facts.owner)
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink(place, &buffer, buffer.count)
      guard count > 0 else { throw FileError(path, .system(errno)) }
      let target = String(decoding: buffer[..<count].map(UInt8.init(bitPattern:)), as: UTF8.self)
      let end = place.utf8.lastIndex(of: UInt8(ascii: "/"))
      place = target.hasPrefix("/") ? target : (end.map { String(place[...$0]) } ?? "") + target
    }
    throw FileError(path, .system(ELOOP))
  }
}
