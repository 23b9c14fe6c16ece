import DevinSandbox
import Foundation
import MirrorSchema
import MirrorStore
import Testing
import TrialSupport

@Suite("A crash", .timeLimit(.minutes(60)))
struct CrashTests {
  /// Several pages in most lists, and little data in the others.
  private static var scenario: SandboxScenario {
    var scenario = SandboxScenario()
    scenario.sessions = 60
    scenario.messagesPerSession = 1
    scenario.playbooks = 210
    scenario.notes = 210
    scenario.schedules = 110
    return scenario
  }

  @Test(
    "of the first run leaves an undamaged file, and the next run completes it",
    arguments: [
      (CrashPoint.response, 9), (.response, 60), (.page, 1), (.page, 40), (.committed, 1), (.committed, 25),
      (.migration, 1), (.migration, 2), (.migrated, 1),
      (.databaseWrite, 1), (.databaseTear, 1), (.databaseWrite, 40), (.databaseTear, 41), (.logWrite, 1), (.logTear, 900),
      (.truncate, 1), (.truncate, 2), (.unlink, 1), (.unlink, 2),
    ])
  func first(_ point: CrashPoint, _ visit: Int) async throws {
    try await Command.trial(Self.scenario) { command, sandbox in
      try await command.crash(at: point, visit, sandbox)
      try await command.complete(sandbox)
    }
  }

  @Test("of a later run, at any point, leaves an undamaged file, and the next run completes it")
  func later() async throws {
    let points: [(CrashPoint, Int)] = [
      (.response, 1), (.response, 12), (.page, 1), (.page, 12), (.committed, 1), (.committed, 12), (.sweep, 1), (.swept, 1),
      (.databaseWrite, 1), (.databaseWrite, 2), (.databaseWrite, 12), (.databaseTear, 1), (.databaseTear, 12), (.logWrite, 1),
      (.logWrite, 2), (.logWrite, 60), (.logTear, 1), (.logTear, 2), (.logTear, 61), (.truncate, 1), (.unlink, 1),
    ]
    try await Command.trial(Self.scenario) { command, sandbox in
      try await command.complete(sandbox)
      for (point, visit) in points {
        sandbox.advance(seconds: 600)
        try sandbox.edit(.touchShare(percent: 5))
        for resource in [SandboxResource.playbooks, .knowledgeNotes, .schedules] {
          try sandbox.edit(.delete(resource, sandbox.ids(resource)[visit % 7]))
          try sandbox.edit(.create(resource))
        }
        sandbox.forgetRequests()
        try await command.crash(at: point, visit, sandbox)
        try await command.complete(sandbox)
      }
    }
  }

  @Test(
    "of an upgrade leaves an undamaged file of the earlier version, and the next run upgrades and completes it",
    arguments: [
      (CrashPoint.migration, 1), (.migration, 2), (.migration, 8), (.migration, 15), (.migrated, 1), (.databaseWrite, 3),
      (.databaseTear, 20), (.logWrite, 20), (.logTear, 41),
    ])
  func upgrade(_ point: CrashPoint, _ visit: Int) async throws {
    try await Command.trial(Self.scenario) { command, sandbox in
      try await command.complete(sandbox)
      try FirstVersion.take(back: command.database)
      sandbox.advance(seconds: 600)
      try sandbox.edit(.touchShare(percent: 5))
      sandbox.forgetRequests()
      try await command.crash(at: point, visit, sandbox)
      try await command.complete(sandbox)
    }
  }
}

extension Command {
  /// Runs until the crash, and inspects the result.
  func crash(at point: CrashPoint, _ visit: Int, _ sandbox: Sandbox) async throws {
    let run = try await with(["DEVIN_SYNC_CRASH_POINT": "\(point.rawValue):\(visit)"]).run("sync")
    #expect(run.status == -SIGKILL, "\(point) \(visit) was not reached: \(run.errors)")
    let found = try MirroredFile.lookAtCopy(of: database) { file in
      let isComplete = try file.number("PRAGMA user_version") == MirrorSchema.versions.count
      return try file.inconsistencies() + (isComplete ? file.unkeptPromises(to: sandbox) : [])
    }
    #expect(found == [], "\(point) \(visit)")
  }

  /// The run after the crash.
  func complete(_ sandbox: Sandbox) async throws {
    let open = try openLists()
    let result = try await run("sync")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try MirroredFile(database).differences(from: sandbox) == [])
    #expect(try MirroredFile(database).inconsistencies() == [])
    #expect(try MirroredFile(database).livingMarkedDeleted(from: sandbox) == [])
    let repeated = sandbox.repeatedPages.filter { page in open.contains { page.key.hasSuffix($0) } }
    #expect(repeated.values.allSatisfy { $0 <= 2 }, "\(repeated)")
  }

  /// Ends of the paths of the lists whose walk was open at the crash.
  private func openLists() throws -> [String] {
    guard FileManager.default.fileExists(atPath: database) else { return [] }
    return try MirroredFile.lookAtCopy(of: database) { file in
      guard try file.number("PRAGMA user_version") > 0 else { return [] }
      let paths = [
        "sessions": "/sessions", "session_insights": "/insights", "session_messages": "/messages",
        "session_attachments": "/attachments", "playbooks": "/playbooks", "knowledge_notes": "/notes", "schedules": "/schedules",
      ]
      return try file.column("SELECT DISTINCT resource FROM sync_checkpoints WHERE is_open").compactMap { paths[$0] }
    }
  }
}

extension Sandbox {
  /// How many pages were requested more than once, by path.
  var repeatedPages: [String: Int] {
    Dictionary(grouping: requests) { $0.path }.mapValues { list in
      Dictionary(grouping: list) { $0.query }.values.reduce(0) { $0 + $1.count - 1 }
    }
  }
}
