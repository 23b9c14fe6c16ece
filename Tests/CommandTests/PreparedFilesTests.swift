import DevinSandbox
import Foundation
import Testing
import TrialSupport

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Files prepared by somebody", .timeLimit(.minutes(60)))
struct PreparedFilesTests {
  /// An obstacle at a path where the command would read or write a file.
  enum Obstacle: String, CaseIterable {
    case link, danglingLink, fifo, folder

    func put(at path: String, in command: Command) throws {
      let victim = command.folder.appendingPathComponent("victim").path
      try Data("precious".utf8).write(to: URL(fileURLWithPath: victim))
      #expect(chmod(victim, 0o600) == 0)
      switch self {
      case .link: #expect(symlink(victim, path) == 0)
      case .danglingLink: #expect(symlink(victim + ".missing", path) == 0)
      case .fifo: #expect(mkfifo(path, 0o600) == 0)
      case .folder: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
    }

    /// Checks that it still exists, and that nothing behind it has changed.
    func expectUntouched(at path: String, in command: Command, _ comment: Comment) throws {
      let victim = command.folder.appendingPathComponent("victim").path
      #expect(try String(contentsOfFile: victim, encoding: .utf8) == "precious", comment)
      #expect(!FileManager.default.fileExists(atPath: victim + ".missing"), comment)
      var information = stat()
      #expect(lstat(path, &information) == 0, comment)
      let kind = [Self.link: S_IFLNK, .danglingLink: S_IFLNK, .fifo: S_IFIFO, .folder: S_IFDIR][self]
      #expect(information.st_mode & S_IFMT == kind, comment)
    }
  }

  /// Runs the command with a time limit, since opening a named pipe would block forever; the status is then 124 or 137.
  private func run(_ command: Command, _ arguments: String...) async throws -> Command.Result {
    let result = try await command.run(program: "/usr/bin/timeout", ["-k", "2", "60", Command.program.path] + arguments)
    #expect(result.status >= 0 && ![124, 137].contains(result.status), "\(arguments) hung or died: \(result.status)")
    return result
  }

  @Test("a foreign file beside the database is refused and not changed", arguments: Obstacle.allCases)
  func companions(_ obstacle: Obstacle) async throws {
    try await Command.trial { command, _ in
      #expect(try await run(command, "sync", "playbooks").status == 0)
      for suffix in [".lock", "-wal", "-shm", "-journal"] {
        let path = command.database + suffix
        unlink(path)
        try obstacle.put(at: path, in: command)
        let comment: Comment = "\(suffix) \(obstacle)"
        let sync = try await run(command, "sync", "playbooks")
        #expect(sync.status == (suffix == ".lock" ? 73 : 74), comment)
        #expect(sync.errors.contains("devin.db\(suffix)") && sync.errors.contains("it is a"), comment)
        let status = try await run(command, "status")
        #expect(status.status == (suffix == ".lock" ? 0 : 74), comment)
        try obstacle.expectUntouched(at: path, in: command, comment)
        _ = remove(path)
      }
      #expect(try await run(command, "sync", "playbooks").status == 0)
    }
  }

  @Test("a foreign file at the path of a run's log, summary or metrics is named and not changed", arguments: Obstacle.allCases)
  func afterRun(_ obstacle: Obstacle) async throws {
    try await Command.trial { command, _ in
      for (option, what) in [
        ("--log-file", "the log"), ("--summary-file", "the summary file"), ("--metrics-file", "the metrics file"),
      ] {
        let path = command.folder.appendingPathComponent("told").path
        try obstacle.put(at: path, in: command)
        let sync = try await run(command, "sync", "playbooks", option, "told")
        #expect(sync.status == 0, "\(option)")
        #expect(sync.errors.contains("\(what) was not written: told: it is a"), "\(option): \(sync.errors)")
        try obstacle.expectUntouched(at: path, in: command, "\(option)")
        _ = remove(path)
      }
    }
  }

  @Test("a report, a backup or a configuration does not overwrite anything but a file", arguments: Obstacle.allCases)
  func outputs(_ obstacle: Obstacle) async throws {
    try await Command.trial { command, _ in
      #expect(try await run(command, "sync", "playbooks").status == 0)
      let path = command.folder.appendingPathComponent("out").path
      try obstacle.put(at: path, in: command)
      let runs: [([String], Int32)] = [
        (["report", "--output", "out"], 73), (["backup", "out"], 73), (["backup", "--force", "out"], 73),
        (["config", "init", "--config", "out"], 78),
      ]
      for (arguments, status) in runs {
        let result = try await command.run(program: "/usr/bin/timeout", ["-k", "2", "60", Command.program.path] + arguments)
        #expect(result.status == status, "\(arguments): \(result.errors)")
        try obstacle.expectUntouched(at: path, in: command, "\(arguments)")
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: command.folder.path)
      #expect(!names.contains { $0.hasPrefix(".devin-sync-") }, "\(names)")
    }
  }

