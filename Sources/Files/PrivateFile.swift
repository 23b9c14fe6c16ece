package import Foundation

/// Files that only this user can read: mode 0600, in folders that are created with mode 0700.
package enum PrivateFile {
  /// Writes a file that does not exist yet.
  package static func create(_ path: String, text: String) throws(FileError) {
    let (folder, name) = try Folder.of(path, making: 0o700)
    let file = try folder.open(name, .new(0o600))
    do throws(FileError) {
      try file.write(Data(text.utf8))
      try file.sync()
    } catch {
      try? folder.remove(name)
      throw error
    }
  }

  /// Writes a file, or replaces an existing one; a reader sees either version, always complete.
  /// - Parameter mode: a different mode, if others must be able to read it.
  package static func replace(_ path: String, text: String, mode: mode_t = 0o600) throws(FileError) {
    if try written(Data(text.utf8), toStream: path) { return }
    let (folder, name) = try Folder.of(path, making: 0o700)
    try folder.replace(name, with: Data(text.utf8), mode: mode)
  }

  /// Appends to a file in one write, so that lines of several processes do not mix.
  package static func append(_ path: String, text: String) throws(FileError) {
    if try written(Data(text.utf8), toStream: path) { return }
    let (folder, name) = try Folder.of(path, making: 0o700)
    try folder.open(name, .appending).write(Data(text.utf8))
  }

  /// Some paths are not files but refer to the command's open streams, or discard everything.
  /// - Returns: whether this path is one of them.
  private static func written(_ data: Data, toStream path: String) throws(FileError) -> Bool {
    guard path != "/dev/null" else { return true }
    guard let descriptor = stream(path) else { return false }
    try OpenFile.write(data, to: descriptor, path)
    return true
  }

  /// The descriptor for a path such as /dev/stdout; nil: it is another path.
  static func stream(_ path: String) -> Int32? {
    if path == "/dev/stdout" { return STDOUT_FILENO }
    if path == "/dev/stderr" { return STDERR_FILENO }
    let folder = ["/dev/fd/", "/proc/self/fd/"].first(where: path.hasPrefix)
    return folder.flatMap { Int32(path.dropFirst($0.count)) }.flatMap { $0 >= 0 ? $0 : nil }
  }
}
