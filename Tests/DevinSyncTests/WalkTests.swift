import MirrorStore
import TestSupport
import Testing

@testable import DevinAPI
@testable import DevinModel
@testable import DevinSync

/// A walk is a state machine without I/O, so it can be tested with lists in memory.
@Suite("A walk decides what to do next")
struct WalkTests {
  /// A list with the answers of a server, page by page.
  private struct PaperList {
    struct PaperPage {
      var rows: [String]
      /// Nil: this is the last page.
      var next: String?
      var total: Int?
      var malformed = 0
    }

    /// By cursor; nil: the first page.
    var pages: [String?: PaperPage]
    /// Cursors that the server rejects.
    var refused: Set<String> = []
    /// Number of rows that earlier walks had listed, and that this one does not.
    var missing = 0

    /// Carries out the walk's actions.
    /// - Returns: the name of each action, and the walk at its end.
    func walk(_ rules: WalkRules = WalkTests.rules(), from start: Checkpoint = WalkTests.begun()) -> (
      actions: [String], end: Walk.End, walk: Walk
    ) {
      var walk = Walk(rules, from: start)
      var actions: [String] = []
      var seen: Set<String> = []
      var walkNumber = start.walk
      var action = walk.begin()
      var following: PageCursor?
      while true {
        if walk.checkpoint.walk != walkNumber { (seen, walkNumber) = ([], walk.checkpoint.walk) }
        switch action {
        case .fetch(let cursor):
          actions.append("fetch \(cursor?.rawValue ?? "first")")
          action = answer(&walk, at: cursor)
        case .follow: action = answer(&walk, at: following)
        case .commit(let page, let next):
          actions.append("commit \(page.cursor?.rawValue ?? "first")\(next.map { ", fetch \($0.rawValue)" } ?? "")")
          following = next
          let paper = pages[page.cursor?.rawValue]
          let new = Set(paper?.rows ?? []).subtracting(seen)
          seen.formUnion(new)
          var outcome = PageOutcome()
          outcome.received = paper?.rows.count ?? 0
          outcome.malformed = paper?.malformed ?? 0
          outcome.newKeys = new.count
          outcome.newest = paper?.rows.compactMap { Int64($0) }.max().map(UnixTime.init(rawValue:))
          outcome.missing = page.next == nil ? missing : 0
          action = walk.committed(outcome, walk.advanced(over: page, outcome: outcome, now: WalkTests.now))
        case .store(let end):
          actions.append("store")
          return (actions, end, walk)
        case .end(let end): return (actions, end, walk)
        }
      }
    }

    private func answer(_ walk: inout Walk, at cursor: PageCursor?) -> Walk.Action {
      if let cursor, refused.contains(cursor.rawValue) {
        return walk.failed(APIError(.rejected, endpoint: "list", status: 400), at: cursor)
      }
      guard let page = pages[cursor?.rawValue] else {
        return walk.failed(APIError(.server(retryAfter: nil), endpoint: "list", status: 500), at: cursor)
      }
      return walk.received(
        Page(
          body: "[]", places: nil, rows: .member("items"), rowCount: page.rows.count + page.malformed, cursor: cursor,
          next: page.next.map(PageCursor.init), total: page.total, date: 900))
    }
  }

  private static let now: UnixTime = 1_000
  private static func rules(_ resource: Resource = .knowledgeNotes) -> WalkRules { WalkRules(resource: resource, run: 7) }

  private static func begun(filter: ListFilter? = nil, at cursor: String? = nil) -> Checkpoint {
    var checkpoint = Checkpoint()
    checkpoint.open(filter: filter)
    checkpoint.cursor = cursor
    return checkpoint
  }

  private static let threePages = PaperList(pages: [
    nil: .init(rows: ["1", "2"], next: "b", total: 5), "b": .init(rows: ["3", "4"], next: "c", total: 5),
    "c": .init(rows: ["5"], total: 5),
  ])

  @Test("it follows the cursors, requests the next page while one is committed, and the last page closes it")
  func walksToTheEnd() {
    let (actions, end, walk) = Self.threePages.walk()
    #expect(actions == ["fetch first", "commit first, fetch b", "commit b, fetch c", "commit c"])
    #expect(end == .complete)
    let checkpoint = walk.checkpoint
    #expect(!checkpoint.isOpen && checkpoint.cursor == nil && checkpoint.rowsSeen == 5)
    #expect(checkpoint.completedAt == Self.now && checkpoint.completedRun == 7 && checkpoint.reconciledAt == Self.now)
    #expect(checkpoint.openedAt == 900 && checkpoint.asOf == 900, "the server's clock says when it began")
  }

