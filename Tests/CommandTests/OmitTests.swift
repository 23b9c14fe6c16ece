import DevinSandbox
import Foundation
import Testing
import TrialSupport

@Suite("Texts that are omitted from a mirror", .timeLimit(.minutes(60)))
struct OmitTests {
  /// Searches the bytes of the file and its log for a word that occurs in only one message of the sandbox.
  private func holds(_ word: String, _ command: Command) async throws -> Bool {
    let names = try FileManager.default.contentsOfDirectory(atPath: command.folder.path).filter { $0.hasPrefix("devin.db") }
    return try await command.run(program: "/usr/bin/grep", ["-a", "-q", "-i", word] + names).status == 0
  }

  private func plant(_ word: String, in sandbox: Sandbox) throws {
    let line = try #require(sandbox.objects(.sessionMessages).first)
    let message = try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    let scope = message["scope"] as? [String: Any] ?? message
    try sandbox.edit(
      .update(
        .sessionMessages, sandbox.ids(.sessionMessages)[0], session: scope["session_id"] as? String,
        set: ["message": .string("The word is \(word), and more")]))
  }

  @Test("an omitted text is never written, is no difference, and is added when it is no longer omitted")
  func fromTheBeginning() async throws {
    try await Command.trial { command, sandbox in
      try plant("quietly1zq", in: sandbox)
      let without = command.with(["DEVIN_SYNC_OMIT": "session_messages.message sessions.title"])
      #expect(try await without.run("sync").status == 0)
      #expect(try await !holds("quietly1zq", command))
      #expect(
        try await command.query("SELECT count(*), count(message), count(source) FROM session_messages")[0].hasSuffix(
          "|0|\(sandbox.ids(.sessionMessages).count)"))
      #expect(try await command.query("SELECT count(title) FROM sessions") == ["0"])
      #expect(
        try await command.query("SELECT resource, member FROM sync_omitted ORDER BY 1") == [
          "session_messages|message", "sessions|title",
        ])
      // There is no difference, even when a list is read again.
      #expect(try await without.run("sync", "--full").status == 0)
      #expect(
        try await command.query("SELECT count(*) FROM sync_changes WHERE change = 'changed' AND resource = 'session_messages'")
          == ["0"])
      let verified = try await without.run("verify", "--all")
      #expect(verified.status == 0, "\(verified.output)\(verified.errors)")
      #expect(try await without.run("verify", "--offline").status == 0)

      let run = try await command.run("sync")
      #expect(run.status == 0, "\(run.errors)")
      #expect(try await holds("quietly1zq", command))
      #expect(try await command.query("SELECT * FROM sync_omitted").isEmpty)
      #expect(try MirroredFile(command.database).differences(from: sandbox, [.sessions, .sessionMessages]) == [])
      #expect(try await command.run("search", "quietly1zq").output.contains("quietly1zq"))
      #expect(try await command.run("verify", "--all").status == 0)
    }
  }

  @Test("if it is enabled later, maintain removes the text from rows, history and index, completely, and it does not come back")
  func later() async throws {
    try await Command.trial { command, sandbox in
      try plant("quietly1zq", in: sandbox)
      _ = try await command.run("sync")
      try plant("quietly2zq", in: sandbox)
      _ = try await command.run("sync", "--full")
      #expect(try await holds("quietly1zq", command))
      let without = command.with(["DEVIN_SYNC_OMIT": "session_messages.message"])
      #expect(try await without.run("sync", "--full").status == 0)
      let dry = try await without.run("maintain", "--dry-run")
      #expect(
        dry.output.contains("would remove omitted texts from \(sandbox.ids(.sessionMessages).count) of session_messages"),
        "\(dry.output)")
      #expect(try await holds("quietly1zq", command))
      let care = try await without.run("maintain", "--no-vacuum")
      #expect(care.status == 0 && care.output.contains("in the history"), "\(care.output)\(care.errors)")
      for word in ["quietly1zq", "quietly2zq"] { #expect(try await !holds(word, command), "\(word)") }
      let found = try await without.run("search", "quietly2zq")
      #expect(!found.output.contains("quietly2zq") && !found.errors.contains("damaged"), "\(found.errors)")
      #expect(try await without.run("verify", "--offline").status == 0)
      try plant("quietly3zq", in: sandbox)
      #expect(try await without.run("sync", "--full").status == 0)
      #expect(try await !holds("quietly3zq", command))
      #expect(try await without.run("verify", "--all").status == 0)
      let idle = try await without.run("maintain")
      #expect(idle.output.contains("removed omitted texts from no row"), "\(idle.output)")
    }
  }

  @Test("when omit is switched off, the lists are pending until a run has read them")
  func off() async throws {
    try await Command.trial { command, sandbox in
      let without = command.with(["DEVIN_SYNC_OMIT": "session_messages.message"])
      _ = try await without.run("sync")
      #expect(try await command.run("status", "--max-age", "1d").status == 0)
      sandbox.faults = [FaultRule(.status(500), path: "/messages$", times: nil)]
      let run = try await command.run("sync", "--max-duration", "2s")
      #expect(run.status != 0)
      let status = try await command.run("status", "--max-age", "1d")
      #expect(status.status == 69 && status.output.contains("session_messages"), "\(status.output)")
      sandbox.faults = []
      #expect(try await command.run("sync").status == 0)
      #expect(try MirroredFile(command.database).differences(from: sandbox, [.sessionMessages]) == [])
      #expect(try await command.run("status", "--max-age", "1d").status == 0)
    }
  }

  @Test(
    "only texts can be left out",
    arguments: [
      "sessions.session_id", "sessions.updated_at", "sessions.org_id", "session_messages._raw", "session_messages.mesage",
      "nothing.title", "sessions",
    ])
  func refused(_ field: String) async throws {
    try await Command.trial { command, _ in
      let command = command.with(["DEVIN_SYNC_OMIT": field])
      for name in ["sync", "maintain"] {
        let refused = try await command.run(name)
        #expect(refused.status == 78 && refused.errors.contains("`\(field)`"), "\(refused.errors)")
      }
    }
  }
}
