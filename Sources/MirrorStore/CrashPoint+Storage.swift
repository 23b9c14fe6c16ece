#if TEST_HOOKS && canImport(Glibc)
  import Foundation
  import GRDBSQLite
  import Glibc

  /// Wraps the system calls with which SQLite writes, using SQLite's own hook for tests.
  /// https://www.sqlite.org/c3ref/vfs.html
  extension CrashPoint {
    private typealias Write = @convention(c) (Int32, UnsafeRawPointer, Int) -> Int
    private typealias WriteAt = @convention(c) (Int32, UnsafeRawPointer, Int, Int) -> Int
    private typealias Truncate = @convention(c) (Int32, Int) -> Int32
    private typealias Unlink = @convention(c) (UnsafePointer<CChar>) -> Int32

    /// Installed once per process, before it opens a database, and only if such a crash is planned.
    static let watchesStorage: Bool = {
      guard let planned, let vfs = sqlite3_vfs_find(nil), let replace = vfs.pointee.xSetSystemCall else { return false }
      let write: Write = { file, bytes, count in
        CrashPoint.willWrite(file, count) { _ = Glibc.write(file, bytes, $0) }
        return Glibc.write(file, bytes, count)
      }
      let writeAt: WriteAt = { file, bytes, count, offset in
        CrashPoint.willWrite(file, count) { _ = pwrite(file, bytes, $0, offset) }
        return pwrite(file, bytes, count, offset)
      }
      let truncate: Truncate = { file, size in
        CrashPoint.reached(.truncate)
        return ftruncate(file, size)
      }
      let unlink: Unlink = { path in
        CrashPoint.reached(.unlink)
        return Glibc.unlink(path)
      }
      switch planned.point {
      case .databaseWrite, .databaseTear, .logWrite, .logTear:
        _ = replace(vfs, "write", unsafeBitCast(write, to: sqlite3_syscall_ptr.self))
        for name in ["pwrite", "pwrite64"] { _ = replace(vfs, name, unsafeBitCast(writeAt, to: sqlite3_syscall_ptr.self)) }
      case .truncate: _ = replace(vfs, "ftruncate", unsafeBitCast(truncate, to: sqlite3_syscall_ptr.self))
      case .unlink: _ = replace(vfs, "unlink", unsafeBitCast(unlink, to: sqlite3_syscall_ptr.self))
      default: return false
      }
      return true
    }()

    /// - Parameter tear: writes this many of the bytes.
    private static func willWrite(_ file: Int32, _ count: Int, tear: (Int) -> Void) {
      let isLog = path(of: file).hasSuffix("-wal")
      reached(isLog ? .logWrite : .databaseWrite)
      if isDue(isLog ? .logTear : .databaseTear) {
        tear(count / 2)
        crash()
      }
    }

    private static func path(of file: Int32) -> String {
      (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(file)")) ?? ""
    }
  }
#endif
