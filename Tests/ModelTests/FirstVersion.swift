import Foundation
import GRDB
import MirrorSchema

/// Creates files of the first version of the schema.
enum FirstVersion {
  /// Converts a mirror to what the first version would have created: its tables, rows and checkpoints.
  static func take(back path: String) throws {
    let older = path + ".older"
    let database = try DatabaseQueue(path: older)
    try database.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = WAL; ATTACH '\(path)' AS newer")
      try database.execute(sql: MirrorSchema.versions[0].joined(separator: "\n"))
      try database.inTransaction {
        let tables = try String.fetchAll(database, sql: "SELECT name FROM main.sqlite_master WHERE type = 'table'")
        let known = "resource IN (SELECT name FROM main.sqlite_master)"
        for table in tables {
          let columns = try String.fetchAll(database, sql: "SELECT name FROM pragma_table_info('\(table)')")
            .map { "\"\($0)\"" }.joined(separator: ", ")
          let part =
            switch table {
            case "sync_checkpoints", "sync_quarantine", "sync_changes": "WHERE \(known)"
            case "sync_seen": "WHERE list_id IN (SELECT list_id FROM newer.sync_checkpoints WHERE \(known))"
            default: ""
            }
          try database.execute(sql: "INSERT INTO main.\(table) (\(columns)) SELECT \(columns) FROM newer.\(table) \(part)")
        }
        return .commit
      }
      try database.execute(sql: "PRAGMA main.application_id = \(MirrorSchema.applicationID); PRAGMA main.user_version = 1")
      try database.execute(sql: "DETACH newer")
    }
    try database.close()
    for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: path + suffix) {
      try FileManager.default.removeItem(atPath: path + suffix)
    }
    try FileManager.default.moveItem(atPath: older, toPath: path)
  }
}
