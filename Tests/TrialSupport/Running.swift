package import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A process that has been started. Its output goes to files, so that neither side ever waits for the other.
package final class Running: Sendable {
  package let pid: pid_t
  private let ended: AsyncStream<Int32>
  private let outputFile: URL
  private let errorFile: URL

  package struct Failure: Error { let why: String }

  /// - Throws: `Failure` when the program cannot be started.
  package init(_ program: URL, _ arguments: [String], folder: URL, environment: [String: String]) throws {
    let name = UUID().uuidString
    outputFile = folder.appendingPathComponent("\(name).out")
    errorFile = folder.appendingPathComponent("\(name).err")
    pid = try Self.spawn(
      // The shell makes way for the program, which keeps the process's number.
      ["/bin/sh", "-c", "cd \"$0\" && exec \"$@\"", folder.path, program.path] + arguments,
      environment.map { "\($0)=\($1)" }, output: outputFile, errors: errorFile)
    let (ended, end) = AsyncStream.makeStream(of: Int32.self)
    self.ended = ended
    // A thread of its own, since waiting blocks it.
    Thread.detachNewThread { [pid] in
      var status: Int32 = 0
      while waitpid(pid, &status, 0) < 0, errno == EINTR {}
      let signal = status & 0x7f
      end.yield(signal == 0 ? status >> 8 & 0xff : -signal)
      end.finish()
    }
  }

  package func send(_ signal: Int32) { kill(pid, signal) }

  /// The most memory that it has held so far, in kilobytes; nil: it has ended, or the system does not tell.
  package static func memoryPeak(of pid: pid_t) -> Int? {
    let lines = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8).split(separator: "\n")
    return lines?.first { $0.hasPrefix("VmHWM:") }.flatMap { Int($0.filter(\.isNumber)) }
  }

  package func outputSoFar() throws -> String { try String(contentsOf: outputFile, encoding: .utf8) }

  /// To be called once. A negative status is the signal that ended it.
  package func result() async throws -> Command.Result {
    let status = await ended.first { _ in true } ?? -1
    defer { for file in [outputFile, errorFile] { try? FileManager.default.removeItem(at: file) } }
    return Command.Result(
      status: status, output: try String(contentsOf: outputFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }

  private static func spawn(
    _ arguments: [String], _ environment: [String], output: URL, errors: URL
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    for (descriptor, file) in [(Int32(1), output), (2, errors)] {
      posix_spawn_file_actions_addopen(&actions, descriptor, file.path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    }
    // A sandbox's port would stay open as long as a process that was started beside it. The header hides the function.
    typealias CloseFrom = @convention(c) (UnsafeMutablePointer<posix_spawn_file_actions_t>, Int32) -> Int32
    if let symbol = dlsym(nil, "posix_spawn_file_actions_addclosefrom_np") {
      _ = unsafeBitCast(symbol, to: CloseFrom.self)(&actions, 3)
    }
    var argv = arguments.map { strdup($0) } + [nil]
    var envp = environment.map { strdup($0) } + [nil]
    defer { for text in argv + envp { free(text) } }
    var pid: pid_t = 0
    let code = posix_spawn(&pid, arguments[0], &actions, nil, &argv, &envp)
    guard code == 0 else { throw Failure(why: "\(String(cString: strerror(code)))") }
    return pid
  }
}
