import DevinSandbox
import DevinSync
import Foundation
import TestSupport
import Testing
import TrialSupport

@Suite("Contents of attachments, stored as files", .timeLimit(.minutes(60)))
struct AttachmentTests {
  /// Replaces the sandbox's storage, with TLS: it serves the sandbox's contents, unless a test supplies others.
  func trial(
    _ content: @escaping @Sendable (_ id: String, _ number: Int) -> [UInt8] = { id, _ in Array("content of \(id)".utf8) },
    headers: [String] = ["Content-Type: text/html"],
    _ body: @Sendable (Command, Sandbox, LoopbackServer) async throws -> Void
  ) async throws {
    try await TestAuthority.withAuthority { authority in
      let context = try authority.context(for: .good)
      try await LoopbackServer.withServer(
        tls: context,
        answering: { number, head in
          let path = head.split(separator: " ").dropFirst().first ?? ""
          let id = path.split(separator: "?")[0].split(separator: "/").last.map(String.init) ?? ""
          return .answer(headers: headers, body: content(id, number))
        }
      ) { server, address in
        var scenario = SandboxScenario.brief
        scenario.sessions = 60
        scenario.attachmentStorage = address.description
        try await Command.trial(scenario) { command, sandbox in
          // Each content is a TLS handshake, and many at once take a busy machine longer than the client waits.
          try await body(command.with(["DEVIN_SYNC_CA_FILE": authority.file, "DEVIN_SYNC_CONCURRENCY": "2"]), sandbox, server)
        }
      }
    }
  }

  private func files(_ command: Command) throws -> [String] {
    let folder = command.database + ".files"
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    return try FileManager.default.subpathsOfDirectory(atPath: folder).filter { $0.count > 2 }.sorted()
  }

