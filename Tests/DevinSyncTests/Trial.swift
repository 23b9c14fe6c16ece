import DevinAPI
import DevinSandbox
import DevinSync
import Foundation
import GRDB
import Synchronization
import Testing
import TrialSupport

/// The environment of one test: a simulated organization, a mirror of it in a separate folder, and a clock without real waits.
struct Trial: Sendable {
  let sandbox: Sandbox
  let folder: URL
  let clock = TrialClock()
  /// Nil: the sandbox's first one. Empty: all that the key finds.
  var organizations: [String]?

  var database: String { folder.appendingPathComponent("devin.db").path }

  static func run(
    _ scenario: SandboxScenario = .small, _ body: @Sendable (Trial) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("devin-sync-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await Sandbox.run(scenario) { try await body(Trial(sandbox: $0, folder: folder)) }
  }

  func mirror() throws -> DevinMirror {
    var mirror = DevinMirror(
      database: database, credential: try Credential(sandbox.scenario.key),
      organizations: organizations ?? [sandbox.scenario.organizationID],
      address: try APIAddress(sandbox.url))
    mirror.time = clock.time
    return mirror
  }

  @discardableResult
  func sync(_ configure: (inout SyncOptions) -> Void = { _ in }) async throws -> SyncReport {
    var options = SyncOptions()
    configure(&options)
    return try await mirror().sync(options)
  }

  /// One value per row, as text.
  func column(_ sql: String) throws -> [String] {
    try DatabaseQueue(path: database).read { database in
      try Row.fetchAll(database, sql: sql).map { row in
        switch row.databaseValues.first?.storage {
        case .string(let text)?: text
        case .int64(let number)?: "\(number)"
        case .double(let number)?: "\(number)"
        default: "NULL"
        }
      }
    }
  }

  func number(_ sql: String) throws -> Int { try column(sql).first.flatMap { Int($0) } ?? 0 }

  /// Checks that the mirror equals the server, byte for byte, with the columns that come from lists.
  func expectMirrorEqualsServer(
    _ resources: [SandboxResource] = SandboxResource.allCases, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let differences = try MirroredFile(database).differences(from: sandbox, resources)
    #expect(differences == [], sourceLocation: sourceLocation)
  }

  /// Requests since the log was last cleared, by path without ids.
  func requests(ending suffix: String) -> [LoggedRequest] { sandbox.requests.filter { $0.path.hasSuffix(suffix) } }
}

extension SandboxScenario {
  /// Small enough to be read many times in a test.
  static var small: SandboxScenario {
    var scenario = SandboxScenario()
    scenario.sessions = 30
    scenario.messagesPerSession = 4
    return scenario
  }

  /// More than one page in every list that has pages.
  static var paged: SandboxScenario {
    var scenario = SandboxScenario()
    scenario.sessions = 450
    scenario.messagesPerSession = 1
    scenario.playbooks = 210
    scenario.notes = 210
    scenario.secrets = 210
    scenario.schedules = 210
    return scenario
  }
}

/// Real time, plus every sleep, which takes no time.
final class TrialClock: Sendable {
  private let slept = Mutex(Duration.zero)
  private let start = ContinuousClock.now

  var time: TimeSource {
    TimeSource(
      elapsed: { self.elapsed }, now: { UnixTime.now.advanced(by: self.slept.withLock { $0 }) },
      sleep: { duration in
        try Task.checkCancellation()
        self.advance(by: duration)
        await Task.yield()
      })
  }

  /// Since the trial began.
  var elapsed: Duration { start.duration(to: .now) + slept.withLock { $0 } }

  func advance(by duration: Duration) { slept.withLock { $0 += duration } }
}
