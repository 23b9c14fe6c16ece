import DevinModel
import Foundation
import NIOCore
import TestSupport
import Testing

@testable import DevinAPI

@Suite("A page's envelope")
struct DocumentTests {
  private func read(_ answer: APIResponse, rows: RowLocation = .member("items")) throws -> APIResponse.Document {
    try answer.document(from: Endpoint("/v3/list"), rows: rows)
  }

  private func reason(_ answer: APIResponse, rows: RowLocation = .member("items")) -> APIError.Reason? {
    do throws(APIError) {
      _ = try answer.document(from: Endpoint("/v3/list"), rows: rows)
      return nil
    } catch {
      return error.reason
    }
  }

  @Test("a page says how many rows it has, where it continues and how long the list is")
  func readsPages() throws {
    let page = try read(.text(#" {"end_cursor":"c=","has_next_page":true,"total":9,"items":[{"a":1},2,null,"x"],"more":{}}"#))
    #expect(page.envelope.rowCount == 4)
    #expect(page.envelope.endCursor == "c=")
    #expect(page.envelope.hasNextPage == true)
    #expect(page.envelope.total == 9)
  }

  @Test(
    "a page cut off at any byte is never accepted as a last page",
    arguments: [RowLocation.member("items"), .wholeAnswer, .object])
  func refusesTruncation(_ rows: RowLocation) {
    let items = #"[{"id": "é1", "text": "a\"]}", "n": [1, 2.5e3]}, {"id": "👍", "ok": true, "none": null}]"#
    let whole = Array((rows == .wholeAnswer ? items : #"{"items": \#(items), "end_cursor": null, "has_next_page": false}"#).utf8)
    #expect(reason(.bytes(whole), rows: rows) == nil)
    for length in whole.indices {
      guard case .notJSON = reason(.bytes(whole.prefix(length)), rows: rows) else {
        Issue.record("\(length) of \(whole.count) bytes were taken for a page")
        continue
      }
    }
  }

  @Test(
    "rows that are not at their place are another shape",
    arguments: [
      #"{}"#, #"{"item": []}"#, #"{"items": 3}"#, #"{"items": {"0": {}}}"#, #"{"items": null}"#, #"{"items": "[]"}"#, "[]", "7",
    ])
  func refusesOtherShapes(_ body: String) {
    guard case .unexpectedShape = reason(.text(body)) else {
      Issue.record("\(body) was taken for a page")
      return
    }
  }

  @Test(
    "a has_next_page that is neither true nor false does not end a list",
    arguments: [#""true""#, "1", "[]", "{}"])
  func refusesOddContinuation(_ value: String) {
    guard case .unexpectedShape = reason(.text(#"{"items": [], "end_cursor": "c", "has_next_page": \#(value)}"#)) else {
      Issue.record("\(value) was taken for the end of a list")
      return
    }
  }

  @Test(
    "a missing or null has_next_page, cursor or total is nothing",
    arguments: ["", #", "has_next_page": null, "end_cursor": null, "total": null"#])
  func takesMissingMembers(_ rest: String) throws {
    let page = try read(.text(#"{"items": []\#(rest)}"#)).envelope
    #expect(page.hasNextPage == nil && page.endCursor == nil && page.total == nil && page.rowCount == 0)
  }

  private static let seeds = [
    #"{"items":[{"a":"x\u00e9\\","b":[1,-2.5e+3,true,null,{}]},{"c":"👍"}],"end_cursor":"c=","has_next_page":true,"total":12}"#,
    #"{ "total" : 0, "items": [ ], "has_next_page": null ,"more":{"items":[1]},"end_cursor":null}"#,
    #"{"items":[1,"two",[3]],"has_next_page":false}"#,
  ]

  @Test("the parser for a single pass and Foundation agree, whichever byte of an answer is changed", arguments: seeds.indices)
  func readsAlike(_ index: Int) throws {
    let seed = Array(Self.seeds[index].utf8)
    var taken = 0
    let others = Array(#"{}[],:"\0-.eutn x"#.utf8) + [0, 9, 0x1f, 0x7f, 0xc3]
    for place in seed.indices {
      for change in 0...(others.count + 1) {
        var bytes = seed
        switch change {
        case others.count: bytes.remove(at: place)
        case others.count + 1: bytes = Array(seed[...place])
        default: bytes[place] = others[change]
        }
        guard String(validating: bytes, as: UTF8.self) != nil,
          let list = bytes.withUnsafeBytes({ PlainList($0, rows: .member("items"), key: "a") })
        else { continue }
        taken += 1
        let envelope = try Envelope(body: Data(bytes), rows: .member("items"))
        #expect(list.envelope == envelope, "\(String(decoding: bytes, as: UTF8.self))")
        let items = try (JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])?["items"] as? [NSDictionary]
        let cut = try list.rows.map {
          try $0.map { try JSONSerialization.jsonObject(with: Data(bytes[$0.object])) as? NSDictionary }
        }
        if let cut { #expect(cut == items, "\(String(decoding: bytes, as: UTF8.self))") }
        for (row, item) in zip(list.rows ?? [], items ?? []) {
          guard let key = row.key else { continue }
          #expect(
            String(decoding: bytes[key], as: UTF8.self) == item["a"] as? String, "\(String(decoding: bytes, as: UTF8.self))")
        }
      }
    }
    #expect(taken > 100)
  }

  @Test(
    "the key of a row is found where it is a text without escapes, and no other member of the row could be it",
    arguments: [
      (#"{"id":"a1","b":"id"}"#, "a1"), (#"{"b":{"id":"no"},"id":"a1"}"#, "a1"), (#"{"id":""}"#, ""),
      (#"{"id":"a\u0031"}"#, nil), (#"{"id":7}"#, nil), (#"{"id":null}"#, nil), (#"{"b":1}"#, nil), (#"{}"#, nil), (#"[]"#, nil),
      (#"{"id":"a1","id":"a2"}"#, nil), (#"{"id":null,"id":"a2"}"#, nil), (#"{"id":"a1","\u0069d":"a2"}"#, nil),
    ] as [(String, String?)])
  func findsKeys(_ row: String, _ key: String?) throws {
    let bytes = Array(#"{"items":[\#(row)]}"#.utf8)
    let list = try #require(bytes.withUnsafeBytes { PlainList($0, rows: .member("items"), key: "id") })
    #expect((list.rows?.first?.key).map { String(decoding: bytes[$0], as: UTF8.self) } == key)
  }

  @Test("a list and an object have no envelope")
  func readsPlainAnswers() throws {
    #expect(try read(.text("[1, 2]"), rows: .wholeAnswer).envelope.rowCount == 2)
    #expect(try read(.text(#"{"a": 1}"#), rows: .object).envelope.rowCount == 1)
    #expect(reason(.text(#"{"a": 1}"#), rows: .wholeAnswer) == .unexpectedShape("it is not a JSON list"))
    for body in ["[]", "7", "null", #""text""#] {
      #expect(reason(.text(body), rows: .object) == .unexpectedShape("it is not a JSON object"), "\(body)")
    }
  }

  @Test("HTML with status 200 is no page and says so", arguments: ["<html>Sign in</html>", "\n  <!DOCTYPE html>", "<"])
  func refusesHTML(_ body: String) {
    #expect(reason(.text(body)) == .notJSON("an HTML page"))
  }

  @Test("an empty answer, half a text and junk after a page are not valid JSON")
  func refusesOtherBytes() {
    #expect(reason(.text("")) == .notJSON("an empty answer"))
    #expect(reason(.bytes([])) == .notJSON("an empty answer"))
    for bytes in [[0xff, 0xfe], [0x7b, 0xc3, 0x28, 0x7d], [0x22, 0xed, 0xa0, 0x80, 0x22], [0xc0, 0x80]] as [[UInt8]] {
      #expect(reason(.bytes(bytes)) == .notJSON("text that is not UTF-8"))
    }
    #expect(reason(.bytes(Array(#"{"items": ["#.utf8) + [0x22, 0xff, 0x22, 0x5d, 0x7d])) == .notJSON("text that is not UTF-8"))
    #expect(reason(.text(#"{"items": []}{"items": []}"#)) == .notJSON("truncated or malformed JSON"))
    #expect(reason(.text("   ")) == .notJSON("truncated or malformed JSON"))
  }

  /// Foundation's parser crashes the program if a text ends directly after the 513th open bracket.
  @Test("endlessly nested brackets are no page, wherever the answer ends", arguments: [200, 400, 500], ["[", "{\"a\":"])
  func refusesDepth(_ status: Int, _ bracket: String) {
    for depth in [2, 200, 511, 512, 513, 514, 1_024, 100_000] {
      for start in ["", "{\"items\":", "{\"detail\":", "{\"items\":[{\"a\":\"\\\"[[\",\"b\":"] {
        let text = start + String(repeating: bracket, count: depth)
        #expect(reason(.text(text, status: status)) != nil, "\(depth) after \(start)")
      }
    }
    let deep = #"{"items": [{"a": "# + String(repeating: "[", count: 500) + String(repeating: "]", count: 500) + "}]}"
    #expect(reason(.text(deep)) == nil)
  }

  @Test("a lone surrogate loses neither the page nor a byte of it")
  func keepsLoneSurrogates() throws {
    let body = #"{"items": [{"id": "a", "text": "\ud83d"}, {"id": "\udc00\u0000"}], "has_next_page": true, "end_cursor": "c"}"#
    let page = try read(.text(body))
    #expect(page.text == body)
    #expect(page.envelope.rowCount == 2)
    #expect(page.envelope.endCursor == "c")
  }

  @Test("a body of ten megabytes is a page like any other")
  func readsBigBodies() throws {
    let body =
      #"{"items": [{"id": "a", "text": ""# + String(repeating: "0123456789", count: 1 << 20) + #""}], "has_next_page": false}"#
    let page = try read(.text(body))
    #expect(page.envelope.rowCount == 1)
    #expect(page.text.utf8.count == body.utf8.count)
  }
}
