/// Why the database could not be used: facts; the words are made elsewhere.
package enum StoreError: Error, Hashable, Sendable {
  /// The file, or the folder it should be in, cannot be created.
  case cannotCreate(path: String, why: String)
  /// A command that only reads found no file, and created none.
  case missing(path: String)
  /// Another program's database, or no database at all. It was not touched.
  case foreign(path: String, why: String)
  /// Made by a later version of devin-sync. It was not touched.
  case newer(path: String, version: Int, known: Int)
  /// Of an earlier version, which only a program that writes upgrades.
  case outdated(path: String, version: Int, known: Int)
  /// Another run holds the lock; the holder in its own words.
  case locked(path: String, holder: String?)
  /// The file system does not lock files.
  case cannotLock(path: String, why: String)
  /// The log holds changes that the file does not have yet, and its index can neither be opened nor created.
  case logUnreadable(path: String)
  /// Somebody wrote to a file that was read alone, so that what was read is worth nothing.
  case changedMeanwhile(path: String)
  /// There is no room on the disk.
  case full(path: String)
  /// SQLite found pages that are not what they should be.
  case damaged(path: String, why: String)
  /// Another file stands at the path than the one that is open.
  case replaced(path: String)
  /// Reading or writing failed otherwise: a lost permission, a broken disk.
  case failed(path: String, why: String)
  /// The server's page is not what its envelope said. Nothing of it was stored.
  case unusablePage(table: String, why: String)
  /// A query that is no SQL, or would change something. Nothing was done.
  case unusableQuery(why: String)
}
