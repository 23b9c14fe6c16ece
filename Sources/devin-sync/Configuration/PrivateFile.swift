import Foundation

/// Files that are nobody else's to read: 0600, in folders of mode 0700 where those are ours to make.
enum PrivateFile {
  enum Trouble: Error, Hashable, CustomStringConvertible {
    case exists
    case system(String)

    var description: String {
      switch self {
      case .exists: "it exists already"
      case .system(let why): why
      }
    }
  }

  /// Writes a file that is not there yet.
  static func create(_ path: String, text: String) throws(Trouble) {
    try createFolder(of: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw errno == EEXIST ? .exists : .system(String(cString: strerror(errno))) }
    try write(text, to: descriptor, at: path)
  }

  /// Writes a file, or puts it in the place of the one before; a reader sees either of them whole.
  /// - Parameter mode: where others are to read it all the same.
  static func replace(_ path: String, text: String, mode: mode_t = 0o600) throws(Trouble) {
    try createFolder(of: path)
    let temporary = "\(path).\(getpid()).new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw .system(String(cString: strerror(errno))) }
    fchmod(descriptor, mode)
    try write(text, to: descriptor, at: temporary)
    guard rename(temporary, path) == 0 else {
      let why = String(cString: strerror(errno))
      unlink(temporary)
      throw .system(why)
    }
  }

  /// Adds to a file in one piece, so that lines of several processes do not mix.
  static func append(_ path: String, text: String) throws(Trouble) {
    try createFolder(of: path)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .system("\(path): \(String(cString: strerror(errno)))") }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    guard Foundation.write(descriptor, bytes, bytes.count) == bytes.count else {
      throw .system("\(path): \(String(cString: strerror(errno)))")
    }
  }

  private static func createFolder(of path: String) throws(Trouble) {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw .system(error.localizedDescription)
    }
  }

  private static func write(_ text: String, to descriptor: Int32, at path: String) throws(Trouble) {
    defer { close(descriptor) }
    do {
      try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).write(contentsOf: Data(text.utf8))
      guard fsync(descriptor) == 0 else { throw Trouble.system(String(cString: strerror(errno))) }
    } catch {
      unlink(path)
      throw .system("\(error)")
    }
  }
}
