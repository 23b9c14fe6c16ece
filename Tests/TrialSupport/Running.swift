package import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A process that was started. Its output goes to files, so that neither side ever waits for the other.
package final class Running: Sendable {
  package let pid: pid_t
  private let process: Mutex<Process>
  private let ended: AsyncStream<Int32>
  private let outputFile: URL
  private let errorFile: URL

  package struct Failure: Error { package let why: String }

  package init(_ program: URL, _ arguments: [String], folder: URL, environment: [String: String]) throws {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.environment = environment
    process.currentDirectoryURL = folder
    let name = UUID().uuidString
    outputFile = folder.appendingPathComponent("\(name).out")
    errorFile = folder.appendingPathComponent("\(name).err")
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    let handles = try [outputFile, errorFile].map { try FileHandle(forWritingTo: $0) }
    // The process has its own copies by then. With thousands of open handles, Foundation overruns a buffer when it lists open files.
    defer { for handle in handles { try? handle.close() } }
    process.standardOutput = handles[0]
    process.standardError = handles[1]
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

  package func send(_ signal: Int32) { kill(pid, signal) }

  /// The peak memory of a process so far, in kilobytes; nil: it has ended, or the system does not report it.
  package static func memoryPeak(of pid: pid_t) -> Int? {
    let lines = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8).split(separator: "\n")
    return lines?.first { $0.hasPrefix("VmHWM:") }.flatMap { Int($0.filter(\.isNumber)) }
  }

  /// - Returns: its output, once that satisfies the condition.
  @discardableResult
  package func waitForOutput(_ isWanted: (String) -> Bool) async throws -> String {
    while true {
      let output = try String(contentsOf: outputFile, encoding: .utf8)
      if isWanted(output) { return output }
      await Task.yield()
    }
  }

  /// Must be called once. A negative status is the signal that ended the process.
  package func result() async throws -> Command.Result {
    let status = await ended.first { _ in true } ?? -1
    defer { for file in [outputFile, errorFile] { try? FileManager.default.removeItem(at: file) } }
    return Command.Result(
      status: status, output: try String(contentsOf: outputFile, encoding: .utf8),
      errors: try String(contentsOf: errorFile, encoding: .utf8))
  }
}
