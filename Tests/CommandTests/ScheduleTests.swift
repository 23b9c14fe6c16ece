import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport
import Yams

@testable import devin_sync

@Suite("Schedules", .timeLimit(.minutes(60)))
struct ScheduleTests {
  private static let repository = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../..").standardizedFileURL

  /// A crontab and a systemctl, first in PATH, that store their input in the trial's folder; and a stored key.
  private func prepared(_ command: Command, _ sandbox: Sandbox) async throws -> Command {
    let folder = command.folder.appendingPathComponent("bin")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let programs = [
      "crontab": """
      case "$1" in
        -l) cat "$HOME/crontab.txt" 2>/dev/null || { echo "no crontab for me" >&2; exit 1; } ;;
        -) cat > "$HOME/crontab.txt" ;;
      esac
      """,
      "systemctl": "echo \"$@\" >> \"$HOME/systemctl.txt\"",
    ]
    for (name, text) in programs {
      let file = folder.appendingPathComponent(name)
      try Data("#!/bin/sh\n\(text)\n".utf8).write(to: file)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    }
    let key = command.folder.appendingPathComponent("the key")
    try Data(sandbox.scenario.key.utf8).write(to: key)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: key.path)
    return command.with([
      "PATH": folder.path + ":/usr/bin:/bin", "DEVIN_API_KEY": nil, "DEVIN_SYNC_API_KEY_FILE": "the key",
    ])
  }

  private func text(_ name: String, in command: Command) -> String? {
    try? String(contentsOf: command.folder.appendingPathComponent(name), encoding: .utf8)
  }

  @Test("a crontab's line runs unchanged, in another folder and an empty environment")
  func cronLine() async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox)
      let printed = try await command.run(
        "schedule", "print", "--every", "15m", "--as", "cron", "--database", "100% mine.db", "playbooks")
      #expect(printed.status == 0)
      #expect(printed.errors.isEmpty, "\(printed.errors)")
      #expect(!printed.output.contains(sandbox.scenario.key))
      let line = try #require(printed.lines.first { !$0.hasPrefix("#") })
      let fields = line.split(separator: " ", maxSplits: 5).map(String.init)
      #expect(fields[0].wholeMatch(of: /\d+-59\/15/) != nil)
      #expect(fields[1..<5] == ["*", "*", "*", "*"])
      // As cron parses it: a percent sign with a backslash before it is a percent sign, and there is no other.
      #expect(fields[5].replacing("\\%", with: "").contains("%") == false)
      let shell = fields[5].replacing("\\%", with: "%")
      let run = try await command.run(
        program: "/usr/bin/env", ["-i", "-C", "/", "HOME=/nonexistent", "/bin/sh", "-c", shell])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output + run.errors == "")
      #expect(FileManager.default.fileExists(atPath: command.folder.appendingPathComponent("100% mine.db").path))
    }
  }

  @Test(
    "intervals that a crontab can express, and those that it cannot",
    arguments: [
      ("1m", #"\* \* \* \* \*"#), ("20m", #"\d+-59/20 \* \* \* \*"#), ("1h", #"\d+ \* \* \* \*"#),
      ("6h", #"\d+ [0-5]-23/6 \* \* \*"#), ("1d", #"\d+ 3 \* \* \*"#), ("7m", nil), ("90m", nil), ("5h", nil), ("2d", nil),
      ("90s", nil),
    ] as [(String, String?)])
  func distances(_ every: String, times: String?) async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox)
      let result = try await command.run("schedule", "print", "--as", "cron", "--every", every)
      #expect(result.status == (times == nil ? 64 : 0))
      guard let times else { return }
      let line = try #require(result.lines.first { !$0.hasPrefix("#") })
      let printed = line.split(separator: " ").prefix(5).joined(separator: " ")
      #expect(try printed.wholeMatch(of: Regex(times)) != nil, "\(printed)")
    }
  }

  @Test("a crontab is changed once, keeps the lines of others, and is unchanged after the entry is removed")
  func crontab() async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox)
      let before = "MAILTO=me\n0 4 * * * backup\n"
      try Data(before.utf8).write(to: command.folder.appendingPathComponent("crontab.txt"))
      let install = ["schedule", "install", "--as", "cron", "--every", "15m"]
      let unasked = try await command.run(install)
      #expect(unasked.status == 64)
      #expect(unasked.errors.contains("--yes"))
      #expect(unasked.output.contains("+ "))
      #expect(text("crontab.txt", in: command) == before)
      #expect(try await command.run(install + ["--yes"]).status == 0)
      let after = try #require(text("crontab.txt", in: command))
      #expect(after.hasPrefix(before))
      #expect(after.split(separator: "\n").count == 6)
      let again = try await command.run(install + ["--yes"])
      #expect(again.output.contains("nothing to change"))
      #expect(text("crontab.txt", in: command) == after)
      #expect(try await command.run(["schedule", "install", "--as", "cron", "--every", "1h", "--yes"]).status == 0)
      #expect(text("crontab.txt", in: command)?.split(separator: "\n").count == 6)
      let status = try await command.run("schedule", "status", "--as", "cron", "--json")
      #expect(status.output.contains("\"installed\":true"))
      #expect(try await command.run("schedule", "remove", "--as", "cron", "--yes").status == 0)
      #expect(text("crontab.txt", in: command) == before)
      #expect(try await command.run("schedule", "status", "--as", "cron").output.contains("not installed"))
    }
  }

  @Test("without the program crontab, nothing is scheduled by cron: status says so, and install names another way")
  func noCrontab() async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox).with(["PATH": command.folder.path])
      let status = try await command.run("schedule", "status", "--as", "cron")
      #expect(status.status == 0 && status.output.contains("not installed for cron: this machine has no program `crontab`"))
      let json = try await command.run("schedule", "status", "--as", "cron", "--json").output
      #expect(json.contains("\"installed\":false") && json.contains("\"reason\":\"this machine"))
      let install = try await command.run("schedule", "install", "--as", "cron", "--every", "15m", "--yes")
      #expect(install.status == 69 && install.errors.contains("--as"), "\(install.errors)")
    }
  }

  @Test("a proxy in the environment is also used when the scheduler runs")
  func proxy() async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox).with(["https_proxy": "http://proxy.example.com:3128"])
      let printed = try await command.run("schedule", "print", "--as", "cron", "--every", "15m")
      #expect(printed.output.contains(" https_proxy=http://proxy.example.com:3128 "))
    }
  }

  @Test(
    "a proxy's password is never printed, is in no entry, and is available when the scheduler runs",
    arguments: ["cron", "systemd"])
  func proxyPassword(_ scheduler: String) async throws {
    try await Command.trial { command, sandbox in
      let proxy = "http://joe:s3'kr3t%20 $HOME@proxy.example.com:3128"
      let plain = try await prepared(command, sandbox)
      let command = plain.with(["HTTPS_PROXY": proxy, "all_proxy": "http://proxy.example.com:3129"])
      let named = ["--as", scheduler]
      var printed: [Command.Result] = []
      for words in [["print", "--every", "15m"], ["install", "--every", "15m", "--yes"], ["status"], ["status", "--json"]] {
        printed.append(try await command.run(["schedule"] + words + named))
      }
      printed += [try await command.run("config", "show"), try await command.run("check")]
      printed.append(try await command.run("schedule", "print", "--every", "15m", "--as", "launchd"))
      #expect(printed[..<4].allSatisfy { $0.status == 0 }, "\(printed[1].errors)")
      // A reminder about a missing file is printed only while it is missing.
      #expect(printed[0].errors.contains("chmod 600"))
      #expect(printed[6].errors.isEmpty, "\(printed[6].errors)")
      let file = ".config/devin-sync/devin-sync.env"
      let units = ["service", "timer"].map { ".config/systemd/user/devin-sync.\($0)" }
      let entry = (["crontab.txt"] + units).compactMap { text($0, in: command) }.joined()
      for text in printed.map({ $0.output + $0.errors }) + [entry] {
        #expect(!text.contains("joe") && !text.contains("kr3t"), "\(text)")
      }
      #expect(entry.contains(file) && entry.contains("all_proxy=http://proxy.example.com:3129"))
      let attributes = try FileManager.default.attributesOfItem(atPath: command.folder.appendingPathComponent(file).path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
      #expect(
        try await command.run(["schedule", "install", "--every", "15m", "--yes"] + named).output.contains("nothing to change"))
      if scheduler == "systemd" { try await verify(units.map { command.folder.appendingPathComponent($0).path }, command) }
      // The arguments of the entry, with a program that prints the variable instead of ours.
      let path = command.folder.appendingPathComponent(file).path
      let shown = try await plain.run(
        program: "/bin/sh", ["-c", #"set -a; . "$0"; exec "$@""#, path, "/bin/sh", "-c", "printf %s \"$HTTPS_PROXY\""])
      #expect(shown.output == proxy)
      #expect(try await plain.run(["schedule", "remove", "--yes"] + named).status == 0)
      #expect(text(file, in: command) == nil)
    }
  }

  @Test("a password that an earlier version wrote into the crontab is not shown, and is removed by the next install")
  func oldPassword() async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox)
      let line = "*/15 * * * * https_proxy='http://joe:a b@c@proxy.example.com:3128' /usr/bin/devin-sync sync"
      let before = "# devin-sync: begin. Kept by `devin-sync schedule`.\n\(line)\n# devin-sync: end\n"
      try Data(before.utf8).write(to: command.folder.appendingPathComponent("crontab.txt"))
      let status = try await command.run("schedule", "status", "--as", "cron")
      let install = try await command.run("schedule", "install", "--as", "cron", "--every", "15m", "--yes")
      for text in [status.output, install.output] {
        #expect(
          text.contains("https_proxy=…@proxy.example.com:3128") && !text.contains("joe") && !text.contains("a b"), "\(text)")
      }
      #expect(text("crontab.txt", in: command)?.contains("joe") == false)
    }
  }

  @Test("78: a key in the environment is not available when the scheduler runs, so the schedule is not installed")
  func keyInEnvironment() async throws {
    try await Command.trial { command, sandbox in
      let prepared = try await prepared(command, sandbox)
      let open = prepared.with(["DEVIN_API_KEY": sandbox.scenario.key])
      let result = try await open.run("schedule", "install", "--as", "cron", "--every", "15m", "--yes")
      #expect(result.status == 78)
      #expect(result.errors.contains("DEVIN_API_KEY"))
      #expect(text("crontab.txt", in: command) == nil)
      let printed = try await open.run("schedule", "print", "--as", "systemd", "--every", "15m")
      #expect(!(printed.output + printed.errors).contains(sandbox.scenario.key))
    }
  }

  @Test("64: a schedule whose runs would read nothing is not installed")
  func readsNothing() async throws {
    try await Command.trial { command, sandbox in
      let prepared = try await prepared(command, sandbox)
      let result = try await prepared.run("schedule", "install", "--as", "cron", "--every", "15m", "--skip", "all", "--yes")
      #expect(result.status == 64)
      #expect(result.errors.contains("--skip"))
      #expect(text("crontab.txt", in: command) == nil)
      let printed = try await prepared.run("schedule", "print", "--as", "cron", "--every", "15m", "--skip", "all")
      #expect(printed.errors.contains("this would fail"))
    }
  }

  @Test("the user's systemd gets valid units, once")
  func systemd() async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox)
      let install = ["schedule", "install", "--as", "systemd", "--every", "7m", "--database", "a 100% \"$mine\".db", "--yes"]
      let print = ["schedule", "print"] + install.dropFirst(2).dropLast()
      let printed = try await command.run(print)
      let first = try await command.run(install)
      #expect(first.status == 0, "\(first.errors)")
      let folder = command.folder.path + "/.config/systemd/user/"
      #expect(text("systemctl.txt", in: command) == "--user daemon-reload\n--user enable --now devin-sync.timer\n")
      let timer = try String(contentsOfFile: folder + "devin-sync.timer", encoding: .utf8)
      #expect(timer.contains("OnUnitActiveSec=420s"))
      let service = try String(contentsOfFile: folder + "devin-sync.service", encoding: .utf8)
      #expect(printed.output.contains("\n" + service) && printed.output.contains("\n" + timer), "\(printed.output)")
      try await verify([folder + "devin-sync.service", folder + "devin-sync.timer"], command)
      #expect(try await command.run(install).output.contains("nothing to change"))
      #expect(try await command.run("schedule", "remove", "--as", "systemd", "--yes").status == 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }

  @Test("the example units are valid for systemd")
  func exampleUnits() async throws {
    try await Command.trial { command, _ in
      // The program that they name is not installed here, so a copy has its actual path.
      let folder = Self.repository.appendingPathComponent("Examples/systemd")
      var copies: [String] = []
      for name in ["devin-sync.service", "devin-sync.timer"] {
        let copy = command.folder.appendingPathComponent(name)
        let unit = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        try Data(unit.replacing("/usr/local/bin/devin-sync", with: Command.program.path).utf8).write(to: copy)
        copies.append(copy.path)
      }
      try await verify(copies, command)
    }
  }

  private func verify(_ units: [String], _ command: Command) async throws {
    let program = "/usr/bin/systemd-analyze"
    guard FileManager.default.isExecutableFile(atPath: program) else {
      return print("skipped: the units were not checked, since there is no systemd-analyze here")
    }
    let result = try await command.run(program: program, ["verify", "--man=no"] + units)
    // Units of the machine itself are not relevant.
    let complaints = result.errors.split(separator: "\n").filter { $0.contains("devin-sync") }
    #expect(complaints.isEmpty, "\(complaints)")
  }

  @Test("the commands in the container examples work")
  func containers() async throws {
    let folder = Self.repository.appendingPathComponent("Examples")
    func text(_ path: String) throws -> String {
      try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
    }
    let documents = try Yams.load_all(yaml: text("kubernetes/cronjob.yaml")).compactMap { $0 as? [String: Any] }
    let job = try #require(documents.first { $0["kind"] as? String == "CronJob" })
    func at(_ path: String..., in root: [String: Any]) -> Any? {
      path.reduce(root as Any?) { place, name in (place as? [String: Any])?[name] }
    }
    let containers = at("spec", "jobTemplate", "spec", "template", "spec", "containers", in: job) as? [[String: Any]]
    let arguments = try #require(containers?.first?["args"] as? [String])
    let compose = try #require(try Yams.load(yaml: text("docker-compose.yaml")) as? [String: Any])
    let watch = try #require(at("services", "devin-sync", "command", in: compose) as? [String])
    let image = try text("Dockerfile")
    #expect(image.contains("CMD [" + watch.map { "\"\($0)\"" }.joined(separator: ", ") + "]"))
    // The final image differs from the build image, and does not run as root.
    #expect(image.components(separatedBy: "\nFROM ").last?.contains("swift:") == false)
    #expect(image.contains("\nUSER 10001\n"))
    try await Command.trial { command, sandbox in
      let key = command.folder.appendingPathComponent("devin-api-key")
      try Data(sandbox.scenario.key.utf8).write(to: key)
      try FileManager.default.setAttributes([.posixPermissions: 0o400], ofItemAtPath: key.path)
      let job = try await command.with(["DEVIN_API_KEY": nil, "CREDENTIALS_DIRECTORY": command.folder.path]).run(arguments)
      #expect(job.status == 0, "\(job.errors)")
      let service = try command.with(["DEVIN_API_KEY": nil, "DEVIN_SYNC_API_KEY_FILE": key.path])
        .start(watch + ["playbooks"])
      await sandbox.waitForRequest("/playbooks", count: 2)
      service.send(SIGTERM)
      #expect(try await service.result().status == 143)
    }
  }

  @Test("launchd's list is a property list with absolute paths")
  func launchd() async throws {
    try await Command.trial { command, sandbox in
      let command = try await prepared(command, sandbox)
      let printed = try await command.run("schedule", "print", "--as", "launchd", "--every", "15m")
      let example = try Data(contentsOf: Self.repository.appendingPathComponent("Examples/launchd/devin-sync.plist"))
      for data in [Data(printed.output.utf8), example] {
        let list = try PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any]
        #expect(list?["Label"] as? String == "devin-sync")
        #expect(list?["StartInterval"] as? Int == 900)
        let words = try #require(list?["ProgramArguments"] as? [String])
        #expect(words[0].hasPrefix("/"))
        #expect(words.contains("--max-duration"))
      }
    }
  }

  @Test("watch runs again and again, and ends on SIGTERM between two runs or during one")
  func watch() async throws {
    try await Command.trial { command, sandbox in
      let idle = try command.start("watch", "--every", "1h", "playbooks", "--progress", "json")
      try await idle.waitForOutput { $0.contains("run_finished") }
      idle.send(SIGTERM)
      let ended = try await idle.result()
      #expect(ended.status == 143)
      #expect(ended.lines.filter { $0.contains("run_finished") }.count == 1)
      let seen = sandbox.requests.count { $0.path.hasSuffix("/playbooks") }
      let busy = try command.start("watch", "--every", "1s", "playbooks")
      await sandbox.waitForRequest("/playbooks", count: seen + 2)
      sandbox.faults = [FaultRule(.hang, path: "/playbooks", times: nil)]
      await sandbox.waitForRequest("/playbooks", count: sandbox.requests.count { $0.path.hasSuffix("/playbooks") } + 1)
      busy.send(SIGINT)
      #expect(try await busy.result().status == 130)
      #expect(try await command.query("SELECT count(*) >= 3 FROM sync_runs") == ["1"])
    }
  }

  @Test("78: watch ends if the settings are invalid at the start")
  func watchWithoutKey() async throws {
    try await Command.trial { command, _ in
      let result = try await command.with(["DEVIN_API_KEY": nil]).run("watch", "--every", "1h")
      #expect(result.status == 78)
      #expect(result.errors.contains("no API key"))
    }
  }

  @Test("the pace of watch: starts without drift, at longer intervals while runs fail, and back to normal after a success")
  func pace() {
    var pace = WatchPace(every: .seconds(300))
    #expect(pace.wait(after: .success, elapsed: .seconds(40)) == .seconds(260))
    #expect(pace.wait(after: .tryAgain, elapsed: .seconds(340)) == .seconds(260))
    #expect(pace.wait(after: .success, elapsed: .seconds(1250)) == .seconds(250))
    #expect(pace.wait(after: .unavailable, elapsed: .seconds(1500)) == .seconds(600))
    #expect(pace.wait(after: .unavailable, elapsed: .seconds(2110)) == .seconds(1190))
    for _ in 0..<70 { _ = pace.wait(after: .unavailable, elapsed: .zero) }
    #expect(pace.wait(after: .permission, elapsed: .zero) == .seconds(3600))
    #expect(pace.wait(after: .success, elapsed: .zero) == .seconds(300))
    var seldom = WatchPace(every: .seconds(86_400))
    #expect(seldom.wait(after: .unavailable, elapsed: .zero) == .seconds(86_400))
  }
}
