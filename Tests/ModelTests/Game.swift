import DevinSandbox
import DevinSync
import Foundation
import GRDB
import MirrorStore
import TrialSupport

/// One seed's game: steps that change the organization and runs that are disturbed, and after each a check of the file. At the
/// end there are no more disturbances, a few days pass, and a normal run must find everything that happened.
struct Game {
  let seed: UInt64
  let command: Command
  let sandbox: Sandbox
  private let world: World
  private var random: SeededGenerator
  private(set) var score = Score()
  /// What happened, as text, and what was wrong.
  private(set) var history: [String] = []
  private(set) var failures: [String] = []
  private var reader: HeldReader?
  /// Seconds by which the client's clock is ahead of the server's.
  private var skew = 0
  /// Number of requests of the last run that was completed.
  private var usual = 30
  private let isPaged: Bool
  private let isEnterprise: Bool

  static func play(seed: UInt64, steps: Int) async throws -> (score: Score, failures: [String]) {
    var random = SeededGenerator(seed: seed)
    let isPaged = random.chance(40)
    let isEnterprise = !isPaged && random.chance(35)
    let scenario = scenario(isPaged: isPaged, isEnterprise: isEnterprise, &random)
    let rest = random
    return try await Command.trial(scenario) { command, sandbox in
      let command = isEnterprise ? command.with(["DEVIN_ORG_ID": nil]) : command
      var game = Game(seed: seed, command, sandbox, rest, isPaged: isPaged)
      try await game.play(steps: steps)
      return (game.score, game.failures.isEmpty ? [] : game.failures + game.story(steps: steps))
    }
  }

  private init(seed: UInt64, _ command: Command, _ sandbox: Sandbox, _ random: SeededGenerator, isPaged: Bool) {
    self.seed = seed
    self.command = command
    self.sandbox = sandbox
    self.random = random
    self.isPaged = isPaged
    isEnterprise = sandbox.scenario.principal == .enterpriseServiceUser
    world = World(sandbox)
    score.seeds = 1
  }

  private static func scenario(isPaged: Bool, isEnterprise: Bool, _ random: inout SeededGenerator) -> SandboxScenario {
    var scenario = SandboxScenario()
    scenario.seed = UInt64(random.number(1...9))
    scenario.sessions = isPaged ? random.number(210...430) : random.number(4...26)
    scenario.messagesPerSession = 3
    scenario.insightBytes = 1_500
    if isEnterprise {
      scenario.principal = .enterpriseServiceUser
      scenario.moreOrganizations = (2...random.number(2...3)).map { "org-of-the-enterprise-\($0)" }
    }
    if isPaged { (scenario.playbooks, scenario.notes, scenario.secrets, scenario.schedules) = (210, 205, 203, 120) }
    scenario.cursors = random.pick([.key, .offset])
    scenario.cursorOnLastPage = random.chance(30)
    scenario.errors = random.pick([.problem, .legacy])
    return scenario
  }

  private func story(steps: Int) -> [String] {
    history.suffix(60) + ["replay: DEVIN_SYNC_SEED=\(seed) DEVIN_SYNC_STEPS=\(steps) swift test --filter ModelTests"]
  }

  // MARK: - Steps

  private mutating func play(steps: Int) async throws {
    // The first version did not support folders of the enterprise.
    if !isEnterprise, random.chance(25) {
      try await run("the first run, before an upgrade")
      try FirstVersion.take(back: command.database)
      score.upgrades += 1
    }
    for _ in 1...steps where failures.isEmpty {
      try await step()
    }
    if failures.isEmpty { try await rest() }
    score.edits = world.edits
    reader = nil
  }

  private mutating func step() async throws {
    score.operations += 1
    switch random.number(1...20) {
    case 1...7:
      // Several changes in one second.
      for _ in 1...random.number(1...4) { history.append(try world.change(&random)) }
    case 8, 9: pass(seconds: random.number(2...5_000))
    case 10: changePermissions()
    case 11:
      skew = random.pick([-86_400, -300, 0, 0, 300, 86_400])
      history.append("the client's clock is \(skew) s ahead")
    case 12:
      if reader == nil, FileManager.default.fileExists(atPath: command.database) {
        reader = try? HeldReader(command.database)
        score.readers += 1
        history.append("a reader begins")
      } else {
        failures += reader?.end() ?? []
        reader = nil
      }
    default: try await disturbedRun()
    }
  }

  private mutating func pass(seconds: Int) {
    sandbox.advance(seconds: seconds)
    history.append("\(seconds) s pass")
  }

  private mutating func changePermissions() {
    if random.chance(40) {
      sandbox.permissions = SandboxScenario.allPermissions
      sandbox.isKeyRevoked = false
      history.append("the key may read everything again")
    } else if random.chance(15) {
      sandbox.isKeyRevoked = true
      history.append("the key is revoked")
    } else {
      let lost = random.pick(SandboxScenario.allPermissions.sorted())
      sandbox.permissions.remove(lost)
      history.append("the key loses \(lost)")
    }
  }

