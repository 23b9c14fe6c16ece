import DevinSandbox
import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The built command, in a folder and an environment of its own.
struct Command: Sendable {
  struct Result: Sendable {
    let status: Int32
    let output: String
    let errors: String

    var lines: [String] { output.split(separator: "\n").map(String.init) }
  }

  let folder: URL
  var environment: [String: String]

  var database: String { folder.appendingPathComponent("devin.db").path }

  /// A folder that is removed afterwards, and a sandbox that the environment points to.
  static func trial(
    _ scenario: SandboxScenario = .brief, _ body: @Sendable (Command, Sandbox) async throws -> Void
  ) async throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("devin-sync-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      _ = chmod(folder.path, 0o700)
      try? FileManager.default.removeItem(at: folder)
    }
    try await Sandbox.run(scenario) { sandbox in
      let environment = [
        "DEVIN_API_URL": sandbox.url, "DEVIN_API_KEY": scenario.key, "DEVIN_ORG_ID": scenario.organizationID,
        "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path,
      ]
      try await body(Command(folder: folder, environment: environment), sandbox)
    }
  }

  /// The same with some variables set or, with nil, taken away.
  func with(_ changes: [String: String?]) -> Command {
    var copy = self
    for (name, value) in changes { copy.environment[name] = value }
    return copy
  }

  func run(_ arguments: String...) async throws -> Result { try await run(arguments) }

  func run(_ arguments: [String]) async throws -> Result { try await start(arguments).result() }

  func start(_ arguments: String...) throws -> Running { try start(arguments) }

  private func start(_ arguments: [String]) throws -> Running {
    try Running(Self.program, arguments, folder: folder, environment: environment)
  }

  /// Another program than ours, with the same folder and environment.
  func run(program: String, _ arguments: [String]) async throws -> Result {
    try await Running(URL(fileURLWithPath: program), arguments, folder: folder, environment: environment).result()
  }

  /// Beside the test bundle, where the package manager builds both.
  static var program: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
      .appendingPathComponent("devin-sync")
  }

  func query(_ sql: String) async throws -> [String] {
    let answer = try await run(program: "/usr/bin/sqlite3", [database, sql])
    #expect(answer.status == 0, "\(answer.errors)")
    return answer.lines
  }
}

/// A process that has been started. Its output goes to files, so that neither side ever waits for the other.
final class Running: Sendable {
  private let process: Mutex<Process>
  private let ended: AsyncStream<Int32>
  private let outputFile: URL
  private let errorFile: URL
  let pid: Int32

  init(_ program: URL, _ arguments: [String], folder: URL, environment: [String: String]) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = folder
    let name = UUID().uuidString
    outputFile = folder.appendingPathComponent("\(name).out")
    errorFile = folder.appendingPathComponent("\(name).err")
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    process.standardInput = FileHandle.nullDevice
    let (ended, end) = AsyncStream.makeStream(of: Int32.self)
    self.ended = ended
    process.terminationHandler = { process in
      end.yield(process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus)
      end.finish()
    }
    try process.run()
    pid = process.processIdentifier
    self.process = Mutex(process)
  }

  func send(_ signal: Int32) { kill(pid, signal) }

  func outputSoFar() throws -> String { try String(contentsOf: outputFile, encoding: .utf8) }

  /// A negative status is the signal that ended it.
  func result() async throws -> Command.Result {
    let status = await ended.first { _ in true } ?? -1
    return Command.Result(
      status: status, output: try String(contentsOf: outputFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }
}

extension SandboxScenario {
  static var brief: SandboxScenario {
    var scenario = SandboxScenario()
    scenario.sessions = 20
    scenario.messagesPerSession = 3
    return scenario
  }

  /// Several pages of sessions.
  static var long: SandboxScenario {
    var scenario = SandboxScenario.brief
    scenario.sessions = 700
    scenario.messagesPerSession = 1
    return scenario
  }
}

extension Sandbox {
  /// Returns once a request with this ending of its path and this part of its query has come in.
  func waitForRequest(_ ending: String, query: String = "", count: Int = 1) async {
    while true {
      let sofar = requests
      if sofar.count(where: { $0.path.hasSuffix(ending) && (query.isEmpty || $0.query.contains(query)) }) >= count { return }
      await waitForRequests(sofar.count + 1)
    }
  }
}
