package import Foundation

/// An open regular file. Its attributes are checked after it was opened, so that nobody can replace it in between.
package final class OpenFile: Sendable {
  package enum Purpose: Hashable, Sendable {
    /// To read it, whoever owns it.
    case reading
    /// A file that does not exist yet, with this mode minus the umask.
    case new(mode_t)
    /// A file of this user; created with mode 0600 if it is missing.
    case updating
    /// The same, but all writes go to the end.
    case appending

    fileprivate var flags: Int32 {
      switch self {
      case .reading: O_RDONLY
      case .new: O_RDWR | O_CREAT | O_EXCL
      case .updating: O_RDWR | O_CREAT
      case .appending: O_WRONLY | O_CREAT | O_APPEND
      }
    }

    fileprivate var mode: mode_t { if case .new(let mode) = self { mode } else { 0o600 } }
    fileprivate var isForOwnFiles: Bool { self == .updating || self == .appending }
  }

  package let descriptor: Int32
  package let path: String
  package let facts: FileFacts

  /// Opens a file for reading. The path was chosen by this user, so links are followed. A caller that cares about the owner must check it.
  package convenience init(reading path: String) throws(FileError) {
    try self.init(path, in: AT_FDCWD, path, .reading, links: 0)
  }

  /// - Parameters:
  ///   - name: relative to `folder`.
  ///   - links: `O_NOFOLLOW`, or 0 to follow links.
  init(_ name: String, in folder: Int32, _ path: String, _ purpose: Purpose, links: Int32 = O_NOFOLLOW) throws(FileError) {
    // O_NONBLOCK: opening a named pipe would otherwise wait for its other end; regular files never block.
    let descriptor = openat(folder, name, purpose.flags | links | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, purpose.mode)
    guard descriptor >= 0 else { throw Self.trouble(errno, name, in: folder, path, purpose, isFollowing: links == 0) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      let code = errno
      close(descriptor)
      throw FileError(path, .system(code))
    }
    let facts = FileFacts(information)
    if let reason = Self.objection(to: facts, purpose) {
      close(descriptor)
      throw FileError(path, reason)
    }
    self.descriptor = descriptor
    self.path = path
    self.facts = facts
  }

  deinit { close(descriptor) }

  private static func objection(to facts: FileFacts, _ purpose: Purpose) -> FileError.Reason? {
    guard facts.kind == .file else { return .wrongKind(facts.kind) }
    guard purpose.isForOwnFiles else { return nil }
    guard facts.isOwn else { return .owner(facts.owner) }
    return facts.names > 1 ? .otherNames : nil
  }

  /// The reason why opening failed; the entry at the path is more informative than the error code.
  private static func trouble(
    _ code: Int32, _ name: String, in folder: Int32, _ path: String, _ purpose: Purpose, isFollowing: Bool
  ) -> FileError {
    if code == ENOENT { return FileError(path, .missing) }
    if code == EEXIST { return FileError(path, .exists) }
    var information = stat()
    guard fstatat(folder, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else { return FileError(path, .system(code)) }
    let facts = FileFacts(information)
    switch facts.kind {
    // In folders such as /tmp, Linux returns EACCES for links and files of other users, even to root.
    case .link: return FileError(path, isFollowing ? .system(code) : .link)
    case .file: return FileError(path, purpose.isForOwnFiles && !facts.isOwn ? .owner(facts.owner) : .system(code))
    default: return FileError(path, code == EACCES ? .system(code) : .wrongKind(facts.kind))
    }
  }

  // MARK: - Contents

  /// Reads the rest of the file.
  /// - Parameter limit: the maximum number of bytes; more is an error.
  package func read(limit: Int) throws(FileError) -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path, .system(errno)) }
      guard count > 0 else { return data }
      data.append(contentsOf: buffer[..<count])
      guard data.count <= limit else { throw FileError(path, .tooLarge(limit: limit)) }
    }
  }

  /// The next bytes, up to this number; fewer at the end.
  package func start(_ count: Int) throws(FileError) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let found = Foundation.read(descriptor, &buffer, buffer.count)
    guard found >= 0 else { throw FileError(path, .system(errno)) }
    return Array(buffer[..<found])
  }

  /// Whether the next bytes are these.
  package func begins(with data: Data) throws(FileError) -> Bool {
    var buffer = [UInt8](repeating: 0, count: data.count)
    let count = Foundation.read(descriptor, &buffer, buffer.count)
    guard count >= 0 else { throw FileError(path, .system(errno)) }
    return Data(buffer[..<count]) == data
  }

  package func write(_ data: Data) throws(FileError) { try Self.write(data, to: descriptor, path) }

  /// The same, without a copy.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = Foundation.write(descriptor, part.baseAddress, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path, .system(errno)) }
      rest = rest.dropFirst(count)
    }
  }

  /// Passes on the rest of the file, piece by piece.
  package func eachPiece(_ each: (UnsafeRawBufferPointer) throws(FileError) -> Void) throws(FileError) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path, .system(errno)) }
      guard count > 0 else { return }
      try each(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  static func write(_ data: Data, to descriptor: Int32, _ path: String) throws(FileError) {
    let bytes = [UInt8](data)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileError(path, .system(errno)) }
      done += count
    }
  }

  /// Flushes it to disk, so that its name never refers to a file that a power failure would leave empty.
  package func sync() throws(FileError) {
    guard fsync(descriptor) == 0 else { throw FileError(path, .system(errno)) }
  }
}