  private mutating func disturbedRun() async throws {
    pass(seconds: random.number(2...20))
    var words: [String] = []
    var environment: [String: String?] = [:]
    if random.chance(35) {
      let drawn = FaultDeck.draw(&random)
      sandbox.faults = drawn.map(\.rule)
      words += drawn.map { "\($0.name) at \($0.rule.path) \($0.rule.skip) \($0.rule.times.map(String.init) ?? "all")" }
    }
    for _ in 0..<random.number(0...3) where random.chance(60) {
      let number = random.number(1...max(2, usual))
      let random = random.fork()
      words.append("something happens at request \(number)")
      sandbox.atRequest(number) { [world, sandbox] in
        var random = random
        if random.chance(30) { sandbox.advance(seconds: random.number(1...30)) }
        for _ in 1...random.number(1...3) { _ = try? world.change(&random) }
      }
    }
    var killAt: Int?
    var crash: (CrashPoint, Int)?
    if random.chance(35) {
      killAt = random.number(1...usual + 2)
      words.append("killed at request \(killAt ?? 0)")
    } else if random.chance(25) {
      let point = random.pick(CrashPoint.allCases)
      let visit = random.number(1...random.pick([2, 12, 60]))
      crash = (point, visit)
      words.append("crashes at \(point.rawValue):\(visit)")
      environment["DEVIN_SYNC_CRASH_POINT"] = "\(point.rawValue):\(visit)"
    }
    var arguments = ["--concurrency", random.pick(["1", "2", "6", "16"])]
    if random.chance(8) { arguments.append("--full") }
    var named: [String] = []
    if random.chance(15) {
      let choices = ["sessions", "session_insights", "playbooks", "secrets"] + (isPaged ? [] : ["session_messages"])
      named = [random.pick(choices)]
      arguments += named
    } else if random.chance(15), !isPaged {
      arguments += ["--skip", random.pick(["sessions", "session_messages", "playbooks", "knowledge_notes"])]
    }
    if isEnterprise, random.chance(20) {
      arguments += ["--org", random.pick([sandbox.scenario.organizationID] + sandbox.scenario.moreOrganizations)]
    }
    try await run(words.joined(separator: ", "), arguments, naming: named, environment, killAt: killAt, crash: crash)
  }

  /// The end of the game, without disturbances: a few days pass.
  private mutating func rest() async throws {
    failures += reader?.end() ?? []
    reader = nil
    sandbox.permissions = SandboxScenario.allPermissions
    sandbox.isKeyRevoked = false
    // More than a day by any clock that the client used.
    pass(seconds: 5 * 86_400)
    let mass = world.takeMassDeletion() ? ["--allow-mass-deletion"] : []
    let status = try await run("all is quiet", mass)
    if status.status != 0 {
      let quarantine = try MirroredFile(command.database).column(
        "SELECT resource || ' ' || parent || ': ' || reason || ', ' || attempts || ' times, again ' || retry_at FROM sync_quarantine"
      )
      failures.append("a quiet run ended with \(status.status): \(status.errors)\(quarantine)")
    }
    failures += try MirroredFile(command.database).differences(
      from: sandbox, Self.resources(isPaged: isPaged, isEnterprise: isEnterprise))
    try await run("nothing is new")
    if failures.isEmpty { failures += try await oracle.falsehoodsOfVerify() }
    let news = try MirroredFile(command.database).column(
      "SELECT inserted + changed + deleted FROM sync_runs ORDER BY run_id DESC LIMIT 1")
    let changes = try MirroredFile(command.database).column(
      "SELECT resource || ' ' || change || ' ' || key || before FROM sync_changes WHERE run_id = (SELECT max(run_id) FROM sync_runs)"
    )
    if news != ["0"] { failures.append("a run without news wrote \(news) rows: \(changes)") }
  }

  /// The resources that a run without names reads with an organization key.
  private static func resources(isPaged: Bool, isEnterprise: Bool) -> [SandboxResource] {
    Catalogue.all.filter { resource in
      resource.isDefault && (isEnterprise || resource.sources.contains { $0.reach == .organization || $0.reach == .key })
        && !(isPaged && skipped.contains(resource.name))
    }.compactMap { SandboxResource(rawValue: $0.name) }
  }

  /// If there are many sessions, resources that need a request per session are left out.
  private static let skipped = ["session_messages", "session_attachments"]

  // MARK: - Runs