  @Test("they are read once, only if they are named, and each has its row and its file; the key is not sent elsewhere")
  func kept() async throws {
    try await trial { command, sandbox, server in
      #expect(try await command.run("sync").status == 0)
      #expect(try await command.run("sync", "all").status == 0)
      #expect(try files(command).isEmpty && server.requests.isEmpty)
      let run = try await command.run("sync", "sessions", "files", "--progress", "lines")
      let ids = sandbox.ids(.sessionAttachments)
      #expect(run.status == 0 && run.errors.contains("files: \(ids.count) of \(ids.count) kept"), "\(run.errors)")
      #expect(
        Set(try await command.query("SELECT attachment_id || ' ' || state || ' ' || byte_count FROM files"))
          == Set(ids.map { "\($0) kept \("content of \($0)".utf8.count)" }))
      #expect(try await command.query("SELECT path FROM attachment_files ORDER BY path") == files(command))
      for name in try files(command) {
        let path = command.database + ".files/" + name
        let sum = try await command.run(program: "/usr/bin/sha256sum", [path]).output
        #expect(name.hasSuffix(String(sum.prefix(64))) && name.hasPrefix(String(sum.prefix(2)) + "/"))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
      }
      #expect(server.requests.count == ids.count && !server.requests.contains { $0.contains(sandbox.scenario.key) })
      #expect(server.requests.allSatisfy { $0.hasPrefix("GET /_downloads/session_attachments/") })
      #expect(try await command.run("sync", "sessions", "files").status == 0)
      #expect(server.requests.count == ids.count)
      for word in [["status"], ["stats"], ["verify", "--offline"], ["verify"]] {
        let said = try await command.run(word)
        #expect(
          said.status == 0 && said.output.contains("\(ids.count) of \(ids.count) kept"), "\(word): \(said.output)\(said.errors)")
      }
      let json = try await command.run("sync", "sessions", "files", "--progress", "json")
      #expect(json.lines.last?.contains("\"files\":{\"attachments\":\(ids.count)") == true, "\(json.lines.last ?? "")")
    }
  }

  @Test("equal contents are stored once, within the limits, and a raised limit adds the rest")
  func limits() async throws {
    try await trial({ id, _ in Array(repeating: 7, count: id.hashedSize) }) { command, sandbox, _ in
      let ids = sandbox.ids(.sessionAttachments)
      let limited = command.with(["DEVIN_SYNC_FILE_LIMIT": "150", "DEVIN_SYNC_FILES_LIMIT": "1kB"])
      let run = try await limited.run("sync", "sessions", "files", "--progress", "lines")
      #expect(run.status == 0, "\(run.errors)")
      let small = ids.filter { $0.hashedSize <= 150 }.count
      #expect(
        run.errors.contains(
          "\(small) of \(ids.count) kept (1 content, 100 B); not kept: \(ids.count - small) larger than file_limit"),
        "\(run.errors)")
      #expect(try files(command).count == 1)
      let tight = command.with(["DEVIN_SYNC_FILES_LIMIT": "150"])
      #expect(
        try await tight.run("sync", "files", "--progress", "lines").errors.contains(
          "\(ids.count - small) beyond files_limit"))
      #expect(
        try await command.run("sync", "files", "--progress", "lines").errors.contains(
          "\(ids.count) of \(ids.count) kept (2 contents, 300 B)"))
      for wrong in ["", "50", "-1", "0", "many", "1.5", "0MB", "50 XB"] where wrong != "50" {
        guard !wrong.isEmpty else { continue }
        #expect(try await command.with(["DEVIN_SYNC_FILE_LIMIT": wrong]).run("sync", "files").status == 78, "\(wrong)")
      }
    }
  }

  @Test("unacceptable contents are refused and reported, and requested again after a day")
  func refused() async throws {
    // Without a TLS server in front of it, the sandbox redirects to plain HTTP.
    try await Command.trial { command, sandbox in
      let ids = sandbox.ids(.sessionAttachments)
      let run = try await command.run("sync", "sessions", "files")
      #expect(
        run.status == 65 && run.errors.contains("only HTTPS is followed") && !run.errors.contains("signature"), "\(run.errors)")
      #expect(try await command.query("SELECT state, count(*) FROM files GROUP BY 1") == ["refused|\(ids.count)"])
      #expect(try files(command).isEmpty && !sandbox.requests.contains { $0.path.hasPrefix("/_downloads") })
      let asked = sandbox.requests.count { $0.path.contains("/attachments/") }
      #expect(try await command.run("sync", "files").status == 65)
      #expect(sandbox.requests.count { $0.path.contains("/attachments/") } == asked)
      #expect(try await command.run("sync", "files", "--full").status == 65)
      #expect(sandbox.requests.count { $0.path.contains("/attachments/") } == 2 * asked)
    }
  }

  @Test(
    "missing or altered files are found and read again; contents without a row are removed; a backup includes files on request")
  func care() async throws {
    try await trial { command, sandbox, server in
      #expect(try await command.run("sync", "sessions", "files").status == 0)
      let count = sandbox.ids(.sessionAttachments).count
      let names = try files(command)
      let path = { (name: String) in URL(fileURLWithPath: command.database + ".files/" + name) }
      try FileManager.default.removeItem(at: path(names[0]))
      var altered = try Data(contentsOf: path(names[1]))
      altered[0] ^= 1
      try altered.write(to: path(names[1]))
      let offline = try await command.run("verify", "--offline")
      #expect(offline.status == 74 && offline.output.contains("is missing") && offline.output.contains("has other contents"))
      #expect(try await command.run("verify").status == 65)
      let partial = try await command.run("backup", "partial.db", "--with-files")
      #expect(
        partial.status == 74 && partial.errors.contains("2 contents could not be copied"), "\(partial.output)\(partial.errors)")
      #expect(try await command.run("verify", "--repair", "files").output.contains("`devin-sync sync files` reads them again"))
      #expect(try await command.run("sync", "files").status == 0)
      #expect(server.requests.count == count + 2)
      #expect(try await command.run("verify", "--offline").status == 0)
      #expect(try files(command) == names)

      try Data("x".utf8).write(to: path(".part-left"))
      try Data("mine".utf8).write(to: path("notes.txt"))
      let gone = try #require(sandbox.ids(.sessionAttachments).first)
      let session = try #require(try await command.query("SELECT session_id FROM files WHERE attachment_id = '\(gone)'").first)
      try sandbox.edit(.delete(.sessionAttachments, gone, session: session))
      #expect(try await command.run("sync", "sessions", "session_attachments", "--full").status == 0)
      #expect(try await command.run("status").output.contains("and 1 of deleted attachments"))
      #expect(try await command.run("maintain", "--dry-run").output.contains("would remove 1 part"))
      #expect(try await command.run("maintain").output.contains("removed 1 part"))
      #expect(try files(command).count == count + 1)
      let maintained = try await command.with(["DEVIN_SYNC_KEEP_DELETED": "0s"]).run("maintain", "--json")
      #expect(maintained.output.contains("\"contents\""), "\(maintained.output)")

      let without = try await command.run("backup", "copy.db")
      #expect(without.output.contains("files: not in the copy; --with-files copies them"))
      let with = try await command.run("backup", "copy.db", "--force", "--with-files")
      #expect(with.status == 0 && with.output.contains("copy.db.files: "), "\(with.output)\(with.errors)")
      let copied = try await command.with(["DEVIN_SYNC_DATABASE": "copy.db"]).run("verify", "--offline")
      #expect(copied.status == 0 && copied.output.contains("all contents match their SHA-256"), "\(copied.output)")
      let redacted = try await command.run("backup", "redacted.db", "--redact")
      #expect(redacted.output.contains("files: not in the copy, since contents cannot be redacted"))
      let rows = try await command.run(
        program: "/usr/bin/sqlite3", [command.folder.path + "/redacted.db", "SELECT count(*) FROM files"])
      #expect(rows.output == "0\n")
      #expect(try await command.run("backup", "none.db", "--redact", "--with-files").status == 64)
    }
  }

  @Test(
    "a killed run leaves no row without its file, and the next one continues",
    arguments: [("part", 1), ("part", 9), ("content", 1), ("content", 7), ("committed", 9)])
  func killed(_ point: String, _ visit: Int) async throws {
    try await trial { command, sandbox, _ in
      let crashed = try await command.with(["DEVIN_SYNC_CRASH_POINT": "\(point):\(visit)"]).run("sync", "sessions", "files")
      #expect(crashed.status != 0)
      let kept = try await command.run(
        program: "/usr/bin/sqlite3", [command.database, "SELECT path FROM attachment_files WHERE state = 'kept'"]
      ).lines
      #expect(Set(kept).isSubset(of: try files(command)))
      let next = try await command.run("sync", "sessions", "files")
      #expect(next.status == 0, "\(next.output)\(next.errors)")
      let count = sandbox.ids(.sessionAttachments).count
      #expect(try await command.query("SELECT count(*) FROM files WHERE state = 'kept'") == ["\(count)"])
      #expect(try files(command).count == count && !files(command).contains { $0.hasPrefix(".part") })
    }
  }
}

extension String {
  /// One of two sizes.
  fileprivate var hashedSize: Int { (utf8.reduce(0) { $0 &+ Int($1) }).isMultiple(of: 2) ? 100 : 200 }
}
