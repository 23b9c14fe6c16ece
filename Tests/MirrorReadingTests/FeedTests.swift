import DevinModel
import Foundation
import GRDB
import MirrorStore
import Synchronization
import TestSupport
import Testing

@testable import MirrorReading

/// Feeds of a file whose rows and changes were inserted by the test.
@Suite("A feed")
struct FeedTests {
  private static let now: UnixTime = 1_793_491_200
  private let mirror: TemporaryMirror

  init() throws {
    mirror = try TemporaryMirror()
    try mirror.open().close()
    try write(
      "INSERT INTO sync_runs (run_id, started_at, finished_at, status, api_url, version, pid) VALUES (1, 1, 2, 0, '', '', 0)")
    try write(
      """
      INSERT INTO sync_checkpoints (org_id, resource, completed_at, as_of, completed_run, allowed_at)
      VALUES ('org', 'sessions', 2, 2, 1, 2), ('org', 'session_messages', 2, 2, 1, 2), ('org', 'daily_consumption', 2, 2, 1, 2)
      """)
  }

  private func write(_ sql: String, _ arguments: StatementArguments = []) throws {
    try DatabaseQueue(path: mirror.path).write { try $0.execute(sql: sql, arguments: arguments) }
  }

  /// Writes a row as a run would: its previous content is in the history.
  private func session(_ id: String, _ members: String, at time: UnixTime = 10) throws {
    let raw = #"{"session_id":"\#(id)","org_id":"org"\#(members.isEmpty ? "" : ",")\#(members)}"#
    try write(
      """
      INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before)
      SELECT 1, :time, 'sessions', :id, CASE WHEN _raw IS NULL THEN 'inserted' WHEN _deleted_at IS NOT NULL THEN 'restored' ELSE 'changed' END, _raw
      FROM (SELECT 1) LEFT JOIN sessions ON session_id = :id;
      INSERT INTO sessions (session_id, _raw, _first_synced_at, _changed_at) VALUES (:id, :raw, :time, :time)
      ON CONFLICT DO UPDATE SET _raw = excluded._raw, _changed_at = excluded._changed_at, _deleted_at = NULL
      """, ["id": id, "raw": raw, "time": time])
  }

  private func delete(_ id: String, at time: UnixTime = 20) throws {
    try write(
      """
      INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before)
      SELECT 1, :time, 'sessions', :id, 'deleted', _raw FROM sessions WHERE session_id = :id;
      UPDATE sessions SET _deleted_at = :time WHERE session_id = :id
      """, ["id": id, "time": time])
  }

  private struct Sent {
    let text: String
    let lines: [[String: Any]]
    let report: MirrorFeed.Report

    func rows(_ type: String = "RECORD") -> [[String: Any]] { lines.filter { $0["type"] as? String == type } }
    var records: [[String: Any]] { rows().compactMap { $0["record"] as? [String: Any] } }
    var ids: [String] { records.compactMap { $0["session_id"] as? String } }
    var types: [String] { lines.compactMap { $0["type"] as? String ?? $0["op"] as? String } }
    var plan: FeedPlan? { report.streams.first?.plan }
  }