  @Test(
    "only a file is read as a configuration, a key, a credential or a certificate", arguments: [Obstacle.fifo, .folder])
  func inputs(_ obstacle: Obstacle) async throws {
    try await Command.trial { command, _ in
      let path = command.folder.appendingPathComponent("in").path
      try obstacle.put(at: path, in: command)
      for option in ["--config", "--api-key-file", "--ca-file"] {
        let result = try await run(command, "sync", "playbooks", option, "in")
        #expect(result.status == 78 && result.errors.contains("it is a"), "\(option): \(result.errors)")
      }
      let store = command.folder.appendingPathComponent(".local/share/devin-sync/credentials")
      try FileManager.default.createDirectory(
        at: store, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
      try obstacle.put(at: store.path + "/work.json", in: command)
      let result = try await run(command, "sync", "playbooks", "--credential", "work")
      #expect(result.status == 78 && result.errors.contains("it is a"), "\(result.errors)")
    }
  }

  @Test("the user's own link to a mirror is followed, and all of the mirror's files are beside the actual file")
  func ownLink() async throws {
    try await Command.trial { command, _ in
      let data = command.folder.appendingPathComponent("data")
      try FileManager.default.createDirectory(at: data, withIntermediateDirectories: true)
      #expect(symlink("data/real.db", command.database) == 0)
      #expect(try await run(command, "sync", "playbooks").status == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: data.path).sorted() == ["real.db", "real.db.lock"])
      #expect(!FileManager.default.fileExists(atPath: command.database + ".lock"))
      #expect(try await run(command, "status").status == 0)
      #expect(try await run(command, "sync", "playbooks", "--database", data.path + "/real.db").status == 0)
    }
  }

  @Test(
    "paths of a shell's open streams, and /dev/null, accept a log without being replaced",
    arguments: ["stdout", "stderr", "null"])
  func streams(_ name: String) async throws {
    try await Command.trial { command, _ in
      let result = try await run(
        command, "sync", "playbooks", "--log-file", "/dev/\(name)", "--summary-file", "/dev/\(name)")
      #expect(result.status == 0)
      #expect(result.output.contains(" info run=1 ") == (name == "stdout"))
      #expect(result.errors.contains("\"run_id\":1") == (name == "stderr"))
    }
  }

  @Test(
    "a database in memory, or an address, is no valid path for a mirror: no request is sent and no file is created",
    arguments: ["", " ", ":memory:", "file::memory:", "file:devin.db?mode=memory&cache=shared", "FILE:devin.db"])
  func memory(_ path: String) async throws {
    try await Command.trial { command, sandbox in
      for verb in ["sync", "status", "demo", "verify"] {
        let result = try await run(command, verb, "--database", path)
        #expect(result.status == 64 && result.errors.contains("--database "), "\(verb): \(result.errors)")
      }
      let file = command.folder.appendingPathComponent("c.toml")
      try Data("database = \"\(path)\"".utf8).write(to: file)
      #expect(try await run(command, "sync", "--config", file.path).status == 78)
      if !path.isEmpty {
        #expect(try await run(command.with(["DEVIN_SYNC_DATABASE": path]), "sync").status == 78)
      }
      #expect(sandbox.requests.isEmpty)
      #expect(try FileManager.default.contentsOfDirectory(atPath: command.folder.path) == ["c.toml"])
    }
  }

  @Test("a folder or a device cannot be a mirror", arguments: ["/dev/null", "/dev/zero", "/dev/tty", "/", ".", "fifo"])
  func devices(_ path: String) async throws {
    try await Command.trial { command, _ in
      #expect(mkfifo(command.folder.appendingPathComponent("fifo").path, 0o600) == 0)
      for verb in ["sync", "status", "verify"] {
        let result = try await run(command, verb, "--database", path)
        #expect(result.status == 73, "\(verb): \(result.errors)")
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: command.folder.path) == ["fifo"])
    }
  }

  @Test(
    "a configuration that others can change is refused, and no program in it is run",
    arguments: [(0o600, true), (0o644, true), (0o606, false), (0o646, false), (0o666, false), (0o777, false)] as [(mode_t, Bool)])
  func configuration(_ mode: mode_t, _ isTaken: Bool) async throws {
    try await Command.trial { command, sandbox in
      let file = command.folder.appendingPathComponent("c.toml").path
      let proof = command.folder.appendingPathComponent("ran").path
      for setting in ["on_change", "api_key_command"] {
        try Data("\(setting) = [\"/usr/bin/touch\", \"\(proof)\"]".utf8).write(to: URL(fileURLWithPath: file))
        #expect(chmod(file, mode) == 0)
        let command = command.with(setting == "on_change" ? [:] : ["DEVIN_API_KEY": nil])
        let result = try await run(command, "sync", "playbooks", "--full", "--config", file)
        #expect(FileManager.default.fileExists(atPath: proof) == isTaken, "\(setting): \(result.errors)")
        if !isTaken {
          #expect(result.status == 78 && result.errors.contains("every user of this machine can change it"), "\(setting)")
        }
        unlink(proof)
        unlink(command.database)
      }
      #expect(sandbox.requests.isEmpty != isTaken)
    }
  }

