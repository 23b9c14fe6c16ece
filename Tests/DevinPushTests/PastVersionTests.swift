import DevinModel
import TestSupport
import Testing

@testable import DevinPush

@Suite("Which earlier version is meant")
struct PastVersionTests {
  private func row(_ body: String, seen: Int64 = 0) -> [String: JSONValue] {
    ["note_id": .text("n"), "name": .text("n"), "trigger": .text("t"), "body": .text(body), "updated_at": .integer(seen)]
  }

  /// A note that was a, then b, then b with another time, then c.
  private var changes: [PastVersion.Change] {
    [
      .init(number: 5, at: 50, isDeletion: false, before: row("a")),
      .init(number: 6, at: 60, isDeletion: false, before: row("b")),
      .init(number: 8, at: 80, isDeletion: false, before: row("b", seen: 1)),
    ]
  }

  private func body(
    _ moment: PastMoment, _ changes: [PastVersion.Change], newest: String = "c", isDeleted: Bool = false,
    knownFrom: UnixTime? = nil
  ) -> String {
    do throws(PastVersion.Missing) {
      return try PastVersion.row(
        of: .notes, at: moment, newest: row(newest), isDeleted: isDeleted, changes: changes, seenFrom: 10, knownFrom: knownFrom)[
          "body"]?.text ?? ""
    } catch {
      return error.why
    }
  }

  @Test("without a moment it is the newest version that says something else, and of a deleted object the last one")
  func previous() {
    #expect(body(.previous, changes) == "b")
    #expect(body(.previous, changes, newest: "b") == "a")
    #expect(body(.previous, []) == "no other version of it is known")
    #expect(
      body(.previous, [], knownFrom: 20) == "no other version of it is known: history is known from 1970-01-01T00:00:20Z on")
    #expect(body(.previous, changes, isDeleted: true) == "c")
  }

  @Test("of a change it is the version that it made, and of a time the one that the mirror had then")
  func moments() {
    for (moment, expected) in [
      (PastMoment.change(5), "b"), (.change(8), "c"), (.change(3), "a"), (.time(10), "a"), (.time(49), "a"), (.time(50), "b"),
      (.time(79), "b"), (.time(80), "c"), (.time(9_999), "c"),
    ] { #expect(body(moment, changes) == expected, "\(moment)") }
    #expect(body(.time(9), changes).contains("not earlier"))
    #expect(body(.time(54), changes, knownFrom: 55) == "history is known from 1970-01-01T00:00:55Z on")
    #expect(body(.time(61), changes, knownFrom: 55) == "b")
  }

  @Test("what was deleted at a time has no version then, and the change that deleted it means the one before")
  func deletions() {
    let deleted = changes + [PastVersion.Change(number: 9, at: 90, isDeletion: true, before: row("c"))]
    let restored = deleted + [PastVersion.Change(number: 12, at: 120, isDeletion: false, before: nil)]
    #expect(body(.time(95), restored, newest: "d").contains("deleted at that time"))
    #expect(body(.change(9), restored, newest: "d") == "c")
    #expect(body(.time(120), restored, newest: "d") == "d")
  }
}
