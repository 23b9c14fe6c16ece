import DevinAPI
import DevinModel
import TestSupport
import Testing

@Suite("Pages of a list")
struct PagingTests {
  @Test("a list is followed by its cursor, which is sent back unchanged")
  func followsCursors() async throws {
    let script = ScriptedTransport([.page(["{}", "{}"], next: "a=&b", total: 3), .page(["{}"], total: 3)])
    let client = DevinClient(script)
    let first = try await client.list()
    #expect(first.next?.rawValue == "a=&b" && first.cursor == nil && first.total == 3 && first.rowCount == 2)
    let last = try await client.list(at: "a=&b")
    #expect(last.next == nil && last.cursor?.rawValue == "a=&b")
    #expect(script.targets == ["/v3/list?first=2", "/v3/list?first=2&after=a%3D%26b"])
  }

  @Test("cursors that look the same but differ are two positions")
  func comparesBytes() {
    let (one, two) = (PageCursor(rawValue: "\u{e9}"), PageCursor(rawValue: "e\u{301}"))
    #expect(one != two && Set([one, two]).count == 2 && one == PageCursor(rawValue: "\u{e9}"))
  }

  @Test(
    "a total that cannot be a number of rows is ignored",
    arguments: ["-1", "-9223372036854775808", "9223372036854775807", "1e308", "1e999", "0.5", "\"7\"", "true", "[]"])
  func ignoresTotals(_ total: String) async throws {
    let script = ScriptedTransport([.text(#"{"items": [{}], "has_next_page": false, "total": \#(total)}"#)])
    #expect(try await DevinClient(script).list().total == nil)
  }

  @Test("an offset out of range, as in a forged file, ends the list", arguments: ["\(Int.max)", "-1", "\(Int.min)"])
  func endsAtForgedOffsets(_ offset: String) async throws {
    let script = ScriptedTransport([.text(#"{"items": [{}, {}], "has_next_page": true}"#)])
    #expect(try await DevinClient(script).list(paging: .offset(pageSize: 2), at: offset).next == nil)
  }

  @Test("an answer with many times the requested number of items is refused")
  func limitsItems() async throws {
    func page(_ count: Int) -> ScriptedTransport {
      ScriptedTransport([.page(Array(repeating: "{}", count: count))])
    }
    #expect(try await DevinClient(page(4_000)).list().rowCount == 4_000)
    let error = await DevinClient(page(4_001)).failure()
    #expect(error?.reason == .unexpectedShape("it holds 4001 items, but at most 4000 are accepted at once"))
  }

  @Test("an answer with more values than any page has is refused before it is parsed; commas in texts are not counted")
  func limitsValues() async throws {
    let flood = "{\"items\": [" + String(repeating: "0,", count: 2_000_000) + "0]}"
    let error = await DevinClient(ScriptedTransport([.text(flood)])).failure()
    #expect(error?.reason == .unexpectedShape("it contains more than 2000000 JSON values"))
    let text = #"{"items": [{"a": "\\\""# + String(repeating: ",[{", count: 1_000_000) + #""}], "has_next_page": false}"#
    #expect(try await DevinClient(ScriptedTransport([.text(text)])).list().rowCount == 1)
  }

  @Test("a filter precedes the page parameters")
  func keepsFilters() async throws {
    let script = ScriptedTransport([.page([])])
    _ = try await DevinClient(script).list(Endpoint("/v3/list", query: [QueryItem("updated_after", "17")]))
    #expect(script.targets == ["/v3/list?updated_after=17&first=2"])
  }

  @Test("a page that announces more without a cursor is not a last page", arguments: ["null", #""""#, "7"])
  func keepsPromises(_ cursor: String) async throws {
    let script = ScriptedTransport([.text(#"{"items": [{}], "end_cursor": \#(cursor), "has_next_page": true}"#)])
    #expect(try await DevinClient(script).list().next?.rawValue == "")
  }

  @Test(
    "a last page may have a cursor, and has_next_page may be missing",
    arguments: [#", "has_next_page": false"#, "", #", "has_next_page": null"#])
  func ends(_ rest: String) async throws {
    let script = ScriptedTransport([.text(#"{"items": [{}], "end_cursor": "c"\#(rest)}"#)])
    #expect(try await DevinClient(script).list().next == nil)
  }

  @Test("an empty page with a cursor is followed")
  func followsEmptyPages() async throws {
    #expect(try await DevinClient(ScriptedTransport([.page([], next: "c")])).list().next?.rawValue == "c")
  }

  @Test("the server's clock is the answer's date")
  func readsDate() async throws {
    let script = ScriptedTransport([.page([], date: "Sun, 06 Nov 1994 08:49:37 GMT"), .page([])])
    let client = DevinClient(script)
    #expect(try await client.list().date?.rawValue == 784_111_777)
    #expect(try await client.list().date == nil)
  }

  @Test(
    "a list by offset ends where the server says, otherwise at its total, otherwise at a short page",
    arguments: [
      (0, 2, #", "has_next_page": true"#, "2"), (0, 2, #", "has_next_page": false, "total": 9"#, nil),
      (0, 2, #", "total": 3"#, "2"), (2, 2, #", "total": 3"#, nil), (0, 1, #", "total": 3"#, "1"), (0, 2, "", "2"),
      (4, 1, "", nil), (4, 0, "", nil), (4, 2, #", "total": null, "has_next_page": null"#, "5"), (2, 3, #", "total": 4"#, nil),
    ] as [(Int, Int, String, String?)])
  func followsOffsets(_ offset: Int, _ count: Int, _ rest: String, _ next: String?) async throws {
    let items = Array(repeating: "{}", count: count).joined(separator: ",")
    let script = ScriptedTransport([.text(#"{"items": [\#(items)]\#(rest)}"#)])
    let page = try await DevinClient(script).list(paging: .offset(pageSize: 2), at: offset == 0 ? nil : "\(offset)")
    #expect(page.next?.rawValue == next)
    #expect(script.targets == ["/v3/list?limit=2&offset=\(max(0, offset - 1))"], "the last row before the page comes again")
  }

  @Test(
    "a list by offset that announces more and returns nothing is not a last page",
    arguments: [#""has_next_page": true"#, #""total": 9"#])
  func doubtsEmptyOffsets(_ promise: String) async throws {
    let script = ScriptedTransport([.text(#"{"items": [], \#(promise)}"#)])
    #expect(try await DevinClient(script).list(paging: .offset(pageSize: 2), at: "4").next?.rawValue == "4")
  }

  @Test("an answer that is the complete list is requested once, without parameters")
  func readsBareLists() async throws {
    let script = ScriptedTransport([.text(#"[{"attachment_id": "a"}, {"attachment_id": "b"}]"#)])
    let page = try await DevinClient(script).page(of: Endpoint("/v3/files"), rows: .wholeAnswer, paging: .single)
    #expect(page.rowCount == 2 && page.next == nil && page.total == nil)
    #expect(script.targets == ["/v3/files"])
  }

  @Test("a deleted object is nil, and a forbidden one is an error")
  func readsObjects() async throws {
    let script = ScriptedTransport([.text(#"{"a": 1}"#), .text("{}", status: 404), .text("{}", status: 403)])
    let client = DevinClient(script)
    #expect(try await client.object(Endpoint("/v3/one"))?.body == #"{"a": 1}"#)
    #expect(try await client.object(Endpoint("/v3/one")) == nil)
    await #expect(throws: APIError.self) { try await client.object(Endpoint("/v3/one")) }
  }
}
