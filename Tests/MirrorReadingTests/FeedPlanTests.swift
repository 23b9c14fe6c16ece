import Testing

@testable import MirrorReading

@Suite("The content of a feed")
struct FeedPlanTests {
  private let bookmark = FeedState.Bookmark(
    change: 7, mark: "m", pruned: 0, selection: "s", rows: nil, version: 1, isActive: true)
  private let facts = FeedPlan.Facts(
    mark: "m", newestPruned: 0, selection: "s", hasChanged: false, hasVanished: false, isComplete: true)

  private func plan(_ change: (inout FeedState.Bookmark, inout FeedPlan.Facts) -> Void) -> FeedPlan {
    var (bookmark, facts) = (bookmark, facts)
    change(&bookmark, &facts)
    return FeedPlan(bookmark, facts)
  }

  @Test("everything, if nothing was sent completely before")
  func first() { #expect(FeedPlan(nil, facts) == .complete(.first)) }

  @Test("the changes after the bookmark, and nothing if there are none")
  func changes() {
    #expect(plan { $1.hasChanged = true } == .changes(after: 7))
    #expect(plan { _, _ in } == .nothing)
  }

  @Test("everything, if the bookmark's change differs or is missing: it is from another file, or another copy")
  func otherFile() {
    #expect(plan { $1.mark = "other" } == .complete(.otherFile))
    #expect(plan { $1.mark = nil } == .complete(.otherFile))
    #expect(
      plan {
        $1.mark = nil
        $1.newestPruned = 6
      } == .complete(.otherFile))
  }

  @Test("everything, if changes after the bookmark were removed from the history")
  func pruned() {
    #expect(plan { $1.newestPruned = 8 } == .complete(.pruned))
    #expect(
      plan {
        $1.newestPruned = 7
        $1.mark = nil
      } == .complete(.pruned))
    // Older changes may be removed.
    #expect(plan { $1.newestPruned = 6 } == .nothing)
    #expect(plan { $1.newestPruned = 7 } == .nothing)
  }

  @Test("the changes, even if numbers have started again because the whole history was removed")
  func numbersBeginAnew() {
    #expect(
      plan {
        $0.pruned = 500
        $1.newestPruned = 500
        $1.hasChanged = true
      } == .changes(after: 7))
    // The history was removed a second time, up to a smaller number.
    #expect(
      plan {
        $0.pruned = 500
        $1.newestPruned = 500
        $1.mark = nil
      } == .complete(.pruned))
  }

  @Test("the first changes, after a file without any change")
  func empty() {
    func plan(pruned: Int64, newestPruned: Int64, hasChanged: Bool) -> FeedPlan {
      let bookmark = FeedState.Bookmark(
        change: 0, mark: "", pruned: pruned, selection: "s", rows: nil, version: 1, isActive: true)
      let facts = FeedPlan.Facts(
        mark: nil, newestPruned: newestPruned, selection: "s", hasChanged: hasChanged, hasVanished: false,
        isComplete: true)
      return FeedPlan(bookmark, facts)
    }
    #expect(plan(pruned: 0, newestPruned: 0, hasChanged: false) == .nothing)
    #expect(plan(pruned: 0, newestPruned: 0, hasChanged: true) == .changes(after: 0))
    #expect(plan(pruned: 0, newestPruned: 2, hasChanged: true) == .complete(.pruned))
    #expect(plan(pruned: 2, newestPruned: 2, hasChanged: true) == .changes(after: 0))
  }

  @Test("everything, if other columns are requested, rows were removed without a change, or the mirror has become complete")
  func again() {
    #expect(plan { $1.selection = "t" } == .complete(.otherSelection))
    #expect(plan { $1.hasVanished = true } == .complete(.vanished))
    #expect(plan { bookmark, _ in bookmark.isActive = false } == .complete(.nowComplete))
    #expect(
      plan {
        $0.isActive = false
        $1.isComplete = false
        $1.hasChanged = true
      } == .changes(after: 7))
  }
}

@Suite("The state of a feed")
struct FeedStateTests {
  private let state = FeedState(bookmarks: [
    "sessions": .init(change: 7, mark: "m", pruned: 0, selection: "s", rows: nil, version: 1, isActive: true)
  ])

  @Test("it is read on its own, in a Singer message, and from NDJSON")
  func forms() throws {
    for line in [state.json, FeedFormat.singer.line(of: state), FeedFormat.ndjson.line(of: state)] {
      #expect(try FeedState(text: line) == state, "\(line)")
      #expect(try FeedState(text: "\n\(line)\n \n") == state)
    }
    #expect(try FeedState(text: FeedState().json) == FeedState())
  }

  @Test("the last one counts, and a truncated line does not")
  func last() throws {
    let older = FeedState().json
    #expect(try FeedState(text: "\(older)\n\(state.json)\n") == state)
    #expect(try FeedState(text: "\(state.json)\n\(older.dropLast(2))") == state)
    #expect(try FeedState(text: "\(state.json)\r\n{\"resource\":\"sessions\",\"key\":\"a\",\"op\":\"upsert\"}\r\n") == state)
  }