  @discardableResult
  private mutating func run(
    _ words: String, _ arguments: [String] = [], naming named: [String] = [], _ environment: [String: String?] = [:],
    killAt: Int? = nil,
    crash: (point: CrashPoint, visit: Int)? = nil
  ) async throws -> Command.Result {
    history.append("run \(arguments.joined(separator: " ")): \(words)")
    _ = world.takeRevived()
    let newestRun =
      try MirroredFile.lookAtCopy(of: command.database) { file in
        try file.number("PRAGMA user_version") == 0 ? 0 : file.number("SELECT max(run_id) FROM sync_runs")
      }
    sandbox.forgetRequests()
    var environment = environment
    environment["DEVIN_SYNC_TEST_CLOCK"] = "\(sandbox.now + skew - Int(time(nil)))"
    let rules = sandbox.faults
    let skips = isPaged ? Self.skipped.flatMap { ["--skip", $0] } : []
    let (pids, pid) = AsyncStream.makeStream(of: pid_t.self)
    if let killAt {
      sandbox.atRequest(killAt) {
        if let pid = await pids.first(where: { _ in true }) { kill(pid, SIGKILL) }
      }
    }
    let running = try command.with(environment).start(["sync"] + arguments + skips)
    pid.yield(running.pid)
    let result = try await running.result()
    pid.finish()
    sandbox.forgetPlans()
    note(result, rules: rules, killAt: killAt, crash: crash)
    let spared = world.takeRevived()
    failures += try MirroredFile.lookAtCopy(of: command.database) { file in
      guard try file.number("PRAGMA user_version") > 0 else { return [] }
      return try file.inconsistencies() + file.livingMarkedDeleted(from: sandbox, except: spared, after: newestRun)
    }
    if failures.isEmpty { failures += try await statements(after: result, arguments, naming: named) }
    return result
  }

  private var oracle: StatementOracle { StatementOracle(command: command, sandbox: sandbox, changes: world.log) }

  /// The program's current claims about the mirror.
  private mutating func statements(
    after result: Command.Result, _ arguments: [String], naming named: [String]
  ) async throws -> [String] {
    guard FileManager.default.fileExists(atPath: command.database) else { return [] }
    // If organizations were named, the others are not relevant.
    let isWhole = result.status == 0 && !arguments.contains("--org")
    var found = try await oracle.falsehoods(afterSuccessOf: isWhole ? named : nil)
    let isQuiet = !sandbox.isKeyRevoked && sandbox.permissions == SandboxScenario.allPermissions
    if isQuiet, random.chance(30) {
      found += try await oracle.falsehoodsOfVerify()
      score.verifications += 1
    }
    score.statements += 1
    return found
  }

  private mutating func note(
    _ result: Command.Result, rules: [FaultRule], killAt: Int?, crash: (point: CrashPoint, visit: Int)?
  ) {
    let left = sandbox.faults
    sandbox.faults = []
    for (before, after) in zip(rules, left) where before.times != after.times || before.times == nil && after.skip == 0 {
      score.faults[before.fault.name, default: 0] += 1
      if let resource = FaultDeck.lie(of: before) { world.noteLie(about: resource) }
    }
    history.append("  ended with \(result.status), \(sandbox.requestCounts.total) requests")
    score.runs += 1
    score.statuses[result.status, default: 0] += 1
    if result.status == -SIGKILL {
      if let crash { score.crashes[crash.point.rawValue, default: 0] += 1 } else { score.kills += 1 }
    } else {
      usual = max(5, min(sandbox.requestCounts.total, 400))
    }
    // If even the key's own path is not found and no organization is named, the owner of the key is unknown.
    let isUnconfigured = isEnterprise && rules.contains { $0.path == "/self$" && $0.fault.name == "status 404" }
    let expected: [Int32] = isUnconfigured ? [0, 65, 69, 77, 78] : [0, 65, 69, 77]
    let isExpected = result.status == -SIGKILL ? killAt != nil || crash != nil : expected.contains(result.status)
    if !isExpected { failures.append("a run ended with \(result.status): \(result.errors)") }
    if (result.output + result.errors).contains(sandbox.scenario.key) { failures.append("the key was printed") }
  }
}

/// A reader that keeps its transaction open, so that it always sees the same data.
final class HeldReader {
  private let database: DatabaseQueue
  private let rows: Int

  private static let count = "SELECT count(*) + (SELECT count(*) FROM sync_changes) FROM sessions"

  init(_ path: String) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    configuration.readonly = true
    database = try DatabaseQueue(path: path, configuration: configuration)
    rows = try database.unsafeRead { database in
      try database.execute(sql: "BEGIN")
      return try Int.fetchOne(database, sql: Self.count) ?? 0
    }
  }

  /// - Returns: what was wrong.
  func end() -> [String] {
    do {
      let now = try database.unsafeRead { database in
        defer { try? database.execute(sql: "COMMIT") }
        return try Int.fetchOne(database, sql: Self.count) ?? 0
      }
      try database.close()
      return now == rows ? [] : ["a reader saw \(rows) rows and later, in the same transaction, \(now)"]
    } catch { return ["a reader failed: \(error)"] }
  }
}

extension Fault {
  /// As in the sandbox's JSON.
  var name: String {
    let json = (try? JSONEncoder().encode(self)).flatMap { try? JSONSerialization.jsonObject(with: $0) } as? [String: Any]
    let kind = json?["kind"] as? String ?? "unknown"
    return kind == "status" ? "status \(json?["status"] ?? "")" : kind
  }
}
