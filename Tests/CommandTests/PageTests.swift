import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@testable import DevinPages

@Suite("The report and the local pages", .timeLimit(.minutes(60)))
struct PageTests {
  /// A template engine that works with characters does not recognize the quote with an accent as a quote, but a browser does.
  private static let hostile = "<script>alert(1)</script> \"\u{301} onmouseover=alert(2) x='"
  private static let hostileJSON = hostile.replacing("\"", with: "\\\"")

  /// A mirror with one session in which every text is hostile.
  /// - Returns: the session's id.
  private func prepare(_ command: Command, _ sandbox: Sandbox) async throws -> String {
    _ = try await command.run("sync")
    let id = try #require(try await command.query("SELECT session_id FROM session_messages LIMIT 1").first)
    try sandbox.edit(
      .update(
        .sessions, id,
        set: [
          "title": .string(Self.hostile), "url": "javascript:alert(3)", "user_id": .string(Self.hostile),
          "tags": [.string(Self.hostile)],
          "pull_requests": [["pr_url": "javascript:alert(4)//github.com/a/b/pull/1", "pr_state": .string(Self.hostile)]],
        ]))
    let message = try #require(sandbox.ids(.knowledgeNotes).first)
    try sandbox.edit(
      .update(.knowledgeNotes, message, set: ["name": .string(Self.hostile), "body": .string("<script>zanzibar</script>")]))
    _ = try await command.run("sync")
    _ = try await command.query(
      "UPDATE session_messages SET _raw = json_set(_raw, '$.message', '<script>quokka</script>') WHERE session_id = '\(id)'")
    _ = try await command.run("search", "--rebuild")
    return id
  }

