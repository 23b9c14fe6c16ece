import Foundation
import MirrorStore
import Testing

@testable import DevinPush

@Suite("Rows of sessions")
struct SessionRowTests {
  private func problems(_ text: String) -> [String] {
    SessionRows(Data(text.utf8), "rows").problems.map(\.message)
  }

  @Test("a row that cannot be meant is named with its line, and with what is wrong")
  func problems() {
    let cases: [(String, String)] = [
      (#"{"action":"create","prompt":"x"}"#, "`key` is missing"),
      (#"{"key":"","action":"create","prompt":"x"}"#, "`key` is empty"),
      (#"{"key":7,"action":"create","prompt":"x"}"#, "`key` is no text"),
      (#"{"key":"a\u0000","action":"create","prompt":"x"}"#, "control character U+0"),
      (#"{"key":"a\nb","action":"create","prompt":"x"}"#, "control character U+A"),
      (#"{"key":"a"}"#, "`action` is missing"),
      (#"{"key":"a","action":"delete"}"#, "`action` is one of create, message, tags, archive, terminate"),
      (#"{"key":"a","action":"create"}"#, "`prompt` is missing"),
      (#"{"key":"a","action":"create","prompt":null}"#, "`prompt` is missing"),
      (#"{"key":"a","action":"create","prompt":" "}"#, "`prompt` is empty"),
      (#"{"key":"a","action":"create","prompt":"x\u001b[2J"}"#, "control character U+1B"),
      (#"{"key":"a","action":"create","prompt":"x","promt":"y"}"#, "has no member `promt`"),
      (#"{"key":"a","action":"create","prompt":"x","prompt":"y"}"#, "a member twice"),
      (#"{"key":"a","action":"create","prompt":"x","session_id":"s"}"#, "has no member `session_id`"),
      (#"{"key":"a","action":"create","prompt":"x","create_as_user_id":"u"}"#, "in the name of the key"),
      (#"{"key":"a","action":"create","prompt":"x","session_secrets":[]}"#, "a value does not belong into a file"),
      (#"{"key":"a","action":"create","prompt":"x","devin_id":"u"}"#, "has no member `devin_id`"),
      (#"{"key":"a","action":"create","prompt":"x","tags":"t"}"#, "`tags` is no list of texts"),
      (#"{"key":"a","action":"create","prompt":"x","tags":[1]}"#, "`tags` is no text"),
      (#"{"key":"a","action":"create","prompt":"x","max_acu_limit":0}"#, "`max_acu_limit` is no whole number, 1 or more"),
      (#"{"key":"a","action":"create","prompt":"x","max_acu_limit":1.5}"#, "`max_acu_limit` is no whole number"),
      (#"{"key":"a","action":"create","prompt":"x","resumable":"no"}"#, "`resumable` is no true or false"),
      (#"{"key":"a","action":"message","message":"x"}"#, "one of `session_id` and `session_key` is needed"),
      (#"{"key":"a","action":"message","message":"x","session_id":"s","session_key":"k"}"#, "one of `session_id`"),
      (#"{"key":"a","action":"message","message":"x","session_key":"a"}"#, "the row's own key"),
      (#"{"key":"a","action":"message","session_id":"s"}"#, "`message` is missing"),
      (#"{"key":"a","action":"tags","session_id":"s"}"#, "one of `tags` (the whole list) and `add` is needed"),
      (#"{"key":"a","action":"archive","session_id":"s","archive":true}"#, "has no member `archive`"),
      ("[1]", "it is no JSON object"), ("{", "it is no JSON"), ("{\"key\":\"\u{fffe}\"", "it is no JSON"),
    ]
    for (line, expected) in cases {
      let found = problems("\n\(line)\n")
      #expect(found.count == 1 && found[0].hasPrefix("rows:2: ") && found[0].contains(expected), "\(line): \(found)")
    }
    let row = #"{"key":"a","action":"create","prompt":"x"}"#
    #expect(problems("\(row)\n\(row)") == ["rows:2: the key of line 1 again: a"])
    #expect(problems(" \n\n") == ["rows: it has no rows"])
    #expect(problems(row.replacing("x", with: String(repeating: "x", count: 1 << 20)))[0].contains("longer than 1024 KiB"))
    #expect(problems(row.replacing("x", with: String(repeating: "x", count: 600_000)))[0].contains("`prompt` is longer"))
    #expect(!SessionRows(Data([0x7b, 0xff, 0x7d]), "rows").problems.isEmpty)
  }

  @Test("a row says the same however its members are ordered, whatever its key is, and with null for what is missing")
  func hashes() throws {
    func hash(_ line: String) throws -> String {
      let rows = SessionRows(Data(line.utf8), "rows")
      return try #require(rows.rows.first, "\(rows.problems.map(\.message))").hash
    }
    let first = try hash(#"{"key":"a","action":"message","session_id":"devin-s","message":"x"}"#)
    #expect(try hash(#"{"message":"x","session_id":"s","attachment_urls":null,"action":"message","key":"b"}"#) == first)
    #expect(try hash(#"{"key":"a","action":"message","session_id":"s","message":"y"}"#) != first)
    #expect(try hash(#"{"key":"a","action":"message","session_key":"s","message":"x"}"#) != first)
    // An empty list is not the same as none: it keeps all knowledge away.
    let create = try hash(#"{"key":"a","action":"create","prompt":"x"}"#)
    #expect(try hash(#"{"key":"a","action":"create","prompt":"x","knowledge_ids":[]}"#) != create)
  }

  @Test("what somebody says of a row is read from the last equals sign")
  func resolutions() {
    #expect(SessionResolution("k=none").map { [$0.key: $0.truth] } == ["k": .notDone])
    #expect(SessionResolution("a=b=devin-1").map { [$0.key: $0.truth] } == ["a=b": .created(session: "1")])
    #expect(SessionResolution("k=done")?.truth == .done)
    for text in ["", "k", "=none", "k="] { #expect(SessionResolution(text) == nil, "\(text)") }
  }
}