  @Test("the server's text in the summary file and in metrics cannot control a terminal")
  func summary() async throws {
    try await Command.trial { command, sandbox in
      let nasty = "\u{9b}31m\u{202e}x\u{2066}\u{1b}]0;y\u{7}\u{2028}"
      let body = String(decoding: try JSONEncoder().encode(["detail": "no\(nasty)"]), as: UTF8.self)
      sandbox.faults = [FaultRule(.answer(status: 400, body: body), path: "/playbooks", times: nil)]
      _ = try await run(
        command.with(["DEVIN_SYNC_TEST_CLOCK": "0"]), "sync", "playbooks", "--summary-file", "runs.jsonl", "--metrics-file",
        "m.prom",
        "--log-file", "run.log", "--log-format", "json")
      for name in ["runs.jsonl", "m.prom", "run.log"] {
        let text = try String(contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8)
        #expect(!text.isEmpty)
        for scalar in text.unicodeScalars where scalar != "\n" {
          let isHazard = [0x00...0x1f, 0x7f...0x9f, 0x200e...0x200f, 0x2028...0x202e, 0x2066...0x2069].contains {
            $0.contains(Int(scalar.value))
          }
          #expect(!isHazard, "\(name): U+\(String(scalar.value, radix: 16))")
        }
      }
      let line = try Data(contentsOf: command.folder.appendingPathComponent("runs.jsonl"))
      let run = try JSONSerialization.jsonObject(with: line) as? [String: Any]
      #expect((run?["problems"] as? [String])?.first?.contains("no\(nasty)") == true)
    }
  }
}

@Suite(
  "Files that another user has prepared", .timeLimit(.minutes(60)),
  .enabled(if: AnotherUser.isAnother, "only root can act as another user, and setpriv must be there"))
struct NeighbourTests {
  /// A folder like /tmp, in which another user has prepared files.
  private func shared(_ command: Command, _ line: String) async throws -> URL {
    let folder = command.folder.appendingPathComponent("shared")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    #expect(chmod(command.folder.path, 0o711) == 0 && chmod(folder.path, 0o1777) == 0)
    try Data("precious".utf8).write(to: command.folder.appendingPathComponent("victim"))
    // Its output is in its working folder.
    #expect(try await AnotherUser.shell(line, in: folder).status == 0)
    return folder
  }

  private func expectUntouched(_ command: Command, _ folder: URL, _ names: [String: Int]) throws {
    #expect(try String(contentsOf: command.folder.appendingPathComponent("victim"), encoding: .utf8) == "precious")
    for (name, bytes) in names {
      let facts = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
      #expect(facts[.size] as? Int == bytes && facts[.ownerAccountID] as? Int == 65534, "\(name)")
    }
  }

  @Test(
    "a database, a lock or a SQLite log of another user is not used, whatever its mode",
    arguments: [
      ("touch devin.db; chmod 666 devin.db", 73), ("touch devin.db.lock; chmod 666 devin.db.lock", 73),
      ("ln -s ../victim devin.db.lock", 73), ("ln -s ../victim devin.db", 73), ("ln -s ../missing devin.db", 73),
      ("touch devin.db-wal; chmod 666 devin.db-wal", 74), ("ln -s ../victim devin.db-wal", 74),
      ("touch devin.db-journal; chmod 666 devin.db-journal", 74), ("mkfifo -m 666 devin.db.lock", 73),
      ("mkfifo -m 666 devin.db", 73),
    ] as [(String, Int32)])
  func database(_ line: String, _ status: Int32) async throws {
    try await Command.trial { command, sandbox in
      let folder = try await shared(command, line)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      let database = folder.appendingPathComponent("devin.db").path
      let result = try await command.run(
        program: "/usr/bin/timeout", ["-k", "2", "60", Command.program.path, "sync", "playbooks", "--database", database])
      #expect(result.status == status, "\(result.errors)")
      #expect(sandbox.requests.isEmpty)
      if !line.hasPrefix("ln") && !line.hasPrefix("mkfifo") {
        try expectUntouched(command, folder, Dictionary(uniqueKeysWithValues: names.map { ($0, 0) }))
      }
      try expectUntouched(command, folder, [:])
      #expect(!FileManager.default.fileExists(atPath: command.folder.appendingPathComponent("missing").path))
    }
  }