  /// Checks that nothing in a page runs, loads or redirects. Served pages load our own script, which the policy allows.
  private func expectHarmless(_ page: String, _ name: String) {
    let html = page.replacing(#/<script src="/[0-9a-f]{32}/page\.js" defer></script>/#, with: "")
    #expect(!html.contains("<script") && !html.contains("javascript:\"") && !html.contains("href=\"javascript"), "\(name)")
    // As a browser parses it: outside of quoted values, no tag has an event attribute.
    for tag in html.matches(of: #/<[a-z][^>]*>/#) {
      #expect(tag.0.replacing(#/"[^"]*"/#, with: "").firstMatch(of: #/\son[a-z]+\s*=/#) == nil, "\(name): \(tag.0)")
    }
    #expect(html.hasPrefix("<!doctype html>") && html.contains("</html>"), "\(name)")
  }

  @Test("the report is one file that loads nothing from the network, with the numbers of the questions")
  func report() async throws {
    try await Command.trial { command, sandbox in
      _ = try await prepare(command, sandbox)
      let made = try await command.run("report", "--since", "2026-09-01", "--until", "2026-11-30")
      #expect(made.status == 0 && made.output.hasPrefix("devin-report.html: "), "\(made.errors)")
      let file = command.folder.appendingPathComponent("devin-report.html")
      let html = try String(contentsOf: file, encoding: .utf8)
      #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o600)
      expectHarmless(html, "report")
      #expect(html.firstMatch(of: #/ src=|@import|url\(/#) == nil && !html.contains("<link rel=\"stylesheet\""))
      #expect(html.matches(of: #/<link /#).count == 1 && html.contains("&lt;script&gt;alert(1)"))
      #expect(html.contains("default-src 'none'"))
      let sessions = try await command.query(
        "SELECT count(*) FROM session_facts WHERE billing_day BETWEEN '2026-09-01' AND '2026-11-30'")
      #expect(html.contains("<dt>Sessions</dt><dd><span class=\"value\">\(sessions[0])</span>"))
      let acus = try await command.query(
        "SELECT printf('%.2f', sum(acus)) FROM session_facts WHERE billing_day BETWEEN '2026-09-01' AND '2026-11-30'")
      #expect(html.replacing(",", with: "").contains("<span class=\"value\">\(acus[0])") || acus[0].hasSuffix("0"))
      #expect(html.matches(of: #/<svg /#).count == 3 && html.matches(of: #/role="img"/#).count == 3)
      let other = try await command.run("report", "--since", "2000-01-01", "--until", "2000-01-31", "-o", "-")
      #expect(other.status == 0 && other.output.contains("<dt>Sessions</dt><dd><span class=\"value\">0</span>"))
      #expect(try await command.run("report", "--since", "2026-11-30", "--until", "2026-11-01").status == 64)
      #expect(try await command.run("report", "-o", "/proc/none/report.html").status == 73)
    }
  }

  @Test("a transcript as HTML shows messages as text")
  func transcript() async throws {
    try await Command.trial { command, sandbox in
      let id = try await prepare(command, sandbox)
      let html = try await command.run("export", "session", id, "--as", "html").output
      expectHarmless(html, "transcript")
      #expect(html.contains("&lt;script&gt;quokka&lt;/script&gt;"))
    }
  }

  /// - Returns: the beginning of every page's address, as printed by `serve`.
  private func enter(_ serving: Running) async throws -> String {
    let output = try await serving.waitForOutput { $0.contains("\n") }
    return String(try #require(output.split(separator: "\n").first).dropLast())
  }

  /// - Returns: status, headers and body.
  private func get(_ command: Command, _ address: String, _ arguments: String...) async throws -> (
    status: String, head: String, body: String
  ) {
    let answer = try await command.run(program: "/usr/bin/curl", ["-s", "-i"] + arguments + [address])
    let parts = answer.output.split(separator: "\r\n\r\n", maxSplits: 1).map(String.init)
    let head = parts.first ?? ""
    return (head.split(separator: " ").dropFirst().first.map(String.init) ?? "", head.lowercased(), parts.dropFirst().first ?? "")
  }

  @Test("the overview links the sessions that wait, as many as there are")
  func waiting() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "sessions")
      let waits = "status = 'running' AND status_detail IN ('waiting_for_user', 'waiting_for_approval')"
      let ids = try await command.query("SELECT session_id FROM sessions WHERE \(waits) ORDER BY updated_at, session_id")
      let pages = LocalPages(reader: try MirrorReader(database: command.database), root: "/x")
      let overview = await pages.answer(PageTarget("/")).body
      let section = try #require(overview.split(separator: "Which sessions wait for somebody right now?", maxSplits: 1).last)
      #expect(!ids.isEmpty && ids.prefix(10).allSatisfy { section.contains("/sessions/\($0)") })
      #expect(section.contains("10 of \(ids.count) rows") == (ids.count > 10))
    }
  }

  @Test("every page is served to this machine, read-only, and runs nothing")
  func pages() async throws {
    try await Command.trial { command, sandbox in
      let id = try await prepare(command, sandbox)
      let note = try #require(sandbox.ids(.knowledgeNotes).first)
      let playbook = try #require(sandbox.ids(.playbooks).first)
      let serving = try command.start("serve", "--port", "0")
      let base = try await enter(serving)
      for (path, words) in [
        "/": "Latest sessions", "/sessions": "20 sessions", "/sessions?q=alert": "&lt;script&gt;alert(1)",
        "/sessions/\(id)": "&lt;script&gt;quokka&lt;/script&gt;", "/sessions/devin-\(id)": "Pull requests",
        "/sessions/\(id.prefix(12))": "&lt;script&gt;quokka&lt;/script&gt;",
        "/search?q=quokka": "<mark>quokka</mark>",
        "/search?q=%22%3Cscript%3E": "searched as plain text",
        "/search?q=%22%CC%81+onmouseover=alert(1)+x=%22": "value=\"&quot;\u{301} onmouseover=alert(1) x=&quot;\"",
        "/search?q=zanzibar&in=notes": "<mark>zanzibar</mark>",
        "/notes": "&lt;script&gt;",
        "/notes/\(note)": "&lt;script&gt;zanzibar", "/playbooks": "All playbooks", "/playbooks/\(playbook)": "History",
        "/consumption?since=2026-09-01": "value=\"2026-09-01\"", "/audit": "no entries mirrored",
        "/pushes": "Nothing was written to Devin", "/health": "The last 30 runs",
      ] {
        let page = try await get(command, base + path)
        #expect(page.status == "200" && page.body.contains(words), "\(path): \(page.status)")
        expectHarmless(page.body, path)
        #expect(
          page.head.contains("content-security-policy: default-src 'none'; style-src 'self'; script-src 'self';"), "\(path)")
        #expect(page.body.matches(of: #/ src=|@import|url\(/#).count == 1 && page.body.utf8.count < 100_000, "\(path)")
        #expect(!page.body.contains(" style="), "\(path)")
      }
      #expect(try await get(command, base + "/style.css").head.contains("content-type: text/css"))
      #expect(try await get(command, base + "/page.js").head.contains("content-type: text/javascript"))
      #expect(try await get(command, base + "/sessions?since=yesterday").status == "400")
      for path in ["/nothing", "/sessions/none", "/notes/none", "/sessions/a/b", "/%2e%2e/etc/passwd"] {
        let page = try await get(command, base + path)
        #expect(page.status == "404", "\(path): \(page.status)")
      }
      #expect(try await get(command, base + "/", "-H", "Host: devin.example").status == "421")
      #expect(try await get(command, base + "/", "-H", "Host:").status != "200")
      for method in ["POST", "PUT", "DELETE"] {
        #expect(try await get(command, base + "/sessions", "-X", method, "-d", "").status == "405", "\(method)")
      }
      let taken = try await command.run("serve", "--port", String(try #require(URL(string: base)?.port)))
      #expect(taken.status == 69 && taken.errors.contains("Address already in use. --port 0"), "\(taken.errors)")
      serving.send(SIGINT)
      #expect(try await serving.result().status == 0)
    }
  }

  @Test("only users who know the address have access, and no browser sends it to another port")
  func strangers() async throws {
    try await Command.trial { command, sandbox in
      _ = try await command.run("sync")
      let session = try #require(sandbox.ids(.sessions).first)
      let serving = try command.start("serve", "--port", "0")
      let base = try await enter(serving)
      let secret = try #require(base.split(separator: "/").last)
      let outside = String(base.dropLast(secret.count + 1))
      for path in [
        "/", "/sessions/\(session)", "/style.css", "/?key=\(secret)", "/\(secret.dropLast())/", "//", "/x/\(secret)/sessions",
      ] {
        let page = try await get(command, outside + path)
        #expect(page.status == "403" && !page.body.contains(secret) && !page.body.contains("<a "), "\(path): \(page.status)")
      }
      for path in ["/", "/sessions", "/sessions/\(session)", "/search?q=the", "/nothing", "/style.css"] {
        let page = try await get(command, base + path)
        #expect(!page.head.contains("set-cookie"), "\(path)")
        // Every internal link begins with the secret, and no external link contains it.
        for link in page.body.matches(of: /(?:href|action)="([^"]*)"/).map({ String($0.1) }) where !link.hasPrefix("data:") {
          let isOwn = link.hasPrefix("/\(secret)/") || link.hasPrefix("#")
          #expect(isOwn || (link.hasPrefix("https://") && !link.contains(secret)), "\(path): \(link)")
        }
      }
      serving.send(SIGINT)
      _ = try await serving.result()
    }
  }

  @Test("the server does not wait for half a request, or for a body that does not arrive")
  func halfRequests() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "secrets")
      let serving = try command.start("serve", "--port", "0")
      let base = try await enter(serving)
      let port = try #require(URL(string: base)?.port)
      let head = "GET / HTTP/1.1\\r\\nHost: 127.0.0.1:\(port)\\r\\n"
      let many = "GET / HTTP/1.1\\r\\nX: \(String(repeating: "x", count: 40_000))"
      for half in [
        "GET /se", head, head + "Content-Length: 9\\r\\n\\r\\n",
        head.replacing("GET", with: "POST") + "Content-Length: 9\\r\\n\\r\\nab", many,
      ] {
        // The script ends when the server closes the connection.
        let script = "exec 3<>/dev/tcp/127.0.0.1/\(port); printf '\(half)' >&3; timeout 60 cat <&3 > /dev/null"
        let waiting = try await command.run(program: "/bin/bash", ["-c", script])
        #expect(
          waiting.status == 0 || waiting.errors.contains("reset"), "\(half.prefix(80)): \(waiting.status) \(waiting.errors)")
      }
      #expect(try await get(command, base + "/").status == "200")
      serving.send(SIGINT)
      #expect(try await serving.result().status == 0)
    }
  }

  @Test("the list of sessions continues where a page ended, and shows each session once")
  func paging() async throws {
    var scenario = SandboxScenario.brief
    scenario.sessions = 120
    scenario.messagesPerSession = 0
    try await Command.trial(scenario) { command, sandbox in
      for id in sandbox.ids(.sessions).prefix(60) { try sandbox.edit(.update(.sessions, id, set: ["title": "C++ & more"])) }
      _ = try await command.run("sync", "sessions")
      let serving = try command.start("serve", "--port", "0")
      let base = try await enter(serving)
      var seen: [String] = []
      var path: String? = "/sessions"
      while let here = path, seen.count < 1_000 {
        let body = try await get(command, base + here).body
        seen += body.matches(of: /href="\/[0-9a-f]{32}\/sessions\/([0-9a-f]+)"/).map { String($0.1) }
        #expect(body.utf8.count < 100_000)
        path = body.firstMatch(of: /<a href="\/[0-9a-f]{32}(\/sessions\?[^"]+)" rel="next">/).map {
          String($0.1).replacing("&amp;", with: "&")
        }
      }
      #expect(seen == (try await command.query("SELECT session_id FROM sessions ORDER BY created_at DESC, session_id DESC")))
      let first = try await get(command, base + "/sessions?q=C%2B%2B+more").body
      let older = try #require(first.firstMatch(of: /<a href="\/[0-9a-f]{32}(\/sessions\?[^"]+)" rel="next">/)).1.replacing(
        "&amp;", with: "&")
      let rest = try await get(command, base + older).body
      #expect(rest.matches(of: /href="\/[0-9a-f]{32}\/sessions\/[0-9a-f]+"/).count == 10 && rest.contains("value=\"C++ more\""))
      serving.send(SIGINT)
      _ = try await serving.result()
    }
  }
}
