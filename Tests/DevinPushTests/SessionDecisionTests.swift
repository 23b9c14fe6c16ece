import DevinModel
import Foundation
import MirrorStore
import TestSupport
import Testing

@testable import DevinPush

@Suite("What becomes of a row of sessions")
struct SessionDecisionTests {
  private func row(_ members: String = "") throws -> SessionRow {
    try #require(SessionRows(Data(#"{"key":"k","action":"create","prompt":"x"\#(members)}"#.utf8), "rows").rows.first)
  }

  private func entry(
    _ hash: String?, _ outcome: PushOutcome?, session: String? = nil, marker: String? = nil, number: Int64 = 1, key: String = "k"
  ) -> SessionJournal.Entry {
    SessionJournal.Entry(
      number: number, rowKey: key, action: hash == nil ? .tags : .create, session: session, hash: hash, marker: marker,
      startedAt: 100, outcome: outcome, url: session.map { "url of \($0)" })
  }

  @Test("what was done is not done again, what is not known is looked for, and a key stands for one row")
  func journal() throws {
    let row = try row()
    let cases: [(SessionJournal.Entry?, String)] = [
      (nil, "send"),
      (entry(row.hash, .done, session: "s"), "unchanged s"),
      (entry(row.hash, nil), "open"),
      (entry(row.hash, .unclear), "open"),
      (entry(row.hash, .refused), "send"),
      (entry(row.hash, .notDone), "send"),
      (entry("other", .done, session: "s"), "conflict"),
      (entry("other", nil), "conflict"),
      // What was refused may be corrected.
      (entry("other", .refused), "send"),
      (entry("other", .notDone), "send"),
    ]
    for (entry, expected) in cases {
      let word =
        switch SessionDecision(row, entry, SessionOptions()) {
        case .send: "send"
        case .unchanged(let session, _): "unchanged \(session ?? "?")"
        case .open: "open"
        case .conflict: "conflict"
        case .blocked: "blocked"
        }
      #expect(word == expected, "\(String(describing: entry))")
    }
  }

  @Test("caps and guards hold a row back")
  func guards() throws {
    var options = SessionOptions()
    options.acuLimit = 10
    #expect(SessionDecision(try row(), nil, options) != .send)
    #expect(SessionDecision(try row(#","max_acu_limit":3"#), nil, options) == .send)
    let many = #","tags":[\#((1...50).map { "\"\($0)\"" }.joined(separator: ","))]"#
    #expect(SessionDecision(try row(many), nil, SessionOptions()) != .send)
    options = SessionOptions()
    options.marks = false
    #expect(SessionDecision(try row(many), nil, options) == .send)
    let end = try #require(SessionRows(Data(#"{"key":"k","action":"terminate","session_id":"s"}"#.utf8), "rows").rows.first)
    #expect(SessionDecision(end, nil, options) != .send)
    options.allowsTermination = true
    #expect(SessionDecision(end, nil, options) == .send)
  }

  @Test("the journal knows the newest entry of a row, whose sessions rows created, and which markers are left")
  func entries() {
    let journal = SessionJournal([
      entry("h", .refused, number: 1), entry("h", .done, session: "s", marker: "m", number: 2),
      entry(nil, .notDone, session: "s", marker: "m", number: 3),
      entry("h", .done, session: "t", marker: "n", number: 4, key: "l"),
      entry(nil, .done, session: "t", marker: "n", number: 5, key: "l"), entry("h", nil, marker: "o", number: 6, key: "o"),
    ])
    #expect(journal.entry(for: "k")?.number == 2 && journal.session(createdBy: "k") == "s")
    #expect(journal.session(createdBy: "o") == nil && journal.created == ["s", "t"])
    #expect(journal.marked.map(\.number) == [2] && journal.open.map(\.number) == [6])
  }

  @Test(
    "a session is found by its marker, or by its title among new ones of the key that no row has created; one or none of several")
  func sights() throws {
    func session(_ id: String, tags: String = "", title: String = "t", createdAt: Int = 1_000, user: String = "u") throws
      -> SessionFacts
    {
      try #require(
        SessionFacts(
          #"{"session_id":"\#(id)","title":"\#(title)","tags":[\#(tags)],"created_at":\#(createdAt),"service_user_id":"\#(user)"}"#
        ))
    }
    let sessions = [
      try session("devin-a", tags: #""x","m""#), try session("b", title: "u"), try session("old", createdAt: 10),
      try session("other", user: "v"), try session("taken"), try session("c", tags: #""n""#), try session("d", tags: #""n""#),
    ]
    #expect(SessionSight(marked: "m", among: sessions) == .found(sessions[0]))
    #expect(SessionSight(marked: "x2", among: sessions) == .none)
    #expect(SessionSight(marked: "n", among: sessions) == .several(["c", "d"]))
    func titled(_ created: Set<String>, _ title: String = "t", by user: String? = "u") -> SessionSight {
      SessionSight(titled: title, since: 900, by: user, created: created, among: sessions)
    }
    #expect(titled(["taken", "c", "d"]) == .found(sessions[0]))
    #expect(titled(["taken", "a", "c", "d"]) == .none)
    #expect(titled([], "u") == .found(sessions[1]))
    #expect(titled(["taken", "c", "d"], by: nil) == .several(["a", "other"]))
  }

  @Test("a session is known to be missing only after ten minutes, and if the list contains one that was created later")
  func missing() throws {
    func session(_ id: String, _ tags: String = "") throws -> SessionFacts {
      try #require(SessionFacts(#"{"session_id":"\#(id)","tags":[\#(tags)],"created_at":1000}"#))
    }
    let (later, other, marked) = (try session("later"), try session("other"), try session("marked", #""m""#))
    func isMissing(_ age: Int, _ sessions: [SessionFacts]) -> Bool {
      SessionSight.isProvenMissing(marked: "m", age: .seconds(age), later: ["later"], among: sessions)
    }
    #expect(isMissing(600, [other, later]))
    #expect(!isMissing(599, [other, later]))
    #expect(!isMissing(600, [other]) && !isMissing(600, []))
    #expect(!isMissing(600, [later, marked]))
    let journal = SessionJournal([
      entry("h", .done, session: "before", number: 1), entry("h", nil, marker: "m", number: 2, key: "open"),
      entry("h", .refused, number: 3, key: "l"), entry("h", .done, session: "later", number: 4, key: "l"),
    ])
    #expect(journal.created(after: journal.open[0]) == ["later"])
  }
}