  @Test("an empty text has none, as before a first feed")
  func empty() throws {
    for text in ["", "\n", " \n\t\n"] { #expect(try FeedState(text: text) == nil) }
  }

  @Test(
    "an invalid state is refused",
    arguments: [
      ("nonsense", FeedState.Problem.none), ("{}", .none), ("null", .none), ("[1]", .none),
      ("{\"bookmarks\":{\"users\":{}}}", .none),
      ("{\"devin_sync_feed\":2,\"bookmarks\":{}}", .newer(2)), ("{\"devin_sync_feed\":\"1\",\"bookmarks\":{}}", .malformed),
      ("{\"devin_sync_feed\":1}", .malformed),
      ("{\"devin_sync_feed\":1,\"bookmarks\":{\"sessions\":{\"change_id\":7}}}", .malformed),
      ("{\"devin_sync_feed\":1,\"bookmarks\":[]}", .malformed),
      (
        #"{"devin_sync_feed":1,"bookmarks":{"a":{"change_id":-1,"mark":"","pruned":0,"selection":"","version":1,"is_active":true}}}"#,
        .malformed
      ),
      (
        #"{"devin_sync_feed":1,"bookmarks":{"a":{"change_id":1e300,"mark":"","pruned":0,"selection":"","version":1,"is_active":true}}}"#,
        .malformed
      ),
    ])
  func refused(_ text: String, trouble: FeedState.Problem) {
    #expect(throws: trouble) { try FeedState(text: text) }
  }
}

@Suite("Values in JSON that databases reject")
struct JSONRepairTests {
  private func repaired(_ bytes: [UInt8]) -> String {
    var bytes = bytes
    bytes.withUnsafeMutableBufferPointer { _ = JSONRepair.repair($0) }
    return String(validating: bytes, as: UTF8.self) ?? "not UTF-8"
  }

  @Test(
    "NUL and unpaired surrogates become U+FFFD, too large numbers null, and everything else is unchanged",
    arguments: [
      (#"{"a":"\u0000"}"#, #"{"a":"\ufffd"}"#), (#""\\u0000""#, #""\\u0000""#), (#""\\\u0000""#, #""\\\ufffd""#),
      (#""\ud83d\ude00""#, #""\ud83d\ude00""#), (#""\ud83d""#, #""\ufffd""#), (#""\ude00\ud83d""#, #""\ufffd\ufffd""#),
      (#""\ud83d\ud83d\ude00""#, #""\ufffd\ud83d\ude00""#), (#""\uD83Dx""#, #""\ufffdx""#), (#""\u00e9\n\"""#, #""\u00e9\n\"""#),
      ("[1e999]", "[null ]"), ("[-1E+400,2]", "[null   ,2]"), ("[1e-999,1.5e3,-0]", "[1e-999,1.5e3,-0]"),
      (#"{"1e999":"1e999"}"#, #"{"1e999":"1e999"}"#), ("1e308", "1e308"), ("\"é\u{d7ff}\u{e000}😀\"", "\"é\u{d7ff}\u{e000}😀\""),
      (#""\u""#, #""\u""#), (#""\ud83d\u""#, #""\ufffd\u""#), (#"""#, #"""#), (#""\"#, #""\"#), ("", ""), ("-", "-"),
      ("1e", "1e"),
    ])
  func cases(_ text: String, wanted: String) { #expect(repaired(Array(text.utf8)) == wanted) }

  @Test("unpaired surrogates that SQLite decoded from escapes become U+FFFD, and long integers null")
  func bytes() {
    #expect(repaired(Array("\"a".utf8) + [0xed, 0xa0, 0xbd] + Array("b\"".utf8)) == "\"a\u{fffd}b\"")
    #expect(repaired([0x22, 0xed, 0xbf, 0xbf, 0x22]) == "\"\u{fffd}\"")
    let digits = String(repeating: "9", count: 400)
    #expect(repaired(Array("[\(digits)]".utf8)) == "[null" + String(repeating: " ", count: 396) + "]")
    #expect(repaired(Array("[1\(digits.prefix(200))]".utf8)) == "[1\(digits.prefix(200))]")
  }

  @Test("characters that move a terminal's cursor or reverse text are escaped, and no others")
  func hazards() {
    func printed(_ text: String) -> String? {
      var bytes = Array(text.utf8)
      return bytes.withUnsafeMutableBufferPointer {
        JSONRepair.repair($0) ? String(decoding: JSONRepair.printable($0), as: UTF8.self) : nil
      }
    }
    #expect(
      printed("[\"a\u{9b}b\u{7f}\",\"\u{202e}\u{2066}\u{61c}\u{2028}é\"]") == #"["a\u009bb\u007f","\u202e\u2066\u061c\u2028é"]"#)
    for text in ["\"é€😀\u{a0}\u{2010}\u{2030}\u{206a}\u{61d}\"", "[1,2]", "\"\\u202e\""] { #expect(printed(text) == nil) }
  }
}