  @Test("a walk that resumes starts at its cursor")
  func resumes() {
    var start = Self.begun(at: "b")
    start.rowsSeen = 2
    #expect(Self.threePages.walk(from: start).actions == ["fetch b", "commit b, fetch c", "commit c"])
  }

  @Test("a walk that is stopped at any page has a checkpoint that continues after it")
  func stopsAnywhere() {
    var walk = Walk(Self.rules(), from: Self.begun())
    let page = Page(
      body: "[]", places: nil, rows: .member("items"), rowCount: 2, cursor: nil, next: PageCursor(rawValue: "b"), total: nil,
      date: nil)
    _ = walk.received(page)
    var outcome = PageOutcome()
    (outcome.received, outcome.newKeys) = (2, 2)
    let checkpoint = walk.advanced(over: page, outcome: outcome, now: Self.now)
    #expect(checkpoint.isOpen && checkpoint.cursor == "b" && checkpoint.rowsSeen == 2 && checkpoint.completedAt == nil)
  }

  /// The server's behaviour, the start of the walk, its actions, and its end.
  private typealias Trouble = (list: PaperList, start: Checkpoint, actions: [String], end: Walk.End)

  @Test("pages with unusable cursors are committed; the walk restarts once, and then ends, with nothing left to resume")
  func beginsAgainOnce() {
    let circle = PaperList(pages: [nil: .init(rows: ["1"], next: "b"), "b": .init(rows: ["2"], next: "b")])
    let nameless = PaperList(pages: [nil: .init(rows: ["1"], next: "")])
    let stale = PaperList(pages: Self.threePages.pages, refused: ["b"])
    let same = PaperList(pages: [nil: .init(rows: ["1"], next: "b"), "b": .init(rows: ["1"], next: "c")])
    let circling = ["fetch first", "commit first, fetch b", "commit b"]
    let troubles: [Trouble] = [
      (circle, Self.begun(), circling + circling + ["store"], .unsound("the server repeated a cursor")),
      (
        nameless, Self.begun(), ["fetch first", "commit first", "fetch first", "commit first", "store"],
        .unsound("the server announced another page, but sent no cursor")
      ),
      (
        stale, Self.begun(), ["fetch first", "commit first, fetch b", "fetch first", "commit first, fetch b", "store"],
        .failed(APIError(.rejected, endpoint: "list", status: 400))
      ),
      (
        stale, Self.begun(at: "b"), ["fetch b", "fetch first", "commit first, fetch b", "store"],
        .failed(APIError(.rejected, endpoint: "list", status: 400))
      ),
      (
        same, Self.begun(),
        [
          "fetch first", "commit first, fetch b", "commit b, fetch c", "fetch first", "commit first, fetch b",
          "commit b, fetch c", "store",
        ],
        .unsound("a page had only rows that were already read")
      ),
    ]
    for trouble in troubles {
      let (actions, end, walk) = trouble.list.walk(from: trouble.start)
      #expect(actions == trouble.actions)
      #expect(end == trouble.end)
      #expect(!walk.checkpoint.isOpen && walk.checkpoint.completedAt == nil)
    }
  }

  @Test("empty pages with new cursors are followed, up to a maximum number")
  func followsEmptyPages() {
    func list(empty count: Int) -> PaperList {
      var pages: [String?: PaperList.PaperPage] = [nil: .init(rows: [], next: "1")]
      for number in 1..<count { pages["\(number)"] = .init(rows: [], next: "\(number + 1)") }
      pages["\(count)"] = .init(rows: ["1"])
      return PaperList(pages: pages)
    }
    #expect(list(empty: Walk.pagesWithoutNewRows).walk().end == .complete)
    #expect(list(empty: Walk.pagesWithoutNewRows + 1).walk().end == .unsound("21 pages in a row had no new row"))
  }

  @Test("an error on the first page, or one that is not about the cursor, ends the walk where it is")
  func failsWhereItIs() {
    let (actions, end, walk) = PaperList(pages: [nil: .init(rows: ["1"], next: "b")]).walk()
    #expect(actions == ["fetch first", "commit first, fetch b"])
    #expect(end == .failed(APIError(.server(retryAfter: nil), endpoint: "list", status: 500)))
    #expect(walk.checkpoint.isOpen && walk.checkpoint.cursor == "b", "the next run goes on there")
    #expect(PaperList(pages: [:]).walk().actions == ["fetch first"])
  }

