import DevinSandbox
import DevinSync
import Foundation
import TestSupport
import Testing
import TrialSupport

@Suite("Reports on a run", .timeLimit(.minutes(60)))
struct AfterRunTests {
  private func lines(_ name: String, in command: Command) throws -> [String] {
    try String(contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n").map(String.init)
  }

  private func object(_ line: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  @Test("a log gets a line for each run and each problem, with the number in the tables; the run itself prints nothing")
  func log() async throws {
    try await Command.trial { command, sandbox in
      let quiet = try await command.run("sync", "--log-file", "run.log")
      #expect(quiet.output + quiet.errors == "")
      #expect(try lines("run.log", in: command).count == 1)
      #expect(try lines("run.log", in: command)[0].contains(" info run=1 status=0 inserted="))
      sandbox.faults = [FaultRule(.missingItems, path: "/playbooks", times: nil)]
      #expect(try await command.run("sync", "--log-file", "run.log").status == 65)
      let log = try lines("run.log", in: command)
      #expect(log.count == 3)
      #expect(log[1].contains(" error run=2 playbooks: "))
      #expect(log[2].contains(" info run=2 status=65 "))
      let mode = try FileManager.default.attributesOfItem(atPath: command.folder.appendingPathComponent("run.log").path)
      #expect(mode[.posixPermissions] as? Int == 0o600)
      let changes = try await command.query("SELECT count(*) FROM sync_changes WHERE run_id = 1")
      #expect(log[0].contains("inserted=\(changes[0]) "))
    }
  }

  @Test("a log as JSON goes to stderr, at the requested level, also when the run cannot begin")
  func jsonLog() async throws {
    try await Command.trial { command, sandbox in
      let run = try await command.run("sync", "sessions", "--log-format", "json", "--log-level", "debug")
      #expect(run.output.isEmpty)
      let logged = try run.errors.split(separator: "\n").map { try object(String($0)) }
      #expect(logged.map { $0["level"] as? String } == ["debug", "info"])
      #expect((logged[0]["resource"] as? [String: Any])?["resource"] as? String == "sessions")
      let errors = try await command.with(["DEVIN_API_KEY": "cog_wrong"])
        .run("sync", "--log-file", "run.log", "--log-format", "json", "--log-level", "error")
      #expect(errors.status == 77)
      let problem = try object(try lines("run.log", in: command)[0])
      #expect((problem["message"] as? String)?.contains("the key was refused") == true)
      #expect(try lines("run.log", in: command).count == 1)
      #expect(try await command.run("sync", "--log-level", "loud").status == 64)
      #expect(try await command.with(["DEVIN_SYNC_LOG_LEVEL": "loud"]).run("sync").status == 78)
    }
  }

  @Test("the summary file gets one JSON object for each run, however it ended")
  func summary() async throws {
    try await Command.trial { command, _ in
      _ = try await command.run("sync", "--summary-file", "runs.jsonl")
      _ = try await command.with(["DEVIN_API_KEY": nil]).run("sync", "--summary-file", "runs.jsonl")
      let runs = try lines("runs.jsonl", in: command).map(object)
      #expect(runs.map { $0["status"] as? Int } == [0, 78])
      #expect(runs[0]["run_id"] as? Int == 1)
      #expect(runs[0]["requests"] as? Int ?? 0 > 20)
      #expect((runs[1]["problems"] as? [String])?.first?.contains("no API key") == true)
    }
  }

  @Test("metrics for Prometheus: complete lines, readable by the collector, about the last run and the mirror")
  func metrics() async throws {
    try await Command.trial { command, sandbox in
      #expect(try await command.run("sync", "--metrics-file", "devin.prom").status == 0)
      let first = try lines("devin.prom", in: command)
      sandbox.faults = [FaultRule(.missingItems, path: "/playbooks", times: nil)]
      #expect(try await command.run("sync", "--metrics-file", "devin.prom").status == 65)
      let second = try lines("devin.prom", in: command)
      func value(_ name: String, _ lines: [String], with label: String = "") -> Double? {
        lines.first { $0.hasPrefix("devin_sync_\(name){") && (label.isEmpty || $0.contains(label)) }?.split(separator: " ").last
          .flatMap {
            Double($0)
          }
      }
      #expect(value("last_run_success", first) == 1)
      #expect(value("last_run_success", second) == 0)
      #expect(value("last_run_status", second) == 65)
      #expect(value("rows", second, with: "resource=\"sessions\"") == 20)
      #expect(value("last_success_timestamp_seconds", second) == value("last_run_timestamp_seconds", first))
      for lines in [first, second] {
        #expect(lines.last == "# EOF")
        for line in lines.dropLast() {
          #expect(
            line.wholeMatch(of: /# (HELP|TYPE) devin_sync_[a-z_]+ .+|devin_sync_[a-z_]+\{.*\} -?[0-9.e+]+/) != nil, "\(line)")
        }
      }
      let file = command.folder.appendingPathComponent("devin.prom")
      #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? Int == 0o644)
      // `make test` validates them with Prometheus' own parsers.
      if let folder = ProcessInfo.processInfo.environment["DEVIN_SYNC_FIGURES"] {
        let copy = URL(fileURLWithPath: folder).appendingPathComponent("last.prom")
        try? FileManager.default.removeItem(at: copy)
        try FileManager.default.copyItem(at: file, to: copy)
      }
    }
  }

  @Test("profiles that share a metrics file do not overwrite each other's metrics")
  func sharedMetrics() async throws {
    try await Command.trial { command, _ in
      try Data("metrics_file = \"m.prom\"\n[profiles.a]\ndatabase = \"a.db\"\n[profiles.b]\nmetrics_file = \"own.prom\"".utf8)
        .write(to: command.folder.appendingPathComponent("c.toml"))
      #expect(try await command.run("sync", "playbooks", "--all-profiles", "--config", "c.toml").status == 0)
      #expect(try lines("m-a.prom", in: command).last == "# EOF")
      #expect(try lines("own.prom", in: command).contains { $0.contains("profile=\"b\"") })
    }
  }

  @Test("a ping reports the start and the end, contains no key, and its failure changes nothing")
  func ping() async throws {
    try await Command.trial { command, sandbox in
      try await LoopbackServer.withServer({ _ in .answer(body: []) }) { server, address in
        let fine = try await command.run("sync", "playbooks", "--ping-url", "\(address)/abc")
        #expect(fine.errors == "")
        sandbox.faults = [FaultRule(.missingItems, path: "/playbooks", times: nil)]
        #expect(try await command.run("sync", "playbooks", "--ping-url", "\(address)/abc").status == 65)
        sandbox.faults = []
        let heads = server.requests
        #expect(
          heads.map { $0.split(separator: " ")[1] } == ["/abc/start", "/abc", "/abc/start", "/abc/fail"])
        for head in heads {
          #expect(!head.lowercased().contains("authorization") && !head.contains(sandbox.scenario.key))
        }
      }
      try await LoopbackServer.withServer({ _ in .answer("500 Oh No", body: []) }) { _, address in
        let result = try await command.run("sync", "playbooks", "--ping-url", address.description)
        #expect(result.status == 0)
        #expect(result.errors.contains("the ping failed: it answered 500"))
      }
    }
  }

  @Test("a log that cannot be written is reported and changes nothing")
  func unwritable() async throws {
    try await Command.trial { command, _ in
      let result = try await command.run(
        "sync", "playbooks", "--log-file", "/proc/none/log", "--metrics-file", "/proc/none/m.prom")
      #expect(result.status == 0)
      #expect(result.errors.contains("the log was not written"))
      #expect(result.errors.contains("the metrics file was not written"))
    }
  }
}
