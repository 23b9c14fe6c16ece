package import DevinSandbox
package import Foundation
import TestSupport

#if canImport(Glibc)
  import Glibc
#endif

/// The built command, in a separate folder and environment.
package struct Command: Sendable {
  package struct Result: Sendable {
    package let status: Int32
    package let output: String
    package let errors: String

    package var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  package let folder: URL
  package var environment: [String: String]

  package var database: String { folder.appendingPathComponent("devin.db").path }

  /// A folder that is removed afterwards, and a sandbox that the environment points to.
  package static func trial<R>(
    _ scenario: SandboxScenario = .brief, _ body: @Sendable (Command, Sandbox) async throws -> R
  ) async throws -> R {
    let place = try TemporaryFolder()
    defer { withExtendedLifetime(place) {} }
    let folder = place.url
    return try await Sandbox.run(scenario) { sandbox in
      let environment = [
        "DEVIN_API_URL": sandbox.url, "DEVIN_API_KEY": scenario.key, "DEVIN_ORG_ID": scenario.organizationID,
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path,
      ]
      return try await body(Command(folder: folder, environment: environment), sandbox)
    }
  }

  /// The same with some variables set or, for nil, removed.
  package func with(_ changes: [String: String?]) -> Command {
    var copy = self
    for (name, value) in changes { copy.environment[name] = value }
    return copy
  }

  package func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  package func run(_ arguments: [String]) async throws -> Result { try await start(arguments).result() }

  package func start(_ arguments: String...) throws -> Running { try start(arguments) }

  package func start(_ arguments: [String]) throws -> Running {
    try Running(Self.program, arguments, folder: folder, environment: environment)
  }

  /// Runs another program with the same folder and environment.
  package func run(program: String, _ arguments: [String]) async throws -> Result {
    try await Running(URL(fileURLWithPath: program), arguments, folder: folder, environment: environment).result()
  }

  /// Next to the test bundle, where the package manager builds both.
  package static var program: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("devin-sync")
  }

  package func query(_ sql: String) async throws -> [String] {
    let answer = try await run(program: "/usr/bin/sqlite3", [database, sql])
    guard answer.status == 0 else { throw Running.Failure(why: answer.errors) }
    return answer.lines
  }
}

extension SandboxScenario {
  package static var brief: SandboxScenario {
    var scenario = SandboxScenario()
    scenario.sessions = 20
    scenario.messagesPerSession = 3
    return scenario
  }

  /// Several pages of sessions.
  package static var long: SandboxScenario {
    var scenario = SandboxScenario.brief
    scenario.sessions = 700
    scenario.messagesPerSession = 1
    return scenario
  }
}

extension Sandbox {
  /// Ids of the current objects of a list, in its order.
  /// - Parameter isWanted: whether an object counts, given its line of the dump.
  package func ids(_ resource: SandboxResource, where isWanted: (String) -> Bool = { _ in true }) -> [String] {
    objects(resource).filter(isWanted).compactMap { object in resource.key.flatMap { ServedRow(object).member($0) } }
  }

  /// Returns once a request with this end of its path and this part of its query has arrived.
  package func waitForRequest(_ ending: String, query: String = "", count: Int = 1) async {
    while true {
      let sofar = requests
      if sofar.count(where: { $0.path.hasSuffix(ending) && (query.isEmpty || $0.query.contains(query)) }) >= count { return }
      await waitForRequests(sofar.count + 1)
    }
  }
}
