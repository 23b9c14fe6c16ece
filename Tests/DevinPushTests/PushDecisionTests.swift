import Testing

@testable import DevinPush

@Suite("What becomes of a wish")
struct PushDecisionTests {
  private struct Case {
    let base: String?
    let mine: String
    let now: PushDecision.Now
    let plain, overwriting: String
  }

  @Test("an object is written over the version that was edited and over no other, unless that is asked for")
  func existing() {
    let cases = [
      // Nobody else changed it.
      Case(base: "a", mine: "b", now: .version("a"), plain: "update", overwriting: "update"),
      Case(base: "a", mine: "a", now: .version("a"), plain: "unchanged", overwriting: "unchanged"),
      // It is as it is wished already.
      Case(base: "a", mine: "b", now: .version("b"), plain: "unchanged", overwriting: "unchanged"),
      Case(base: nil, mine: "b", now: .version("b"), plain: "unchanged", overwriting: "unchanged"),
      // Somebody else changed it.
      Case(base: "a", mine: "b", now: .version("c"), plain: "conflict", overwriting: "update"),
      Case(base: nil, mine: "b", now: .version("c"), plain: "conflict", overwriting: "update"),
      // Somebody else changed it, and the file is as it was exported: nothing is wished.
      Case(base: "a", mine: "a", now: .version("c"), plain: "unchanged", overwriting: "unchanged"),
      // Somebody else deleted it: it is not made again under another id.
      Case(base: "a", mine: "b", now: .missing, plain: "conflict", overwriting: "conflict"),
      Case(base: "a", mine: "a", now: .missing, plain: "unchanged", overwriting: "unchanged"),
      // The server says two things.
      Case(base: "a", mine: "b", now: .unlisted, plain: "conflict", overwriting: "conflict"),
    ]
    for item in cases {
      for (overwrites, expected) in [(false, item.plain), (true, item.overwriting)] {
        let decision = PushDecision(base: item.base, mine: item.mine, now: item.now, overwrites: overwrites)
        #expect(decision.action == expected, "\(item) \(overwrites)")
        #expect(decision.isWrite == ["create", "update", "delete"].contains(expected))
      }
    }
  }

  @Test("an object is deleted as the version that was exported and as no other, unless that is asked for")
  func deleted() {
    for (now, plain, overwriting) in [
      (PushDecision.Now.version("a"), "delete", "delete"), (.version("c"), "conflict", "delete"),
      (.missing, "unchanged", "unchanged"),
      (.unlisted, "conflict", "conflict"),
    ] {
      #expect(PushDecision(deletedFrom: "a", now: now, overwrites: false).action == plain)
      #expect(PushDecision(deletedFrom: "a", now: now, overwrites: true).action == overwriting)
    }
  }

  @Test("a second object of one name is not made")
  func namesakes() {
    #expect(PushDecision(newBeside: nil, named: "x") == .create)
    #expect(PushDecision(newBeside: "note-1", named: "x").action == "blocked")
  }

  @Test("ten may go, and more if they are no more than a fifth")
  func massDeletion() {
    for (count, total, isAllowed) in [(0, 0, true), (10, 10, true), (11, 54, false), (11, 55, true), (100, 100, false)] {
      #expect(PushDecision.mayDelete(count, of: total) == isAllowed, "\(count) of \(total)")
    }
  }
}
