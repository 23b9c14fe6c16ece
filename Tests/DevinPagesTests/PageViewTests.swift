import DevinSandbox
import DevinSync
import Foundation
import MirrorReading
import Testing
import TrialSupport

@testable import DevinPages

@Suite("What the local pages show", .timeLimit(.minutes(60)))
struct PageViewTests {
  /// The pages of a mirror, without a server.
  private func pages(_ trial: Trial) throws -> LocalPages {
    LocalPages(reader: try MirrorReader(database: trial.database), root: "")
  }

  private func get(_ pages: LocalPages, _ path: String) async -> String { await pages.answer(PageTarget(path)).body }

  /// Addresses in attributes, as a browser reads them.
  private func links(_ html: String, _ pattern: Regex<(Substring, Substring)>) -> [String] {
    html.matches(of: pattern).map { String($0.1).replacing("&amp;", with: "&") }
  }

  @Test("in every order, going forward shows each session once, and going back shows the same pages again")
  func orders() async throws {
    var scenario = SandboxScenario.brief
    scenario.sessions = 120
    scenario.messagesPerSession = 0
    try await Trial.run(scenario) { trial in
      try await trial.sync { $0.resources = ["sessions"] }
      // Times that are no day, or of another age.
      for (row, time) in ["null", "-1e12", "-5", "0", "1e300", "9223372036854775807", "1e17", #""soon""#, "[]"].enumerated() {
        try trial.execute(
          "UPDATE sessions SET _raw = json_set(_raw, '$.created_at', json('\(time)')) WHERE rowid IN (\(row + 1), \(row + 50))")
      }
      try trial.execute("DELETE FROM derived_sessions; INSERT INTO derived_sessions SELECT * FROM derive_sessions")
      let site = try pages(trial)
      let all = Set(try trial.column("SELECT session_id FROM sessions"))
      for column in ["title", "status", "user", "origin", "created", "updated", "acus", "requests", "merged"] {
        for order in ["asc", "desc"] {
          var forward: [[String]] = []
          var back: [[String]] = []
          var path: String? = "/sessions?sort=\(column)&order=\(order)"
          var last = ""
          while let here = path, forward.count < 9 {
            last = await get(site, here)
            forward.append(links(last, #/href="/sessions/([0-9a-f]+)"/#))
            path = links(last, #/href="(/sessions\?[^"]+)" rel="next"/#).first
          }
          #expect(forward.map(\.count) == [50, 50, 20] && Set(forward.joined()) == all, "\(column) \(order)")
          #expect(last.contains("aria-sort=\"\(order == "asc" ? "ascending" : "descending")\""), "\(column) \(order)")
          path = links(last, #/href="(/sessions\?[^"]+)" rel="prev"/#).first
          while let here = path, back.count < 9 {
            let html = await get(site, here)
            back.append(links(html, #/href="/sessions/([0-9a-f]+)"/#))
            path = links(html, #/href="(/sessions\?[^"]+)" rel="prev"/#).first
          }
          #expect(back.reversed() == Array(forward.dropLast()), "\(column) \(order)")
        }
      }
    }
  }

  @Test("a command in the caption of a table is shown as code, and everything else is escaped")
  func captions() {
    for (rows, name) in [([[PageTable.Cell("x")]], "caption"), ([], "p")] {
      let table = PageTable("2 of 9 <rows>; `devin-sync query waste --limit 0` prints all", ["a"], rows)
      let html = Templates.shared.render("table", table.model)
      #expect(html.contains("2 of 9 &lt;rows&gt;; <code>devin-sync query waste --limit 0</code> prints all"), "\(name): \(html)")
      #expect(html.contains("<\(name)") && !html.contains("`"), "\(html)")
    }
  }

  @Test("counts of filters, totals and files agree with the sessions that are shown")
  func filters() async throws {
    try await Trial.run(.brief) { trial in
      try await trial.sync { $0.resources = ["sessions", "users", "org_members", "playbooks"] }
      let site = try pages(trial)
      let html = await get(site, "/sessions")
      let facets = html.matches(of: #/href="(/sessions\?(status|origin)=[^"]+)">([a-z_]+) <span class="count">([0-9]+)</span>/#)
      #expect(Set(facets.map(\.2)) == ["status", "origin"])
      for facet in facets {
        let rows = try trial.column("SELECT count(*) FROM session_facts WHERE \(facet.2) = '\(facet.3)'")
        let page = await get(site, String(facet.1))
        #expect(rows == [String(facet.4)] && links(page, #/href="/sessions/([0-9a-f]+)"/#).count == Int(facet.4), "\(facet.1)")
        // The facet stays, so that another value can be chosen, and the chosen one leads back to all.
        #expect(page.contains("<a href=\"/sessions\" aria-current=\"true\">\(facet.3)"), "\(facet.1)")
      }
      let person = try #require(
        try trial.column(
          "SELECT p.email FROM people AS p JOIN sessions AS s USING (user_id) WHERE p.email IS NOT NULL LIMIT 1"
        ).first)
      for query in ["", "?user=\(person.asPathPart)", "?sort=acus&order=asc", "?since=2100-01-01", "?q=the"] {
        let ids = links(await get(site, "/sessions\(query)"), #/href="/sessions/([0-9a-f]+)"/#)
        let csv = await site.answer(PageTarget("/sessions.csv\(query)"))
        let lines = csv.body.split(separator: "\r\n")
        #expect(csv.fileName == "sessions.csv" && lines[0].hasPrefix("session_id,title,status,"), "\(query)")
        #expect(lines.dropFirst().map { $0.prefix { $0 != "," } } == ids.map { $0[...] }, "\(query)")
        let json = await get(site, "/sessions.json\(query)")
        let rows = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
        #expect(rows.map { $0["session_id"] as? String } == ids, "\(query)")
      }
      #expect(await get(site, "/sessions?since=2100-01-01").contains("Remove a filter, or choose other days."))
      #expect(await get(site, "/sessions?status=none").contains("aria-current=\"true\">none <span class=\"count\">0"))
      #expect(await site.answer(PageTarget("/sessions?user=nobody")).status == 400)
      #expect(await site.answer(PageTarget("/sessions?org=org-none")).status == 400)
    }
  }

  @Test("a hit of the search leads to the message, on whichever part of a long transcript it is")
  func anchors() async throws {
    var scenario = SandboxScenario.brief
    scenario.messagesPerSession = 40
    try await Trial.run(scenario) { trial in
      try await trial.sync { $0.resources = ["sessions", "session_messages"] }
      let id = try #require(
        try trial.column("SELECT session_id FROM session_messages GROUP BY 1 ORDER BY count(*) DESC LIMIT 1").first)
      // Long messages before the last one, so that pages are full before they have fifty.
      let text = String(repeating: "word & \"more\" ", count: 3_000)
      try trial.execute(
        "UPDATE session_messages SET _raw = json_set(_raw, '$.message', '\(text)') WHERE session_id = '\(id)'")
      let last = try #require(
        try trial.column(
          "SELECT event_id FROM session_messages WHERE session_id = '\(id)' ORDER BY created_at DESC, rowid DESC LIMIT 1"
        ).first)
      try trial.execute(
        "UPDATE session_messages SET _raw = json_set(_raw, '$.message', '# quokka') WHERE event_id = '\(last)'")
      try await MirrorMaintenance(database: trial.database).rebuildTextIndexes()
      let site = try pages(trial)
      let found = links(await get(site, "/search?q=quokka"), #/href="(/sessions/[^"]+)"/#)
      let address = try #require(found.first).split(separator: "#")
      let page = await get(site, String(address[0]))
      #expect(
        address[1] == "message-\(last.asPathPart)" && page.contains("id=\"message-\(last)\"") && page.contains("<h4>quokka</h4>"))

      // From part to part, every message is shown, long ones piece by piece, and each page is small.
      var path: String? = "/sessions/\(id)"
      var (pieces, seen): (Int, Set<String>) = (0, [])
      while let here = path, pieces < 500 {
        let html = await get(site, here)
        #expect(html.utf8.count < 100_000, "\(here): \(html.utf8.count)")
        seen.formUnion(links(html, #/<article class="said [a-z]+" id="message-([^"]+)"/#))
        pieces += 1
        path = links(html, #/href="(/sessions/[^"#]+)[^"]*" rel="next"/#).first
        if let more = links(html, #/href="([^"#]+)[^"]*">Continue this message/#).first {
          let rest = await get(site, more)
          #expect(rest.contains("Continued from the page before.") && rest.utf8.count < 100_000)
        }
      }
      #expect(seen == Set(try trial.column("SELECT event_id FROM session_messages WHERE session_id = '\(id)'")))
    }
  }

  @Test("an organization that is chosen stays chosen, and limits what every page shows")
  func organizations() async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.moreOrganizations = ["org-other"]
    try await Trial.run(scenario) { own in
      var trial = own
      trial.organizations = []
      try await trial.sync { $0.resources = ["sessions", "organizations"] }
      let site = try pages(trial)
      let organization = try #require(try trial.column("SELECT min(org_id) FROM sessions").first)
      let html = await get(site, "/sessions?org=\(organization)")
      let ids = links(html, #/href="/sessions/([0-9a-f]+)"/#)
      #expect(Set(ids) == Set(try trial.column("SELECT session_id FROM sessions WHERE org_id = '\(organization)'")))
      #expect(html.contains("<option value=\"\(organization)\" selected>"))
      for path in links(html, #/<li><a href="(/[^"]*)"(?: aria-current="page")?>/#) {
        #expect(path.hasSuffix("org=\(organization)") && path != "", "\(path)")
        #expect(await site.answer(PageTarget(path)).status == 200, "\(path)")
      }
    }
  }

  @Test("a page of an empty mirror says what to do next")
  func empty() async throws {
    try await Trial.run(.brief) { trial in
      try await trial.sync { $0.resources = ["secrets"] }
      let site = try pages(trial)
      for path in ["/", "/sessions", "/notes", "/playbooks", "/audit"] {
        #expect(await get(site, path).contains("<p class=\"hint\">"), "\(path)")
        #expect(await get(site, path).contains("devin-sync sync"), "\(path)")
      }
    }
  }

  @Test(
    "a pull request is named as people name it",
    arguments: [
      ("https://github.com/acme/api/pull/12", "acme/api", "12"), ("https://github.com/acme/api/pull/12/files", "acme/api", "12"),
      ("https://gitlab.com/acme/group/api/-/merge_requests/7", "group/api", "7"),
      ("https://dev.azure.com/o/p/_git/r/pullrequest/3", "_git/r", "3"), ("https://example.org/x", "https://example.org/x", nil),
      ("", "", nil),
    ] as [(String, String, String?)])
  func pullRequests(_ address: String, _ repository: String, _ number: String?) {
    let name = PullRequestName(address, repository: nil)
    #expect(name.repository == repository && name.number == number)
    #expect(PullRequestName(address, repository: "a/b").repository == "a/b")
  }

  @Test("names have initials, and ids have none")
  func initials() {
    #expect(
      ["Ada Lovelace", "ada@example.org", "Zoë", "service-user-2f7ffff112", "", "🚀"].map(\.initials) == [
        "AL", "A", "Z", nil, nil, nil,
      ])
  }

  @Test(
    "a change is a percentage only where both values are known",
    arguments: [
      (100.0, 112.0, "+12 %; "), (100.0, 100.0, "no change; "), (100.0, 50.0, "−50 %; "), (nil, 1.0, ""), (1.0, nil, ""),
      (0.0, 1.0, ""), (1e-300, 1e300, ""),
    ] as [(Double?, Double?, String)])
  func changes(_ before: Double?, _ now: Double?, _ text: String) {
    #expect(Change(from: before, to: now).text == text)
  }

  @Test("an axis ends near the largest value, with at most five lines above 0", arguments: [0.001, 1, 3, 298, 500, 1e9, 1e308])
  func axis(_ most: Double) throws {
    let axis = BarChart.axis(of: most)
    #expect(axis[0] == 0 && axis.count <= 6)
    #expect(try #require(axis.last) >= most && (try #require(axis.last)) <= most * 1.7 || axis.count == 2)
  }
}
