package import Foundation

/// Files that are nobody else's to read: 0600, in folders of mode 0700 where those are ours to make.
package enum PrivateFile {
  /// Writes a file that does not exist yet.
  package static func create(_ path: String, text: String) throws(FileTrouble) {
    let (folder, name) = try Folder.of(path, making: 0o700)
    let file = try folder.open(name, .new(0o600))
    do throws(FileTrouble) {
      try file.write(Data(text.utf8))
      try file.sync()
    } catch {
      try? folder.remove(name)
      throw error
    }
  }

  /// Writes a file, or puts it in the place of the one before; a reader sees either of them complete.
  /// - Parameter mode: where others are to read it all the same.
  package static func replace(_ path: String, text: String, mode: mode_t = 0o600) throws(FileTrouble) {
    if try written(Data(text.utf8), toStream: path) { return }
    let (folder, name) = try Folder.of(path, making: 0o700)
    try folder.replace(name, with: Data(text.utf8), mode: mode)
  }

  /// Adds to a file in one piece, so that lines of several processes do not mix.
  package static func append(_ path: String, text: String) throws(FileTrouble) {
    if try written(Data(text.utf8), toStream: path) { return }
    let (folder, name) = try Folder.of(path, making: 0o700)
    try folder.open(name, .appending).write(Data(text.utf8))
  }

  /// Some paths are no files of this user's but ways to what the caller of the command has open, or to nothing at all.
  /// - Returns: whether this was one.
  private static func written(_ data: Data, toStream path: String) throws(FileTrouble) -> Bool {
    guard path != "/dev/null" else { return true }
    guard let descriptor = stream(path) else { return false }
    try OpenFile.write(data, to: descriptor, path)
    return true
  }

  /// What is open under a path such as /dev/stdout; nil: it is another path.
  static func stream(_ path: String) -> Int32? {
    if path == "/dev/stdout" { return STDOUT_FILENO }
    if path == "/dev/stderr" { return STDERR_FILENO }
    let folder = ["/dev/fd/", "/proc/self/fd/"].first(where: path.hasPrefix)
    return folder.flatMap { Int32(path.dropFirst($0.count)) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
