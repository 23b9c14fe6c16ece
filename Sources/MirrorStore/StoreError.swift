package import Files
import Foundation

/// Why the database could not be used, as facts; `message` turns them into text.
package enum StoreError: Error, Hashable, Sendable {
  /// The file, or the folder it should be in, cannot be created.
  case cannotCreate(path: String, why: String)
  /// The file to write exists, and may not be replaced.
  case exists(path: String)
  /// A read-only command found no file, and created none.
  case missing(path: String)
  /// Another program's database, or no database at all. It was not touched.
  case foreign(path: String, why: String)
  /// Made by a later version of devin-sync. It was not touched.
  case newer(path: String, version: Int, known: Int)
  /// Made by an earlier version. Only a command that writes upgrades it.
  case outdated(path: String, version: Int, known: Int)
  /// Another run holds the lock; the holder as described in the lock file.
  case locked(path: String, holder: String?)
  /// The file system does not lock files.
  case cannotLock(path: String, why: String)
  /// The log has changes that the file does not have yet, and the log's index can neither be opened nor created.
  case logUnreadable(path: String)
  /// A file that was read without its log was written to meanwhile, so what was read is unreliable.
  case changedMeanwhile(path: String)
  /// The disk is full.
  case full(path: String)
  /// SQLite found damaged pages.
  case damaged(path: String, why: String)
  /// A full-text index is damaged. The rows of its table are not affected.
  case damagedIndex(path: String, name: String, table: String)
  /// The file at the path is no longer the one that is open.
  case replaced(path: String)
  /// Reading or writing failed for another reason, such as a lost permission or a broken disk.
  case failed(path: String, why: String)
  /// The server's page does not match its envelope. Nothing of it was stored.
  case unusablePage(table: String, why: String)
  /// A query that is not valid SQL, or would change something. Nothing was executed.
  case unusableQuery(why: String)
}

extension StoreError {
  /// Classifies a failure with a file beside the database.
  package init(_ trouble: FileError) {
    switch trouble.reason {
    case .system(ENOSPC), .system(EDQUOT): self = .full(path: trouble.path)
    default: self = .failed(path: trouble.path, why: trouble.why)
    }
  }

  /// What happened, without the full stop of the last sentence. It names no command and no flag: a program adds those.
  package var message: String {
    switch self {
    case .cannotCreate(let path, let why): "\(path) cannot be created or written: \(why)"
    case .exists(let path): "\(path) cannot be created or written: it exists"
    case .missing(let path): "there is no mirror at \(path)"
    case .foreign(let path, let why): "\(path) is not a mirror of devin-sync: \(why). It was not changed"
    case .newer(let path, let version, let known):
      "\(path) was written by a newer devin-sync (schema \(version); this one knows \(known)). It was not changed. Update devin-sync"
    case .outdated(let path, let version, let known):
      "\(path) has the format of an earlier version (\(version); this one reads \(known))"
    case .locked(let path, let holder): "another run is using \(path)" + (holder.map { " (\($0))" } ?? "")
    case .cannotLock(let path, let why):
      "\(path) cannot be locked: \(why). Without locks, two runs could write at the same time. Put the database on a local disk, or on a file system that supports locks"
    case .logUnreadable(let path):
      "\(path) cannot be read by this user now: \(path)-wal contains changes that are not in the file yet. To read them, \(path)-shm is needed, which this user can neither read nor create"
    case .changedMeanwhile(let path):
      "\(path) was changed while it was read, so the result may be wrong"
    case .full(let path): "no space left on the disk of \(path). Free some space, a few hundred megabytes to be safe"
    case .damaged(let path, let why):
      "\(path) is damaged: \(why). It was not changed. Restore a backup, or move the file away and sync into a new one"
    case .damagedIndex(let path, let name, let table):
      "\(path) is damaged: the search index \(name) is damaged. The rows of \(table) are not affected"
    case .replaced(let path):
      "\(path) was moved away or replaced by another file while it was in use. Rows that were written since then are in the old file. Find the cause, and run again"
    case .failed(let path, let why): "reading or writing \(path) failed: \(why)"
    case .unusablePage(let table, let why): "a page of \(table) could not be used: \(why)"
    case .unusableQuery(let why): "invalid query: \(why)"
    }
  }
}
