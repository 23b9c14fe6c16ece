import DevinAPI
package import DevinSandbox
package import DevinSync
package import Foundation
import GRDB
package import TestSupport
package import Testing

/// The environment of one test in this process: a simulated organization, a mirror of it in a separate folder, and a clock without real
/// waits. `Command` is the same for the built command.
package struct Trial: Sendable {
  package let sandbox: Sandbox
  private let place: TemporaryFolder
  package let clock = ManualClock(.passAtOnceInRealTime)
  /// Nil: the sandbox's first one. Empty: all that the key finds.
  package var organizations: [String]?

  package var folder: URL { place.url }
  package var database: String { folder.appendingPathComponent("devin.db").path }

  package static func run(
    _ scenario: SandboxScenario = .small, _ body: @Sendable (Trial) async throws -> Void
  ) async throws {
    let place = try TemporaryFolder()
    try await Sandbox.run(scenario) { try await body(Trial(sandbox: $0, place: place)) }
  }

  package func mirror() throws -> DevinMirror {
    var mirror = DevinMirror(
      database: database, credential: try Credential(sandbox.scenario.key),
      organizations: organizations ?? [sandbox.scenario.organizationID],
      address: try APIAddress(sandbox.url))
    mirror.time = clock.time
    return mirror
  }

  @discardableResult
  package func sync(_ configure: (inout SyncOptions) -> Void = { _ in }) async throws -> SyncReport {
    var options = SyncOptions()
    configure(&options)
    return try await mirror().sync(options)
  }

  /// One value per row, as text.
  package func column(_ sql: String) throws -> [String] { try MirroredFile(database).column(sql) }

  package func number(_ sql: String) throws -> Int { try MirroredFile(database).number(sql) }

  /// Changes the file, as another program would.
  package func execute(_ sql: String) throws { try DatabaseQueue(path: database).write { try $0.execute(sql: sql) } }

  /// Checks that the mirror equals the server, byte for byte, with the columns that come from lists.
  package func expectMirrorEqualsServer(
    _ resources: [SandboxResource] = SandboxResource.allCases, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let differences = try MirroredFile(database).differences(from: sandbox, resources)
    #expect(differences == [], sourceLocation: sourceLocation)
  }

  /// Requests since the log was last cleared, by path without ids.
  package func requests(ending suffix: String) -> [LoggedRequest] { sandbox.requests.filter { $0.path.hasSuffix(suffix) } }
}

extension SandboxScenario {
  /// Small enough to be read many times in a test.
  package static var small: SandboxScenario {
    var scenario = SandboxScenario()
    scenario.sessions = 30
    scenario.messagesPerSession = 4
    return scenario
  }

  /// More than one page in every list that has pages.
  package static var paged: SandboxScenario {
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
