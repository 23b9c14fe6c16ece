import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@Suite("Examples", .timeLimit(.minutes(60)))
struct ExampleTests {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.repository.appendingPathComponent(path), encoding: .utf8)
  }

  @Test("every question answers on a mirror, by the command and in Debian's own sqlite3, where parameters are NULL")
  func questions() async throws {
    try await Command.trial(SandboxScenario()) { command, _ in
      _ = try await command.run("sync")
      #expect(MirrorQuestion.all.count > 15)
      for question in MirrorQuestion.all {
        let stock = try await command.run(program: "/usr/bin/sqlite3", ["-header", "-csv", command.database, question.sql])
        #expect(stock.status == 0, "\(question.name): \(stock.errors)")
        let ours = try await command.run("query", question.name, "--as", "csv", "--limit", "0")
        #expect(ours.status == 0, "\(question.name): \(ours.errors)")
        #expect(stock.lines.isEmpty || ours.lines.count == stock.lines.count, "\(question.name)")
      }
    }
  }

  @Test("every query of the reading guide works, and the guide names every table and view")
  func readingGuide() async throws {
    let guide = try text("Schema/README.md")
    let queries = guide.components(separatedBy: "```sql").dropFirst().compactMap { $0.components(separatedBy: "```").first }
      .joined()
    #expect(queries.contains("SELECT"))
    try await Command.trial { command, _ in
      _ = try await command.run("sync")
      let answer = try await command.run(program: "/usr/bin/sqlite3", [command.database, queries])
      #expect(answer.status == 0, "\(answer.errors)")
      let names = try await command.query(
        "SELECT name FROM pragma_table_list WHERE type <> 'shadow' AND schema = 'main' AND name NOT LIKE 'sqlite_%'")
      // The guide explains once, for all of them, the views that are named after a table.
      for name in names where !(name.hasPrefix("v_") && names.contains(String(name.dropFirst(2)))) {
        #expect(guide.contains("`\(name)`"), "\(name)")
      }
    }
  }

  @Test("the crontab line is valid for cron, and its command is valid for the program")
  func crontab() async throws {
    let line = try #require(try text("Examples/crontab").split(separator: "\n").last.map(String.init))
    try await Command.trial { command, sandbox in
      #expect(line.hasPrefix("*/15 * * * * devin-sync sync "))
      let folder = command.folder.appendingPathComponent(".config/devin-sync")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let key = folder.appendingPathComponent("key")
      try Data(sandbox.scenario.key.utf8).write(to: key)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
      let shell = line.replacingOccurrences(of: "*/15 * * * * devin-sync", with: Command.program.path)
      let result = try await command.with(["DEVIN_API_KEY": nil]).run(program: "/bin/sh", ["-c", shell])
      #expect(result.status == 0)
      #expect(result.output + result.errors == "")
    }
  }

  @Test("the library client mirrors and draws its own progress")
  func libraryClient() async throws {
    try await Command.trial { command, _ in
      let program = Command.program.deletingLastPathComponent().appendingPathComponent("library-client").path
      let result = try await command.run(program: program, [])
      #expect(result.status == 0)
      #expect(result.output.contains("sessions: 20 new, 0 changed"))
    }
  }

  @Test("the library reader says how complete a mirror is, and what is in it")
  func libraryReader() async throws {
    try await Command.trial { command, _ in
      #expect(try await command.run("sync").status == 0)
      let program = Command.program.deletingLastPathComponent().appendingPathComponent("library-reader").path
      let result = try await command.with(["DEVIN_SYNC_DATABASE": command.database]).run(program: program, [])
      #expect(result.status == 0 && result.lines.first?.hasPrefix("Complete as of ") == true, "\(result.errors)")
      #expect(result.lines.last?.contains(" messages, ") == true)
    }
  }
}
