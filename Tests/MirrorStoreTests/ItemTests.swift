import Foundation
import MirrorStore
import TestSupport
import Testing

@Suite("Items that become rows, and those that cannot")
struct ItemTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  @Test("malformed items are quarantined as received, and other items become rows")
  func quarantinesOddItems() async throws {
    let odd = [
      #""text""#, "7", "null", "true", "[1]", #"{"title": "no key"}"#, #"{"session_id": ""}"#, #"{"session_id": null}"#,
      #"{"session_id": "devin-"}"#, "{}",
    ]
    var walk = Walk()
    let outcome = try await walk.store([session("a")] + odd + [session("b")], in: store, cursor: "c")
    #expect(outcome.received == 12 && outcome.inserted == 2 && outcome.malformed == 10)
    #expect(try await store.rows("SELECT session_id FROM sessions ORDER BY 1") == ["a", "b"])
    #expect(try await store.query("SELECT count(*) FROM sync_quarantine WHERE item <> '' AND reason <> ''").texts == [["10"]])
    let items = try await store.query("SELECT item FROM sync_quarantine").texts.map { $0[0] ?? "" }
    for item in [#""text""#, "7", "null", #"{"title":"no key"}"#, #"{"session_id":""}"#] {
      #expect(items.contains(item), "\(item)")
    }
    #expect(try await store.quarantined(organization: "org-1")["sessions"]?.items == 10)
    #expect(try await store.rows("SELECT count(*) FROM sync_changes") == ["2"])
    #expect(try await store.checkpoint(of: walk.list).cursor == "c")
  }

  @Test("a malformed item that a complete walk no longer sees leaves quarantine, one that it sees stays")
  func releasesOddItems() async throws {
    var walk = Walk()
    try await walk.store(["7", #""x""#], in: store, isLast: true)
    walk.restart()
    try await walk.store(["7"], in: store)
    #expect(try await store.rows("SELECT item, attempts FROM sync_quarantine ORDER BY 1") == [#""x"|1"#, "7|2"])
    try await walk.store([session("a")], in: store, isLast: true)
    #expect(
      try await store.rows("SELECT item, attempts, first_failed_at, last_failed_at FROM sync_quarantine") == ["7|2|1000|1100"])
  }

  @Test("a session's key is bare, whatever its prefix")
  func stripsPrefix() async throws {
    var walk = Walk()
    try await walk.store([session("devin-abc"), session("devinabc"), session("devin-devin-x")], in: store)
    #expect(try await store.rows("SELECT session_id FROM sessions ORDER BY 1") == ["abc", "devin-x", "devinabc"])
    walk.restart()
    #expect(try await walk.store([session("abc")], in: store).changed == 1)
    #expect(
      try await store.rows("SELECT count(*), max(_raw ->> 'session_id') FROM sessions WHERE session_id = 'abc'") == ["1|abc"])
    #expect(try await store.rows("SELECT key FROM sync_seen ORDER BY 1") == ["abc", "devin-x", "devinabc"])
  }

  @Test("a key that is a number becomes text, also the second time")
  func takesNumbersAsKeys() async throws {
    var walk = Walk()
    try await walk.store([#"{"session_id": 7}"#], in: store)
    let again = try await walk.store([#"{"session_id": 7}"#], in: store)
    #expect(again.inserted == 0 && again.changed == 0 && again.newKeys == 0)
    #expect(try await store.rows("SELECT session_id, typeof(session_id) FROM sessions") == ["7|text"])
  }

  @Test(
    "an id that SQLite would not return unchanged is quarantined, and no other row takes its place",
    arguments: [
      #""a\ud800""#, #""a\ud801""#, #""\udc00\ud800""#, #""a\u0000b""#, #""a\u0000""#, #""\u0000""#, #""a\\\u0000b""#, "1.5",
      "true",
      "1e999", "12345678901234567890", #"["a"]"#, #"{"id": "a"}"#, "\"\(String(repeating: "x", count: 5_000))\"",
    ])
  func quarantinesUnsoundKeys(_ id: String) async throws {
    var walk = Walk()
    let outcome = try await walk.store([#"{"session_id": "a"}"#, #"{"session_id": \#(id)}"#], in: store, isLast: true)
    #expect(outcome.inserted == 1 && outcome.malformed == 1)
    #expect(try await store.rows("SELECT session_id, _raw FROM sessions") == [#"a|{"session_id":"a"}"#])
    #expect(try await store.rows("SELECT reason LIKE 'its session_id cannot be a key: %' FROM sync_quarantine") == ["1"])
  }

  @Test("ids with escapes, of any script, and ids that only look the same are separate rows")
  func keepsSoundKeys() async throws {
    let ids = [
      #""\u00e9""#, #""e\u0301""#, #""\ud83d\ude00""#, #""\ufffd""#, #""\uffff""#, #""\\u0000""#, #""a\/b""#, #""..""#, #"" ""#,
      #""%00""#, "7", "-9223372036854775808", "\"\(String(repeating: "x", count: 2_000))\"",
    ]
    var walk = Walk()
    let outcome = try await walk.store(ids.map { #"{"session_id": \#($0)}"# }, in: store, isLast: true)
    #expect(outcome.inserted == ids.count && outcome.malformed == 0)
    walk.restart()
    let again = try await walk.store(ids.map { #"{"session_id": \#($0)}"# }, in: store, isLast: true)
    #expect(again.inserted == 0 && again.changed == 0 && again.newKeys == ids.count && again.missing == 0)
  }

  @Test("text continues after a NUL, which stays as sent in the raw object")
  func readsBehindNUL() async throws {
    var walk = Walk(.messages, parent: "s1")
    try await walk.store([#"{"event_id": "e1", "message": "before\u0000after", "source": "user"}"#], in: store)
    #expect(try await store.rows("SELECT message FROM session_messages") == ["before\u{fffd}after"])
    #expect(
      try await store.rows("SELECT _raw FROM session_messages") == [
        #"{"event_id":"e1","message":"before\u0000after","source":"user"}"#
      ])
  }

  @Test(
    "numbers and escapes stay as sent",
    arguments: [
      "12345678901234567890", "123456789012345678901234567890", "0.1000", "1e3", "1E+400", "-0", "-0.0", "1.7976931348623157e308",
      #""\u00e9\/\"\\\b""#, #""é👍""#, #""\ud83d\udc4d""#, #""\ud83d""#, #""\udc00x""#, "{}", "[]", #"{"b":1,"a":2,"b":3}"#,
      "null", "true",
    ])
  func keepsRaw(_ value: String) async throws {
    var walk = Walk()
    let outcome = try await walk.store([#"{ "session_id" : "a", "more":[ \#(value) ] }"#, session("b")], in: store)
    #expect(outcome.inserted == 2)
    #expect(
      try await store.rows("SELECT _raw FROM sessions WHERE session_id = 'a'") == [#"{"session_id":"a","more":[\#(value)]}"#])
    #expect(try await walk.store([#"{ "session_id" : "a", "more":[ \#(value) ] }"#], in: store).changed == 0)
  }

  @Test("a lone surrogate loses no row and no column value")
  func keepsLoneSurrogates() async throws {
    var walk = Walk()
    let outcome = try await walk.store([session("a", title: #"broken \ud83d"#), session("b")], in: store)
    #expect(outcome.inserted == 2)
    #expect(try await store.rows("SELECT session_id, title LIKE 'broken %' FROM sessions ORDER BY 1") == ["a|1", "b|0"])
  }

  @Test("only the known members of a secret reach the file")
  func leavesSecretsOut() async throws {
    var walk = Walk(.secrets)
    let items = [
      #"{"secret_id": "x1", "key": "TOKEN", "value": "hunter2", "note": "\"note\" \u0041", "more": ["hunter2"], "created_at": 5}"#,
      #"{"key": "NO_ID", "value": "hunter2-keyless"}"#, #""hunter2-text""#,
    ]
    let outcome = try await walk.store(items, in: store, isLast: true)
    #expect(outcome.inserted == 1 && outcome.malformed == 2)
    #expect(
      try await store.rows("SELECT _raw, org_id FROM secrets") == [
        #"{"secret_id":"x1","key":"TOKEN","note":"\"note\" \u0041","created_at":5}|org-1"#
      ])
    walk.restart()
    let again = try await walk.store([items[0].replacing("hunter2", with: "hunter2-changed")], in: store)
    #expect(again.changed == 0, "a value cannot be told from its absence")
    #expect(try await store.rows("SELECT count(*) FROM sync_quarantine WHERE item LIKE '(left out%'") == ["2"])
    // On the next page of the same walk the numbers continue.
    try await walk.store(["3", "null"], in: store)
    try await walk.store(["4"], in: store)
    #expect(try await store.rows("SELECT count(*) FROM sync_quarantine WHERE item LIKE '(left out%'") == ["3"])
    for (name, bytes) in try mirror.files() { #expect(bytes.range(of: Data("hunter2".utf8)) == nil, "\(name)") }
    try store.close()
    for (name, bytes) in try mirror.files() { #expect(bytes.range(of: Data("hunter2".utf8)) == nil, "\(name)") }
  }

  @Test("an unusable page of secrets leaves nothing of them, not even in its error")
  func leavesBrokenSecretsOut() async throws {
    var walk = Walk(.secrets)
    for body in [
      #"{"items": [{"secret_id": "x", "value": "hunter2"}, "#, #"{"items": [{"secret_id": "x", "value": "hunter2"}]}"#,
    ] {
      await #expect {
        try await walk.store([], in: store, count: 2, body: body)
      } throws: {
        !"\($0)".contains("hunter2")
      }
    }
    for (name, bytes) in try mirror.files() { #expect(bytes.range(of: Data("hunter2".utf8)) == nil, "\(name)") }
  }
}
