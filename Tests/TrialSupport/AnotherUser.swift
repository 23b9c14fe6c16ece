package import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// A user who is restricted by file modes: nobody if the tests run as root, who is not restricted, and otherwise the current user.
package enum AnotherUser {
  private static let setpriv = "/usr/bin/setpriv"

  /// The command line prefix that runs a program as this user.
  private static var prefix: [String] {
    geteuid() == 0 ? [setpriv, "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : []
  }

  /// Whether there is such a user, and whether it can access the command.
  package static let canRun: Bool = {
    guard geteuid() == 0 else { return true }
    guard access(setpriv, X_OK) == 0 else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: setpriv)
    process.arguments = Array(prefix.dropFirst()) + ["/usr/bin/test", "-x", Command.program.path]
    process.standardError = FileHandle.nullDevice
    try? process.run()
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  /// Why a test is skipped.
  package static let skipReason = "the tests run as root, and there is no setpriv, or another user cannot reach the built command"

  /// Whether it differs from the current user, so that it can prepare files for us.
  package static let isAnother = geteuid() == 0 && canRun

  /// Runs a shell command.
  package static func shell(_ line: String, in folder: URL) async throws -> Command.Result {
    let line = prefix + ["/bin/sh", "-c", line]
    return try await Running(
      URL(fileURLWithPath: line[0]), Array(line.dropFirst()), folder: folder, environment: ["PATH": "/usr/bin:/bin"]
    ).result()
  }

  package static func start(_ command: Command, _ arguments: [String]) throws -> Running {
    let line = prefix + [Command.program.path] + arguments
    return try Running(
      URL(fileURLWithPath: line[0]), Array(line.dropFirst()), folder: command.folder, environment: command.environment)
  }

  package static func run(_ command: Command, _ arguments: [String]) async throws -> Command.Result {
    try await start(command, arguments).result()
  }
}