  private func feed(
    _ state: FeedState? = nil, now: UnixTime = now, _ set: (inout MirrorFeed.Options) -> Void = { _ in }
  ) async throws -> Sent {
    var options = MirrorFeed.Options()
    set(&options)
    let bytes = Mutex<[UInt8]>([])
    let report = try await MirrorFeed(MirrorReader(database: mirror.path), options).send(from: state, now: now) { block in
      bytes.withLock { $0.append(contentsOf: block) }
      return true
    }
    let text = try #require(String(validating: bytes.withLock(\.self), as: UTF8.self))
    let lines = try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
    }
    return Sent(text: text, lines: lines, report: report)
  }

  @Test("the first one has a schema, every row with a version, the version's activation, and a state before and after")
  func first() async throws {
    try session("a", #""created_at":1700000000,"acus_consumed":0.30000000000000004,"tags":["x"],"is_archived":false"#)
    try session("b", #""title":"gone""#)
    try delete("b")
    let sent = try await feed()
    #expect(sent.types == ["STATE", "SCHEMA", "RECORD", "RECORD", "ACTIVATE_VERSION", "STATE", "STATE"])
    let schema = try #require(sent.rows("SCHEMA").first)
    #expect(schema["key_properties"] as? [String] == ["session_id"])
    let properties = try #require((schema["schema"] as? [String: Any])?["properties"] as? [String: [String: Any]])
    #expect(Set(properties.keys) == Set(sent.records[0].keys))
    #expect(properties["session_id"]?["type"] as? [String] == ["string"])
    #expect(properties["created_at"]?["type"] as? [String] == ["integer", "null"])
    #expect(properties["created_at_utc"]?["format"] as? String == "date-time")
    #expect(properties["tags"]?["type"] as? [String] == ["array", "null"])
    #expect((properties["acus_consumed"]?["description"] as? String)?.contains("agent compute units") == true)
    for name in ["_raw", "_state", "_settles_at"] { #expect(properties[name] == nil) }
    let a = sent.records[0]
    #expect(a["created_at"] as? Int == 1_700_000_000 && a["created_at_utc"] as? String == "2023-11-14T22:13:20Z")
    #expect(sent.text.contains(#""acus_consumed":0.30000000000000004,"#))
    #expect(a["tags"] as? [String] == ["x"] && a["is_archived"] as? Int == 0)
    #expect(a["_sdc_deleted_at"] is NSNull)
    #expect(sent.records[1]["title"] as? String == "gone")
    #expect(sent.records[1]["_sdc_deleted_at"] as? String == "1970-01-01T00:00:20Z")
    let version = Self.now.rawValue * 1000
    #expect(
      sent.rows().allSatisfy { ($0["version"] as? Int64) == version && $0["time_extracted"] as? String == Self.now.iso8601 })
    #expect(sent.rows("ACTIVATE_VERSION")[0]["version"] as? Int64 == version)
    #expect(sent.report.rows == 2 && sent.plan == .complete(.first))
  }

  @Test("a later one has the rows that changed, once each, in the order of their last changes, without a version")
  func later() async throws {
    for id in ["a", "b", "c", "d"] { try session(id, #""status":"new""#) }
    let first = try await feed()
    #expect(try await feed(first.report.state).types == ["STATE", "STATE"])
    try session("c", #""status":"running""#, at: 30)
    try delete("a", at: 31)
    try session("e", "", at: 32)
    try session("c", #""status":"exit""#, at: 33)
    try delete("b", at: 34)
    try session("b", #""status":"new""#, at: 35)
    let sent = try await feed(first.report.state)
    #expect(sent.types == ["STATE", "SCHEMA", "RECORD", "RECORD", "RECORD", "RECORD", "STATE", "STATE"])
    #expect(sent.ids == ["a", "e", "c", "b"])
    #expect(sent.records.map { $0["_sdc_deleted_at"] is NSNull } == [false, true, true, true])
    #expect(sent.records[2]["status"] as? String == "exit" && sent.records[0]["status"] as? String == "new")
    #expect(sent.rows().allSatisfy { $0["version"] == nil })
    #expect(try await feed(sent.report.state).records.isEmpty)
    // With the earlier state, the same rows are sent again.
    #expect(try await feed(first.report.state).ids == sent.ids)
  }

  @Test("NDJSON has the same rows with their key, operation and change")
  func ndjson() async throws {
    try session("a", "", at: 5)
    try write(
      "INSERT INTO session_messages (session_id, event_id, org_id, _raw, _first_synced_at, _changed_at) VALUES ('a', 'e', 'org', '{}', 1, 6)"
    )
    let first = try await feed { $0.format = .ndjson }
    let rows = first.lines.filter { $0["row"] != nil }
    #expect(rows[0]["key"] as? String == "a" && rows[1]["key"] as? [String] == ["a", "e"])
    #expect(
      rows.map { $0["changed_at"] as? Int } == [5, 6] && rows.allSatisfy { $0["version"] as? Int64 == Self.now.rawValue * 1000 })
    #expect((rows[0]["row"] as? [String: Any])?["_sdc_deleted_at"] == nil)
    #expect(first.types == ["state", "upsert", "activate", "state", "upsert", "activate", "state", "state"])
    try delete("a", at: 9)
    let second = try await feed(first.report.state) { $0.format = .ndjson }
    let gone = try #require(second.lines.first { $0["row"] != nil })
    #expect(gone["op"] as? String == "delete" && gone["change_id"] as? Int == 2 && gone["changed_at"] as? Int == 9)
    #expect(Set(gone.keys) == ["resource", "key", "op", "row", "changed_at", "change_id"])
  }

  @Test("no version is activated while the mirror's lists are incomplete; once complete, all rows are sent again and it is")
  func incomplete() async throws {
    try session("a", "")
    try write("UPDATE sync_checkpoints SET completed_at = NULL WHERE resource = 'sessions'")
    let first = try await feed()
    #expect(!first.types.contains("ACTIVATE_VERSION") && first.ids == ["a"])
    try session("b", "")
    let second = try await feed(first.report.state)
    #expect(second.ids == ["b"] && second.plan == .changes(after: 1))
    try write("UPDATE sync_checkpoints SET completed_at = 2 WHERE resource = 'sessions'")
    // Even if the clock was set back, no version is older than the one before.
    let third = try await feed(second.report.state, now: 1)
    #expect(third.plan == .complete(.nowComplete) && third.ids == ["a", "b"])
    #expect(third.rows("ACTIVATE_VERSION").first?["version"] as? Int64 == Self.now.rawValue * 1000 + 1)
    #expect(try await feed(third.report.state).records.isEmpty)
  }

  @Test("removed history, another file and an older copy of it cause all rows to be sent again")
  func again() async throws {
    try session("a", "", at: 10)
    let old = try await feed().report.state
    try session("b", "", at: 20)
    let state = try await feed().report.state
    try session("c", "", at: 30)
    let newer = try await feed().report.state
    #expect(try await feed(old).ids == ["b", "c"])
    let store = try mirror.open()
    _ = try await store.forgetHistory(before: 25, isAsking: false)
    #expect(try await feed(old).plan == .complete(.pruned))
    #expect(try await feed(newer).records.isEmpty)
    _ = try await store.forgetHistory(before: 99, isAsking: false)
    try store.close()
    let emptied = try await feed(newer)
    #expect(emptied.plan == .complete(.pruned) && emptied.ids == ["a", "b", "c"])
    #expect(try await feed(emptied.report.state).records.isEmpty)
    // Change numbers start again.
    try session("d", "", at: 100)
    let next = try await feed(emptied.report.state)
    #expect(next.ids == ["d"])
    #expect(try await feed(state).plan == .complete(.pruned))
    // Simulates a copy from before the last change, in which different changes followed.
    try write("UPDATE sync_changes SET key = 'x'")
    let other = try await feed(next.report.state)
    #expect(other.plan == .complete(.otherFile) && other.types.contains("ACTIVATE_VERSION"))
    try write("DELETE FROM sync_changes; DELETE FROM sync_pruned")
    #expect(try await feed(next.report.state).plan == .complete(.otherFile))
  }

  @Test("if a row was removed from the file before its deletion was sent, all rows are sent again, as a version without it")
  func vanished() async throws {
    for id in ["a", "b"] { try session(id, "") }
    let first = try await feed()
    try delete("a")
    try write("DELETE FROM sessions WHERE session_id = 'a'")
    let sent = try await feed(first.report.state, now: Self.now.advanced(by: .seconds(60)))
    #expect(sent.plan == .complete(.vanished) && sent.ids == ["b"] && sent.types.contains("ACTIVATE_VERSION"))
    #expect(try await feed(sent.report.state).records.isEmpty)
  }

  @Test("if child rows of a deleted row were removed, the rest is sent again, as a version without them")
  func below() async throws {
    for id in ["a", "b"] {
      try write(
        """
        INSERT INTO sync_changes (run_id, changed_at, resource, key, change) VALUES (1, 3, 'session_messages', json_array(:id, 'e'), 'inserted');
        INSERT INTO session_messages (session_id, event_id, org_id, _raw, _first_synced_at, _changed_at) VALUES (:id, 'e', 'org', '{}', 1, 3)
        """, ["id": id])
    }
    let first = try await feed()
    #expect(try await feed(first.report.state).records.isEmpty)
    try write("DELETE FROM session_messages WHERE session_id = 'a'")
    let sent = try await feed(first.report.state)
    #expect(sent.plan == .complete(.vanished) && sent.ids == ["b"] && sent.types.contains("ACTIVATE_VERSION"))
    #expect(try await feed(sent.report.state).records.isEmpty)
  }

  @Test("a limit sends the changes step by step, and never makes a first feed look complete")
  func limit() async throws {
    for id in ["a", "b", "c"] { try session(id, "") }
    let cut = try await feed { $0.limit = 2 }
    #expect(cut.ids == ["a", "b"] && cut.report.streams[0].isCut && !cut.types.contains("ACTIVATE_VERSION"))
    #expect(cut.report.state == FeedState())
    let first = try await feed { $0.limit = 3 }
    #expect(!first.report.streams[0].isCut && first.types.contains("ACTIVATE_VERSION"))
    try session("b", #""status":"exit""#)
    try session("a", #""status":"exit""#)
    try session("d", "")
    try session("b", #""status":"running""#)
    var (state, seen) = (first.report.state, [String]())
    for _ in 0..<3 {
      let sent = try await feed(state) { $0.limit = 1 }
      (state, seen) = (sent.report.state, seen + sent.ids)
    }
    #expect(seen == ["a", "d", "b"])
    #expect(try await feed(state).records.isEmpty)
  }

  @Test("columns are left out, objects are added, one organization is chosen, and the selection belongs to the state")
  func selection() async throws {
    try session("a", #""title":"t","created_at":1,"new_field":{"x":[1]}"#)
    try session("b", #""title":"u""#)
    try write("UPDATE sessions SET _raw = json_set(_raw, '$.org_id', 'other') WHERE session_id = 'b'")
    let all = try await feed()
    let less = try await feed(all.report.state) {
      $0.excluded = ["sessions.title", "sessions.created_at", "sessions.updated_at_utc"]
    }
    #expect(less.plan == .complete(.otherSelection))
    for name in ["title", "created_at", "created_at_utc", "updated_at_utc"] { #expect(less.records[0][name] == nil, "\(name)") }
    #expect(less.records[0].keys.contains("updated_at"))
    let more = try await feed { $0.withObjects = true }
    #expect(((more.records[0]["_raw"] as? [String: Any])?["new_field"] as? [String: [Int]]) == ["x": [1]])
    let one = try await feed { $0.organization = "other" }
    #expect(one.ids == ["b"])
    try session("c", "")
    let next = try await feed(one.report.state) { $0.organization = "other" }
    #expect(next.records.isEmpty)
    for (name, error) in [
      ("sessions.titel", nil), ("nothing.title", nil), ("title", nil), ("sessions._state", nil),
      ("sessions.session_id", MirrorError.neededColumn("sessions.session_id")),
    ] {
      let thrown = await #expect(throws: MirrorError.self) { try await feed { $0.excluded = [name] } }
      if let error { #expect(thrown == error) }
    }
  }

  @Test("other resources keep their bookmarks if only some are sent, and each continues with its own")
  func some() async throws {
    try session("a", "")
    try write(
      """
      INSERT INTO sync_changes (run_id, changed_at, resource, key, change) VALUES (1, 3, 'session_messages', '["a","e"]', 'inserted');
      INSERT INTO session_messages (session_id, event_id, org_id, _raw, _first_synced_at, _changed_at) VALUES ('a', 'e', 'org', '{}', 1, 3)
      """)
    let sessions = try await feed { $0.resources = ["sessions"] }
    #expect(Set(sessions.report.state.bookmarks.keys) == ["sessions"])
    let messages = try await feed(sessions.report.state) { $0.resources = ["session_messages"] }
    #expect(messages.records.map { $0["event_id"] as? String } == ["e"])
    #expect(Set(messages.report.state.bookmarks.keys) == ["sessions", "session_messages"])
    #expect(try await feed(messages.report.state).records.isEmpty)
    // A resource without rows is included only if it is named.
    #expect(try await feed().rows("SCHEMA").count == 2)
    #expect(try await feed { $0.resources = ["playbooks"] }.types == ["STATE", "SCHEMA", "STATE", "STATE"])
  }

  @Test("whatever a server sent, each line is UTF-8 JSON that matches its schema, and only rows without a key are left out")
  func hostile() async throws {
    let values = [
      #""created_at":1e999,"acus_consumed":1e999,"title":"a\u0000b","tags":[1e999,"\ud800","\u0000"]"#,
      #""created_at":"soon","updated_at":[],"acus_consumed":"much","tags":"[1]","structured_output":[1],"pull_requests":{"a":1}"#,
      #""created_at":9223372036854775807,"updated_at":-1,"acus_consumed":-1e308,"title":5,"tags":"no JSON","is_archived":"yes""#,
      #""created_at":9223372036854775808,"updated_at":253402300799999,"acus_consumed":123456789012345678901234567890"#,
      #""title":"\ud83d","url":"\ud83d\ude00 \u2028 \u0001 \"\\ é","category":"\ude00","created_at":1.5,"is_archived":{"a":1}"#,
      #""tags":[\#(String(repeating: "9", count: 5_000)),1e-999,"1e999"],"acus_consumed":\#(String(repeating: "9", count: 400))"#,
      #""structured_output":{"a\"b":{"":[null,true,{"\u0000":1}]}},"title":"\\u0000","acus_consumed":-0.0"#,
      #""created_at":true,"acus_consumed":false,"title":{"a":[1]},"tags":null,"org_id":7"#,
    ]
    for (number, value) in values.enumerated() { try session("s\(number)", value) }
    for format in FeedFormat.allCases {
      let sent = try await feed {
        $0.format = format
        $0.withObjects = true
      }
      #expect(sent.report.rows == values.count)
      guard format == .singer else { continue }
      let properties = try #require(
        (sent.rows("SCHEMA")[0]["schema"] as? [String: Any])?["properties"] as? [String: [String: Any]])
      for record in sent.records {
        for (name, value) in record {
          let types = properties[name]?["type"] as? [String] ?? []
          let fits =
            switch value {
            case is NSNull: types.contains("null")
            case is String: types.contains("string")
            case is [Any]: types.contains("array")
            case is [String: Any]: types.contains("object")
            case let number as NSNumber: types.contains("number") || types.contains("integer") && Int64(exactly: number) != nil
            default: false
            }
          #expect(fits, "\(name): \(value)")
        }
      }
      #expect(sent.records[0]["created_at"] is NSNull && sent.records[0]["title"] as? String == "a\u{fffd}b")
      #expect(sent.records[2]["created_at"] as? Int64 == .max && sent.records[2]["created_at_utc"] is NSNull)
      #expect(sent.records[3]["updated_at_utc"] as? String == "9999-12-31T23:59:59Z")
      // The mirror's own column has the same text.
      #expect(sent.records[6]["title"] as? String == "\\ufffd")
    }
    try write(
      """
      INSERT INTO daily_consumption (org_id, date, _raw, _first_synced_at, _changed_at)
      VALUES ('org', 'some day', '{}', 1, 1), ('org', 1700000000, '{"date":1700000000}', 1, 1)
      """)
    let days = try await feed { $0.resources = ["daily_consumption"] }
    #expect(days.report.streams.map(\.unkeyed) == [1] && days.report.rows == 1)
  }

  @Test("rows written by a run meanwhile are in the next feed")
  func meanwhile() async throws {
    try session("a", "")
    let wrote = Mutex(false)
    let bytes = Mutex<[UInt8]>([])
    let file = try DatabaseQueue(path: mirror.path)
    let feed = try MirrorFeed(MirrorReader(database: mirror.path), .init())
    // Blocks are written while the snapshot is held.
    let report = try await feed.send(from: nil, now: Self.now) { block in
      bytes.withLock { $0.append(contentsOf: block) }
      if wrote.withLock({ $0 }) { return true }
      wrote.withLock { $0 = true }
      try? file.write {
        try $0.execute(sql: "UPDATE sessions SET _changed_at = 99")
        try $0.execute(
          sql: "INSERT INTO sync_changes (run_id, changed_at, resource, key, change) VALUES (1, 99, 'sessions', 'a', 'changed')")
      }
      return true
    }
    #expect(wrote.withLock(\.self) && report.state.bookmarks["sessions"]?.change == 1)
    #expect(try await self.feed(report.state).records.map { $0["_changed_at"] as? Int } == [99])
  }

  @Test("a damaged row ends it, and the message says where it is")
  func damaged() async throws {
    try session("a", #""mark":1"#)
    // A change that a faulty disk may cause.
    let file = URL(fileURLWithPath: mirror.path)
    var bytes = try Data(contentsOf: file)
    let place = try #require(bytes.range(of: Data(#""mark":1}"#.utf8)))
    bytes.replaceSubrange(place, with: Data(#""mark":1!"#.utf8))
    try bytes.write(to: file)
    let error = await #expect(throws: MirrorError.self) { try await feed() }
    #expect(error?.message.contains("sessions._raw is not JSON where rowid is 1") == true, "\(String(describing: error))")
  }

  @Test("a reader that closes the pipe ends it, and its state says what the reader received")
  func closed() async throws {
    for number in 0..<2_000 { try session("s\(number)", #""title":"\#(String(repeating: "x", count: 300))""#) }
    let blocks = Mutex(0)
    let report = try await MirrorFeed(MirrorReader(database: mirror.path), .init()).send(from: nil, now: Self.now) { _ in
      blocks.withLock { $0 += 1 }
      return false
    }
    #expect(report.isClosed && blocks.withLock(\.self) == 1 && report.state == FeedState())
  }

  @Test("every resource has a key, unique names, and fewer columns than SQLite allows for one row")
  func streams() throws {
    let streams = try FeedCatalogue(MirrorSchemaText.objects(of: nil)).streams(.init())
    #expect(streams.count == Catalogue.all.count)
    for stream in streams {
      let names = stream.columns.flatMap { $0.members(of: "f").map(\.name) } + ["_sdc_deleted_at"]
      #expect(Set(names).count == names.count && names.count <= 50, "\(stream.resource)")
      #expect(Set(stream.key).isSubset(of: stream.columns.map(\.name)), "\(stream.resource)")
      #expect(stream.columns.contains { $0.name == "_deleted_at" && $0.kind == .time || $0.name != "_deleted_at" })
    }
  }
}
