import Files
import Foundation

/// Allows one run at a time per database: an advisory lock on `<database>.lock`, which the operating system releases when the holder
/// ends, however it ends. The text in the file is only a hint for people and is never trusted; the file is never removed.
package final class FileLock: Sendable {
  private let file: OpenFile

  /// Acquires the lock if it is free.
  /// - Throws: `.locked` when another process, or another run in this process, holds it.
  package init(database path: String, start: String) throws(StoreError) {
    let lockPath = try MirrorFile.resolve(path) + ".lock"
    do {
      let (folder, name) = try Folder.of(lockPath)
      file = try folder.open(name, .updating)
    } catch {
      throw .cannotCreate(path: lockPath, why: error.why)
    }
    let descriptor = file.descriptor
    // A process that only checks whether the lock is held holds it for a moment.
    var isFree = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    for _ in 0..<5 where !isFree && errno == EWOULDBLOCK {
      usleep(2_000)
      isFree = flock(descriptor, LOCK_EX | LOCK_NB) == 0
    }
    guard isFree else {
      let why = errno
      let holder = Self.text(of: descriptor)
      guard why == EWOULDBLOCK else { throw .cannotLock(path: lockPath, why: String(cString: strerror(why))) }
      throw .locked(path: path, holder: holder)
    }
    let hint = Array("pid \(getpid()) on \(Self.host), started \(start)\n".utf8)
    _ = ftruncate(descriptor, 0)
    _ = pwrite(descriptor, hint, hint.count, 0)
  }

  /// Acquires the lock, and waits until another holder has released it.
  /// - Parameters:
  ///   - waiting: the longest wait.
  ///   - start: the time for the text in the file.
  ///   - elapsed: the time since some fixed moment.
  /// - Throws: `.locked` when another one holds it for longer; what `sleep` throws.
  package static func acquire(
    database path: String, waiting: Duration, start: () -> String, elapsed: () -> Duration, sleep: (Duration) async throws -> Void
  ) async throws -> FileLock {
    let deadline = elapsed() + waiting
    while true {
      do throws(StoreError) {
        return try FileLock(database: path, start: start())
      } catch {
        let left = deadline - elapsed()
        guard case .locked = error, left > .zero else { throw error }
        try await sleep(min(.milliseconds(200), left))
      }
    }
  }

  /// Whether a process holds the lock of a database.
  /// - Parameter pid: the process that is recorded as the holder; used only if the lock itself cannot be checked.
  static func isHeld(database path: String, by pid: Int32) -> Bool {
    do {
      let (folder, name) = try Folder.of(path + ".lock")
      let file = try folder.open(name, .reading)
      // A shared lock that is released at once; a process that tries to acquire the lock in that moment tries again.
      guard flock(file.descriptor, LOCK_SH | LOCK_NB) == 0 else { return errno == EWOULDBLOCK }
      flock(file.descriptor, LOCK_UN)
      return false
    } catch {
      return error.reason == .system(EACCES) && (kill(pid, 0) == 0 || errno == EPERM)
    }
  }

  deinit {
    // Closing is not sufficient while a process that was just forked still shares the descriptor.
    flock(file.descriptor, LOCK_UN)
  }

  /// The name of this machine, without a network request.
  private static var host: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, 255) == 0 else { return "this machine" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func text(of descriptor: Int32) -> String? {
    var bytes = [UInt8](repeating: 0, count: 200)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count], as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}
