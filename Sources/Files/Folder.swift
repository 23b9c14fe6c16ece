package import Foundation

/// An open folder. Its entries are accessed by names with a single part, and never through a symbolic link, so that other users who can
/// write to it cannot redirect us outside of it.
package final class Folder: Sendable {
  package let path: String
  private let descriptor: Int32

  /// Permission to traverse a folder is sufficient: its entries need not be listed, which folders of mode 0711 do not allow.
  #if canImport(Darwin)
    private static let passing = O_SEARCH
  #else
    /// O_PATH, which not every C library defines. https://man7.org/linux/man-pages/man2/open.2.html
    private static let passing: Int32 = 0o10000000
  #endif

  /// Opens a folder chosen by this user: links in its path are followed.
  /// - Parameter mode: creates it and its missing parents with this mode (minus the umask); nil: a missing folder is an error.
  package convenience init(_ path: String, making mode: mode_t? = nil) throws(FileError) {
    if let mode { try Self.make(path, mode) }
    let descriptor = Foundation.open(path.isEmpty ? "." : path, Self.passing | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path, errno == ENOENT ? .missing : .system(errno)) }
    self.init(descriptor, path)
  }

  private init(_ descriptor: Int32, _ path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { close(descriptor) }

  /// The folder of a path, and the name of the file in it.
  package static func of(_ path: String, making mode: mode_t? = nil) throws(FileError) -> (folder: Folder, name: String) {
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = end.map { String(path[path.utf8.index(after: $0)...]) } ?? path
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    return (try Folder(folder, making: mode), name)
  }

  /// Opens a folder in this folder.
  /// - Parameter mode: creates it with this mode (minus the umask) if it is missing; nil: a missing folder is an error.
  package func folder(_ name: String, making mode: mode_t? = nil) throws(FileError) -> Folder {
    let path = try place(name)
    if let mode, mkdirat(descriptor, name, mode) != 0, errno != EEXIST { throw FileError(path, .system(errno)) }
    let inner = openat(descriptor, name, Self.passing | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard inner >= 0 else {
      let code = errno
      guard code != ENOENT else { throw FileError(path, .missing) }
      // On Linux, a link results in the error "not a folder".
      let kind = facts(name)?.kind
      throw FileError(
        path, kind == .link ? .link : kind.map { $0 != .folder } == true ? .wrongKind(kind ?? .file) : .system(code))
    }
    return Folder(inner, path)
  }

  package func open(_ name: String, _ purpose: OpenFile.Purpose) throws(FileError) -> OpenFile {
    try OpenFile(name, in: descriptor, try place(name), purpose)
  }

  /// The attributes of the entry with this name; nil: there is none.
  package func facts(_ name: String) -> FileFacts? {
    var information = stat()
    return fstatat(descriptor, name, &information, AT_SYMLINK_NOFOLLOW) == 0 ? FileFacts(information) : nil
  }

  /// The attributes of the folder itself.
  package var facts: FileFacts? {
    var information = stat()
    return fstat(descriptor, &information) == 0 ? FileFacts(information) : nil
  }

  /// Writes a file and replaces an existing one; a reader sees either version, always complete.
  /// - Parameter mode: the exact mode; nil: 0666 minus the umask.
  package func replace(_ name: String, with data: Data, mode: mode_t? = 0o600) throws(FileError) {
    try demandReplaceable(name)
    let temporary = Self.newName()
    let file = try open(temporary, .new(mode == nil ? 0o666 : 0o600))
    do throws(FileError) {
      if let mode, fchmod(file.descriptor, mode) != 0 { throw FileError(file.path, .system(errno)) }
      try file.write(data)
      try file.sync()
      try rename(temporary, to: name)
    } catch {
      unlinkat(descriptor, temporary, 0)
      throw error
    }
  }

  /// - Throws: `FileError` if the entry with this name is not a regular file: a device, or a link that somebody relies on.
  package func demandReplaceable(_ name: String) throws(FileError) {
    let path = try place(name)
    guard let kind = facts(name)?.kind, kind != .file else { return }
    throw FileError(path, kind == .link ? .link : .wrongKind(kind))
  }

  package func rename(_ name: String, to other: String) throws(FileError) {
    guard renameat(descriptor, name, descriptor, other) == 0 else { throw FileError(try place(other), .system(errno)) }
  }

  /// Moves a file to another folder; an existing entry with that name is replaced, unless it is a folder.
  package func move(_ name: String, to folder: Folder, as other: String) throws(FileError) {
    let path = try folder.place(other)
    guard renameat(descriptor, name, folder.descriptor, other) == 0 else { throw FileError(path, .system(errno)) }
  }

  /// The names of its entries, in no particular order.
  package func names() throws(FileError) -> [String] {
    let own = try ownDescriptor()
    guard let stream = fdopendir(own) else {
      let code = errno
      close(own)
      throw FileError(path, .system(code))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        guard errno == 0 else { throw FileError(path, .system(errno)) }
        return names
      }
      // The field is declared with a fixed length, but names can be longer.
      let start = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let name = String(cString: (UnsafeRawPointer(entry) + start).assumingMemoryBound(to: CChar.self))
      if name != ".", name != ".." { names.append(name) }
    }
  }

  /// Flushes its entries to disk, so that they survive a power failure.
  package func sync() throws(FileError) {
    let own = try ownDescriptor()
    defer { close(own) }
    guard fsync(own) == 0 else { throw FileError(path, .system(errno)) }
  }

  /// A descriptor with which the folder can be listed; the one for traversal cannot. The caller must close it.
  private func ownDescriptor() throws(FileError) -> Int32 {
    let own = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { throw FileError(path, .system(errno)) }
    return own
  }

  /// Removes a file, or a link itself; never a folder.
  package func remove(_ name: String) throws(FileError) {
    guard unlinkat(descriptor, name, 0) == 0 else { throw FileError(try place(name), .system(errno)) }
  }

  /// - Returns: whether it was empty and has been removed.
  package func removeEmptyFolder(_ name: String) throws(FileError) -> Bool {
    let path = try place(name)
    if unlinkat(descriptor, name, AT_REMOVEDIR) == 0 { return true }
    guard errno == ENOTEMPTY || errno == EEXIST else { throw FileError(path, .system(errno)) }
    return false
  }

  /// A random name, for which nobody can have prepared a file.
  package static func newName() -> String {
    var generator = SystemRandomNumberGenerator()
    return ".devin-sync-" + String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
  }

  /// - Throws: `FileError` for a name that would lead outside of the folder.
  private func place(_ name: String) throws(FileError) -> String {
    let path = self.path == "." ? name : self.path.hasSuffix("/") ? self.path + name : "\(self.path)/\(name)"
    guard !name.isEmpty, name != ".", name != "..", !name.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "/") }) else {
      throw FileError(path, .system(EINVAL))
    }
    return path
  }

  /// Creates a folder and its missing parents; an existing folder is not changed.
  private static func make(_ path: String, _ mode: mode_t) throws(FileError) {
    if path.isEmpty || mkdir(path, mode) == 0 || errno == EEXIST { return }
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    guard errno == ENOENT, let end, end != path.startIndex else { throw FileError(path, .system(errno)) }
    try make(String(path[..<end]), mode)
    guard mkdir(path, mode) == 0 || errno == EEXIST else { throw FileError(path, .system(errno)) }
  }
}
