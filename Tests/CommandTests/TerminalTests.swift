import DevinSync
import Foundation
import Testing

@testable import devin_sync

@Suite("What people see on a terminal: widths, tables, times")
struct TerminalTests {
  @Test(
    "Chinese, Japanese and Korean characters and emoji take two columns, combining marks none",
    arguments: [
      ("abc", 3), ("", 0), ("é", 1), ("e\u{301}", 1), ("日本語", 6), ("한국어", 6), ("ｶﾅ", 2), ("Ａ", 2), ("👩‍👩‍👧", 2), ("🇩🇪", 2), ("❤️", 2),
      ("❤", 1), ("1️⃣", 2), ("…", 1), ("✓", 1), ("a\u{200b}b", 2), ("नि", 1), ("🚀x", 3),
    ])
  func columns(_ text: String, _ count: Int) { #expect(text.columns == count) }

  @Test("a text is cut at a column and never within a character", arguments: 0...8)
  func cut(_ width: Int) {
    for text in ["日本語の文章", "abcdefghij", "a日b本c語", "👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧"] {
      let cut = text.cut(to: width)
      #expect(cut.columns <= width, "\(cut)")
      #expect(cut == text || cut.hasSuffix("…") || width == 0)
    }
  }

  @Test("a folded text has all of its words, and no line is too long", arguments: [1, 5, 12, 40])
  func fold(_ width: Int) {
    let text = "60 lists pending since 14:03 UTC; see https://example.com/a/long/address/without/spaces"
    let lines = text.folded(to: width)
    #expect(lines.allSatisfy { $0.columns <= width })
    #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
  }

  private func table(_ overflow: TextTable.Overflow) -> TextTable {
    var table = TextTable(["title", "acus", "since", "url"], rightAligned: [1], overflow: overflow)
    table.add(["修复支付服务中不稳定的结账测试并且添加更多的测试用例", "1,234.5", "2026-11-24 15:30:00", "https://app.devin.ai/sessions/0123456789abcdef"])
    table.add(["Fix the flaky checkout test\nin the payments service", "7", "2 min ago", "https://app.devin.ai/sessions/1"])
    return table
  }

  @Test("a table is never wider than the terminal", arguments: [30, 40, 60, 80, 100, 200])
  func fits(_ width: Int) {
    for overflow in [TextTable.Overflow.cut, .fold] {
      for line in table(overflow).fitted(to: width).lines { #expect(line.columns <= width, "\(line)") }
    }
  }

  @Test("numbers and times are not cut, and the last columns are left out and named")
  func important() {
    let (lines, omitted) = table(.cut).fitted(to: 60)
    #expect(lines.contains { $0.contains("1,234.5  2026-11-24 15:30:00") })
    #expect(omitted == ["url"])
    let wide = table(.cut).fitted(to: 200).lines
    #expect(wide[2].contains("test in the"), "a line break is a space in a row: \(wide[2])")
  }

  @Test("numbers end in the same column, also beside wide characters")
  func aligned() throws {
    let lines = table(.cut).fitted(to: 200).lines
    let ends = try lines.dropFirst().map { line in try #require(line.range(of: "1,234.5") ?? line.range(of: " 7 ")).upperBound }
    #expect(Set(zip(lines.dropFirst(), ends).map { String($0[..<$1]).withoutSpacesAtTheEnd.columns }).count == 1)
  }

  @Test("without a terminal nothing is cut")
  func whole() {
    let (lines, omitted) = table(.cut).fitted(to: nil)
    #expect(
      omitted == [] && lines.joined().contains("https://app.devin.ai/sessions/0123456789abcdef") && !lines.joined().contains("…"))
  }

  @Test("recent times are relative on a terminal, and absolute in files and pipes")
  func times() throws {
    let now = try #require(UnixTime(text: "2026-11-24T15:30:00Z", now: .now))
    func ago(_ seconds: Int) -> UnixTime { now - .seconds(seconds) }
    let terminal = TimeText(isForTerminal: true, now: now)
    for (seconds, text) in [
      (0, "0 s ago"), (59, "59 s ago"), (120, "2 min ago"), (3_599, "59 min ago"), (7_200, "2 h ago"), (86_400, "1 day ago"),
      (6 * 86_400, "6 days ago"), (7 * 86_400, "2026-11-17 15:30 UTC"), (-60, "2026-11-24 15:31 UTC"),
    ] as [(Int, String)] {
      #expect(terminal(ago(seconds)) == text)
    }
    #expect(TimeText(isForTerminal: false, now: now)(ago(120)) == "2026-11-24T15:28:00Z")
    let berlin = try #require(ZoneArgument(argument: "Europe/Berlin")?.zone)
    #expect(TimeText(zone: berlin, isForTerminal: false, now: now)(ago(0)) == "2026-11-24T16:30:00+01:00")
    #expect(TimeText(zone: berlin, isForTerminal: true, now: now)(ago(0)) == "2026-11-24 16:30 +01:00")
    #expect(ZoneArgument(argument: "Mars/Olympus") == nil)
  }

  @Test("what became of a run is one sentence, and why it failed another")
  func runs() throws {
    let now = try #require(UnixTime(text: "2026-11-24T15:30:00Z", now: .now))
    let (terminal, pipe) = (TimeText(isForTerminal: true, now: now), TimeText(isForTerminal: false, now: now))
    func run(from start: Int, to end: Int?, _ status: Int?, problems: [String] = []) -> MirrorStatus.LastRun {
      .init(
        run: 10, startedAt: now - .seconds(start), finishedAt: end.map { now - .seconds($0) }, status: status,
        requests: end.map { _ in 1 }, rows: end.map { _ in 20 }, problems: problems)
    }
    let rest = "; 1 request, 20 rows read"
    let ended = run(from: 10, to: 4, 0)
    #expect(ended.sentence(isActive: false, terminal) == "run 10 took 6 s and ended 4 s ago with status 0\(rest)")
    #expect(ended.sentence(isActive: false, pipe) == "run 10 took 6 s and ended at 2026-11-24T15:29:56Z with status 0\(rest)")
    // The run took less than a second, or the clock was changed.
    for start in [4, 2] {
      #expect(run(from: start, to: 4, 77).sentence(isActive: false, terminal) == "run 10 ended 4 s ago with status 77\(rest)")
    }
    let open = run(from: 120, to: nil, nil)
    #expect(open.sentence(isActive: true, terminal) == "run 10 started 2 min ago and is running")
    #expect(open.sentence(isActive: false, terminal) == "run 10 started 2 min ago and was killed")
    #expect(ended.reason == nil && run(from: 1, to: 1, 0, problems: ["a"]).reason == nil)
    #expect(run(from: 1, to: 1, 77, problems: ["the key was refused."]).reason == "the key was refused.")
    #expect(
      run(from: 1, to: 1, 69, problems: ["a.", "b.", "c."]).reason == "a. (2 other problems: SELECT outcomes FROM sync_runs)")
  }

  @Test("`last week` and its like are days; weeks start on Monday")
  func days() throws {
    // A Sunday.
    let now = try #require(UnixTime(text: "2026-11-29T15:00:00Z", now: .now))
    for (text, first, last) in [
      ("today", "2026-11-29", "2026-11-29"), ("yesterday", "2026-11-28", "2026-11-28"), ("this week", "2026-11-23", "2026-11-29"),
      ("last week", "2026-11-16", "2026-11-22"), ("last-week", "2026-11-16", "2026-11-22"),
      ("last month", "2026-10-01", "2026-10-31"),
      ("this month", "2026-11-01", "2026-11-29"), ("2026-11", "2026-11-01", "2026-11-30"),
      ("2024-02", "2024-02-01", "2024-02-29"),
    ] {
      #expect(UnixTime(text: text, now: now)?.iso8601 == "\(first)T00:00:00Z", "\(text)")
      #expect(CalendarDay.billing(text, isFirst: true, now: now) == first, "\(text)")
      #expect(CalendarDay.billing(text, now: now) == last, "\(text)")
    }
    for text in ["2026-13", "2026-1", "week", "last", "tomorrow", "1969-12"] {
      #expect(UnixTime(text: text, now: now) == nil && CalendarDay.billing(text, now: now) == nil, "\(text)")
    }
    // Billing days start at 08:00 UTC.
    let early = try #require(UnixTime(text: "2026-11-29T07:00:00Z", now: .now))
    #expect(CalendarDay.billing("today", now: early) == "2026-11-28")
  }

  @Test(
    "a duration without a unit is seconds, and a hint says so",
    arguments: [("30", true), ("30s", false), ("0", false), ("1h30", false)])
  func units(_ text: String, _ hasHint: Bool) {
    #expect((UnitHint.text(for: text) != nil) == hasHint)
    #expect(DurationArgument(argument: "30")?.duration == .seconds(30))
  }

  @Test("the pager is $PAGER, else less; none for `cat` and for a terminal that cannot move its cursor")
  func pager() {
    #expect(Pager.command([:])?.text == "less -FRX")
    #expect(Pager.command(["PAGER": "more -s"])?.text == "more -s")
    #expect(Pager.command(["PAGER": "less"])?.environment == ["LESS": "FRX"])
    #expect(Pager.command(["PAGER": "less", "LESS": "R"])?.environment == [:])
    for environment in [["PAGER": "cat"], ["PAGER": " "], ["PAGER": ""], ["TERM": "dumb"]] {
      #expect(Pager.command(environment) == nil)
    }
  }

  @Test("matches are emphasized and keep their brackets, and what a server wrote cannot move the cursor")
  func styles() {
    var text = StyledText()
    text.append(matchesIn: "the [flaky] test \u{1b}[2J")
    #expect(text.text(color: false) == "the [flaky] test \\u001b[2J")
    #expect(text.text(color: true) == "the \u{1b}[1;33m[flaky]\u{1b}[0m test \\u001b[2J")
  }

  @Test("progress shows per cent and the remaining time only where the total is known")
  func progress() {
    func text(_ done: Int, _ total: Int?, isFinal: Bool = true, unit: String? = nil, after seconds: Int) -> String {
      Advance(done: done, total: total, isFinal: isFinal, unit: unit).text(after: .seconds(seconds))
    }
    #expect(text(5, nil, after: 60) == "")
    #expect(text(250, 1_000, after: 60) == " of 1,000  25 %  3 min left")
    #expect(text(250, 1_000, after: 1) == " of 1,000  25 %", "too early to say")
    #expect(text(5, 1_000, after: 60) == " of 1,000  0 %")
    #expect(text(30, 60, isFinal: false, unit: "sessions", after: 60) == "  30 of 60 sessions", "more sessions may be found")
    #expect(text(60, 60, unit: "sessions", after: 60) == "  60 of 60 sessions  100 %")
    #expect(text(70, 60, after: 60) == " of 60  100 %")
  }
}
