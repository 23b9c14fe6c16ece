package import Foundation

/// A regular file that is open, its facts looked at after it was opened, so that nobody can exchange it in between.
package final class OpenFile: Sendable {
  package enum Purpose: Hashable, Sendable {
    /// Whoever it belongs to.
    case reading
    /// A file that does not exist yet. The umask takes bits away from its mode.
    case new(mode_t)
    /// Ours; created with mode 0600 where it is missing.
    case updating
    /// The same, always at its end.
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

  /// Opens a file to read it. The path is one that this user chose, so links are followed; whoever cares whose the file is looks at its facts.
  package convenience init(reading path: String) throws(FileTrouble) {
    try self.init(path, in: AT_FDCWD, path, .reading, links: 0)
  }

  /// - Parameters:
  ///   - name: as `folder` knows it.
  ///   - links: `O_NOFOLLOW`, or 0 where a link is followed.
  init(_ name: String, in folder: Int32, _ path: String, _ purpose: Purpose, links: Int32 = O_NOFOLLOW) throws(FileTrouble) {
    // O_NONBLOCK: a named pipe would have us wait for its other end; a regular file knows no waiting.
    let descriptor = openat(folder, name, purpose.flags | links | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, purpose.mode)
    guard descriptor >= 0 else { throw Self.trouble(errno, name, in: folder, path, purpose, isFollowing: links == 0) }
    var information = stat()
    guard fstat(descriptor, &information) == 0 else {
      let code = errno
      close(descriptor)
      throw FileTrouble(path, .system(code))
    }
    let facts = FileFacts(information)
    if let reason = Self.objection(to: facts, purpose) {
      close(descriptor)
      throw FileTrouble(path, reason)
    }
    self.descriptor = descriptor
    self.path = path
    self.facts = facts
  }

  deinit { close(descriptor) }

  private static func objection(to facts: FileFacts, _ purpose: Purpose) -> FileTrouble.Reason? {
    guard facts.kind == .file else { return .wrongKind(facts.kind) }
    guard purpose.isForOwnFiles else { return nil }
    guard facts.isOwn else { return .owner(facts.owner) }
    return facts.names > 1 ? .otherNames : nil
  }

  /// What stands there says more than the code does with which opening it failed.
  private static func trouble(
    _ code: Int32, _ name: String, in folder: Int32, _ path: String, _ purpose: Purpose, isFollowing: Bool
  ) -> FileTrouble {
    if code == ENOENT { return FileTrouble(path, .missing) }
    if code == EEXIST { return FileTrouble(path, .exists) }
    var information = stat()
    guard fstatat(folder, name, &information, AT_SYMLINK_NOFOLLOW) == 0 else { return FileTrouble(path, .system(code)) }
    let facts = FileFacts(information)
    switch facts.kind {
    // In folders like /tmp Linux says EACCES for links and files of others, to root as well.
    case .link: return FileTrouble(path, isFollowing ? .system(code) : .link)
    case .file: return FileTrouble(path, purpose.isForOwnFiles && !facts.isOwn ? .owner(facts.owner) : .system(code))
    default: return FileTrouble(path, code == EACCES ? .system(code) : .wrongKind(facts.kind))
    }
  }

  // MARK: - Contents

  /// From where it was read last to its end.
  /// - Parameter limit: in bytes; more is trouble.
  package func read(limit: Int) throws(FileTrouble) -> Data {
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileTrouble(path, .system(errno)) }
      guard count > 0 else { return data }
      data.append(contentsOf: buffer[..<count])
      guard data.count <= limit else { throw FileTrouble(path, .tooLarge(limit: limit)) }
    }
  }

  /// The next bytes that were not read yet, up to so many; fewer at the end.
  package func start(_ count: Int) throws(FileTrouble) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    let found = Foundation.read(descriptor, &buffer, buffer.count)
    guard found >= 0 else { throw FileTrouble(path, .system(errno)) }
    return Array(buffer[..<found])
  }

  /// Whether these are the first bytes that were not read yet.
  package func begins(with data: Data) throws(FileTrouble) -> Bool {
    var buffer = [UInt8](repeating: 0, count: data.count)
    let count = Foundation.read(descriptor, &buffer, buffer.count)
    guard count >= 0 else { throw FileTrouble(path, .system(errno)) }
    return Data(buffer[..<count]) == data
  }

  package func write(_ data: Data) throws(FileTrouble) { try Self.write(data, to: descriptor, path) }

  /// The same, without a copy.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileTrouble) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let part = UnsafeRawBufferPointer(rebasing: rest)
      let count = Foundation.write(descriptor, part.baseAddress, part.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileTrouble(path, .system(errno)) }
      rest = rest.dropFirst(count)
    }
  }

  /// Hands over what was not read yet, piece by piece, to the end.
  package func eachPiece(_ each: (UnsafeRawBufferPointer) throws(FileTrouble) -> Void) throws(FileTrouble) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Foundation.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileTrouble(path, .system(errno)) }
      guard count > 0 else { return }
      try each(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  static func write(_ data: Data, to descriptor: Int32, _ path: String) throws(FileTrouble) {
    let bytes = [UInt8](data)
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileTrouble(path, .system(errno)) }
      done += count
    }
  }

  /// Onto the disk, so that a name never stands for a file that a power cut would empty.
  package func sync() throws(FileTrouble) {
    guard fsync(descriptor) == 0 else { throw FileTrouble(path, .system(errno)) }
  }
}