  @Test("another user's complete mirror is read, and never written")
  func mirror() async throws {
    try await Command.trial { command, sandbox in
      #expect(try await command.run("sync", "playbooks").status == 0)
      let folder = try await shared(command, "true")
      let database = folder.appendingPathComponent("devin.db").path
      try FileManager.default.copyItem(atPath: command.database, toPath: database)
      #expect(chown(database, 65534, 65534) == 0 && chmod(database, 0o666) == 0)
      let before = try Data(contentsOf: URL(fileURLWithPath: database))
      sandbox.forgetRequests()
      for arguments in [["sync"], ["maintain"], ["verify", "--repair"], ["reset", "playbooks", "--yes"]] {
        let result = try await command.run(arguments + ["--database", database])
        #expect(
          result.status == 73 && result.errors.contains("belongs to another user (nobody)"), "\(arguments): \(result.errors)")
      }
      #expect(sandbox.requests.isEmpty)
      #expect(try Data(contentsOf: URL(fileURLWithPath: database)) == before)
      #expect(try await command.run("query", "SELECT count(*) FROM playbooks", "--database", database).status == 0)
    }
  }

  @Test("a folder that may be traversed but not listed is sufficient to read a mirror in it, or to write a log there")
  func passing() async throws {
    try await Command.trial { command, _ in
      let folder = try await shared(command, "mkdir box; chmod 300 box")
      #expect(try await command.run("sync", "playbooks").status == 0)
      #expect(chmod(command.database, 0o644) == 0)
      for arguments in [["status"], ["report", "--output", "shared/box/r.html"]] {
        let result = try await AnotherUser.run(command, arguments + ["--database", command.database])
        #expect(result.status == 0 && !result.output.contains("is running"), "\(result.output)\(result.errors)")
      }
      #expect(FileManager.default.fileExists(atPath: folder.path + "/box/r.html"))
    }
  }

  @Test("an empty file of ours that others may write becomes private before anything is written to it")
  func ownEmptyFile() async throws {
    try await Command.trial { command, _ in
      _ = FileManager.default.createFile(atPath: command.database, contents: Data(), attributes: [.posixPermissions: 0o666])
      #expect(chmod(command.database, 0o666) == 0)
      #expect(try await command.run("sync", "playbooks").status == 0)
      let mode = try FileManager.default.attributesOfItem(atPath: command.database)[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test("a run reports nothing into a file, or through a link, of another user")
  func afterRun() async throws {
    try await Command.trial { command, _ in
      let folder = try await shared(
        command, "touch told; chmod 666 told; ln -s ../victim link; mkfifo -m 666 fifo; ln ../victim hard 2>/dev/null; true")
      for (option, name) in ["--log-file", "--summary-file"].flatMap({ option in ["told", "link", "fifo"].map { (option, $0) } })
      {
        let place = folder.appendingPathComponent(name).path
        let result = try await command.run(
          program: "/usr/bin/timeout", ["-k", "2", "60", Command.program.path, "sync", "playbooks", option, place])
        #expect(
          result.status == 0 && result.errors.contains("was not written: \(place): it "), "\(option) \(name): \(result.errors)")
      }
      try expectUntouched(command, folder, ["told": 0])
    }
  }

  @Test("another user's configuration is refused; files with predictable names receive nothing")
  func configurationAndOutputs() async throws {
    try await Command.trial { command, _ in
      let folder = try await shared(command, "echo 'concurrency = 2' > c.toml; chmod 644 c.toml")
      let config = folder.appendingPathComponent("c.toml").path
      let refused = try await command.run("sync", "playbooks", "--config", config)
      #expect(refused.status == 78 && refused.errors.contains("its owner, nobody, can change it"), "\(refused.errors)")
      #expect(try await command.run("sync", "playbooks").status == 0)
      // Prepares files for the next 400 process ids, to include that of the command.
      let traps =
        "i=$$; while [ $i -lt $(($$ + 400)) ]; do touch b.db.partial-$i r.html.$i.new; i=$((i + 1)); done; chmod 666 b.db* r.html*"
      #expect(try await AnotherUser.shell(traps, in: folder).status == 0)
      #expect(try await command.run("backup", folder.appendingPathComponent("b.db").path).status == 0)
      #expect(try await command.run("report", "--output", folder.appendingPathComponent("r.html").path).status == 0)
      for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name != "c.toml" {
        let facts = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent(name).path)
        let isOurs = ["b.db", "r.html"].contains(name)
        #expect((facts[.ownerAccountID] as? Int == 0) == isOurs, "\(name)")
        #expect(isOurs == (facts[.size] as? Int != 0), "\(name)")
        if isOurs { #expect(facts[.posixPermissions] as? Int == 0o600) }
      }
    }
  }
}