  @Test("a list that is shorter than the server claims is incomplete; a resumed walk of it restarts")
  func holdsAgainstTheTotal() {
    let short = PaperList(pages: [nil: .init(rows: ["1"], next: "b", total: 3), "b": .init(rows: ["2"], total: 4)])
    let (actions, end, walk) = short.walk()
    #expect(actions == ["fetch first", "commit first, fetch b", "commit b", "store"])
    #expect(end == .unsound("the server reported 3 rows, but listed 2"), "rows added later may come before the position")
    #expect(!walk.checkpoint.isOpen && walk.checkpoint.completedAt == nil)
    #expect(
      short.walk(from: Self.begun(at: "b")).actions == [
        "fetch b", "commit b", "fetch first", "commit first, fetch b", "commit b", "store",
      ])
    let malformed = PaperList(pages: [nil: .init(rows: ["1"], total: 2, malformed: 1)])
    #expect(malformed.walk().end == .complete, "an item that cannot become a row was listed all the same")
  }

  @Test("if the total falls, every row of the first total must have been listed; otherwise the walk restarts once")
  func doubtsFallingTotals() {
    let pass = ["fetch first", "commit first, fetch b", "commit b"]
    let deletedBefore = PaperList(pages: [nil: .init(rows: ["1", "2"], next: "b", total: 3), "b": .init(rows: ["3"], total: 2)])
    #expect(deletedBefore.walk().actions == pass, "the cursor points to a row, and all rows after it came")
    #expect(deletedBefore.walk().end == .complete && deletedBefore.walk().walk.checkpoint.total == 2)
    let moved = PaperList(pages: [nil: .init(rows: ["1", "2"], next: "b", total: 4), "b": .init(rows: ["4"], total: 3)])
    let (actions, end, walk) = moved.walk()
    #expect(actions == pass + pass + ["store"])
    #expect(end == .unsound("the server reported 4 rows, but listed 3"))
    #expect(!walk.checkpoint.isOpen && walk.checkpoint.completedAt == nil)
  }

  @Test("a page by offset that does not begin with a row of the page before it restarts the walk, and then ends it")
  func noticesGaps() {
    let whole = PaperList(pages: [nil: .init(rows: ["1", "2"], next: "2"), "2": .init(rows: ["2", "3"])])
    #expect(whole.walk(Self.rules(.schedules)).end == .complete)
    for page in [["3", "4"], []] {
      let moved = PaperList(pages: [nil: .init(rows: ["1", "2"], next: "2"), "2": .init(rows: page)])
      let (actions, end, walk) = moved.walk(Self.rules(.schedules))
      let pass = ["fetch first", "commit first, fetch 2", "commit 2"]
      #expect(actions == pass + pass + ["store"])
      #expect(end == .unsound("rows moved while the list was read, since others were deleted"))
      #expect(!walk.checkpoint.isOpen && walk.checkpoint.completedAt == nil)
      #expect(moved.walk(Self.rules(.knowledgeNotes)).end == .complete, "a cursor may point to a row")
    }
  }

  @Test("rows of earlier walks keep the walk open until they are settled, unless it requested only a part")
  func staysOpenForMissingRows() {
    var list = Self.threePages
    list.missing = 1
    let (_, end, walk) = list.walk()
    #expect(end == .missing)
    #expect(walk.checkpoint.isOpen && walk.checkpoint.completedAt == nil)
    let part = list.walk(from: Self.begun(filter: .since(parameter: "updated_after", time: 5)))
    #expect(part.end == .complete)
    #expect(part.walk.checkpoint.reconciledAt == nil, "a part of the list proves no deletion")
  }

  @Test("the watermark is the newest change seen, no later than the start of the walk, and never goes back")
  func movesTheWatermark() {
    let cases: [(newest: String, before: UnixTime?, after: UnixTime?)] = [
      ("400", nil, 400), ("950", nil, 900), ("400", 600, 600), ("none", nil, nil), ("none", 600, 600),
    ]
    for (newest, before, after) in cases {
      var start = Self.begun()
      start.watermark = before
      let (_, _, walk) = PaperList(pages: [nil: .init(rows: [newest])]).walk(Self.rules(.sessions), from: start)
      #expect(walk.checkpoint.watermark == after, "newest \(newest), before \(before as Any)")
    }
    let open = PaperList(pages: [nil: .init(rows: ["400"], next: "b")]).walk(Self.rules(.sessions)).walk
    #expect(open.checkpoint.watermark == nil, "not before the walk is whole")
  }

  @Test("a walk that another follows ends without completing its list")
  func leavesTheListOpen() {
    var rules = Self.rules()
    rules.closesList = false
    let checkpoint = Self.threePages.walk(rules).walk.checkpoint
    #expect(!checkpoint.isOpen && checkpoint.completedAt == nil && checkpoint.completedRun == nil)
  }
}
