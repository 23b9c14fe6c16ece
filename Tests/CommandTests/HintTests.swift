import ArgumentParser
import DevinSync
import Testing
import TrialSupport

@testable import devin_sync

@Suite("Names that do not exist: what was probably meant, in at most three lines")
struct HintTests {
  @Test(
    "the nearest name is suggested, if it is near",
    arguments: [
      ("sesions", "sessions"), ("saerch", "search"), ("playbok", "playbooks"), ("SESSIONS", nil), ("statuss", "status"),
      ("xyzzy", nil), ("stauts", "status"),
    ] as [(String, String?)])
  func nearest(_ word: String, _ near: String?) {
    let names = ["sessions", "playbooks", "status", "search"]
    #expect(names.nearest(to: word) == near)
    #expect(names.hint(for: word) == near.map { " Did you mean `\($0)`?" })
  }

  @Test(
    "an unknown command is named, also below another",
    arguments: [
      (["stauts"], "stauts"), (["credentials", "ad", "x"], "ad"), (["status", "sesions"], nil), (["--help"], nil),
      (["export", "sessions"], nil), (["help", "status"], nil), ([], nil), (["schedule", "instal", "--every", "5m"], "instal"),
    ] as [([String], String?)])
  func commands(_ arguments: [String], _ given: String?) {
    #expect(UsageMistake.unknownCommand(in: arguments)?.given == given)
  }

  private func lines(_ arguments: [String]) -> [String] {
    do {
      _ = try DevinSyncCommand.parseAsRoot(arguments)
      return []
    } catch {
      return UsageMistake(error, arguments).lines
    }
  }

  @Test("a command line that cannot be understood gives at most three lines")
  func short() {
    for (arguments, expected) in [
      (["stauts"], "Did you mean `status`?"), (["sync", "sesions"], "Did you mean `sessions`?"),
      (["status", "playboks"], "Did you mean `playbooks`?"), (["status", "--jsn"], "Did you mean '--json'?"),
      (["schedule", "instal"], "Did you mean `install`?"), (["changes", "--since", "soonish"], "--since must be"),
      (["query"], "Name a question"), (["status", "--fields", "a", "--json"], "--as json"),
    ] {
      let lines = lines(arguments)
      #expect((1...3).contains(lines.count), "\(lines)")
      #expect(lines.joined(separator: " ").contains(expected), "\(lines)")
      #expect(lines.last?.contains("--help'") == true, "\(lines)")
    }
  }

  @Test("a query with a name that does not exist suggests a table or a column")
  func queries() {
    func message(_ why: String, _ sql: String) -> String { MirrorError.unusableQuery(why).message(withHintFor: sql) }
    #expect(message("no such table: sesions", "SELECT * FROM sesions").contains("Did you mean `sessions`?"))
    #expect(message("no such column: s.titel", "SELECT s.titel FROM sessions AS s").contains("Did you mean `title`?"))
    #expect(message("near \"FORM\": syntax error", "SELECT 1 FORM x").contains("`devin-sync schema`"))
  }

  @Test("paths to push where nothing is are named, with the subcommand that was probably meant")
  func paths() throws {
    #expect(Failure.missing([]) == nil && Failure.missing(["/", "/tmp"]) == nil)
    let one = try #require(Failure.missing(["/", "sesions"]))
    #expect(one.status == .usage && one.message.contains("file or folder `sesions`. Did you mean `sessions`?"))
    let two = try #require(Failure.missing(["/no/such", "sesions"]))
    #expect(two.message.contains("`/no/such`, `sesions`.") && !two.message.contains("mean"))
  }

  @Test("a mistake that the command itself reports is reported once")
  func once() async throws {
    try await Command.trial { command, _ in
      #expect(try await command.run("sync", "sessions").status == 0)
      let result = try await command.run("query", "acus-by-usr")
      #expect(result.status == 64 && result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test("the words of a command line so far decide what a shell completes")
  func completion() {
    #expect(Completions(["devin-sync", "show", "--database", "x.db"]).value(of: "--database") == "x.db")
    #expect(Completions(["devin-sync", "--database=y.db"]).value(of: "--database") == "y.db")
    #expect(Completions(["devin-sync", "--database"]).value(of: "--database") == nil)
  }
}
