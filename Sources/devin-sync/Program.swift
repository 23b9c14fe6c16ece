import DevinSync
import Foundation
import Synchronization

/// Another program, run without a shell: it is found through PATH, and its arguments are passed unchanged.
struct Program: Sendable {
  enum Problem: Error, Hashable, Sendable {
    case notFound(String)
    case failed(status: Int32)
    case tookTooLong(Duration)
    case saidTooMuch
  }

  /// The program and its arguments; never empty.
  let arguments: [String]
  /// After this time it is killed.
  let limit: Duration
  /// Variables that it gets in addition to ours.
  var environment: [String: String] = [:]
  /// Names of variables of ours that it does not get, beside those of our keys.
  var hiddenVariables: Set<String> = []
  /// Whether its stderr is discarded.
  var isQuiet = false

  /// The maximum number of bytes of its output.
  private static let outputLimit = 1 << 16

  /// Its stderr is the same as ours.
  /// - Parameters:
  ///   - input: a file for its stdin; nil: empty.
  ///   - keepsOutput: whether to return its stdout; otherwise it goes to our stderr.
  /// - Returns: its output; empty if it is not kept.
  /// - Throws: `Problem`, also if its exit status was not 0.
  @discardableResult
  func run(input: FileHandle? = nil, keepsOutput: Bool = false) async throws -> Data {
    let process = Process()
    guard let name = arguments.first, let path = Self.path(of: name) else { throw Problem.notFound(arguments.first ?? "") }
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = Array(arguments.dropFirst())
    // Nothing that we start has any need of a key.
    let hidden = hiddenVariables.union([KeySource.variable, KeySource.pushVariable])
    process.environment = ProcessInfo.processInfo.environment.filter { !hidden.contains($0.key) }.merging(environment) { $1 }
    process.standardInput = input ?? FileHandle.nullDevice
    let (ends, end) = AsyncStream.makeStream(of: Int32.self)
    process.terminationHandler = { process in
      end.yield(process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus)
      end.finish()
    }
    if isQuiet { process.standardError = FileHandle.nullDevice }
    let reader = OutputReader(limit: Self.outputLimit)
    process.standardOutput = keepsOutput ? reader.pipe : FileHandle.standardError
    do { try process.run() } catch { throw Problem.notFound(name) }
    let pid = process.processIdentifier
    // Close our write end: as long as it is open, the reader sees no end.
    try? reader.pipe.fileHandleForWriting.close()
    let ending = await Self.first(within: limit) { () -> (output: Data?, status: Int32)? in
      let output = keepsOutput ? await reader.output() : Data()
      if output == nil { kill(pid, SIGKILL) }
      return await ends.first { _ in true }.map { (output, $0) }
    }
    guard let ending else {
      kill(pid, SIGKILL)
      try Task.checkCancellation()
      throw Problem.tookTooLong(limit)
    }
    guard let output = ending.output else { throw Problem.saidTooMuch }
    guard ending.status == 0 else { throw Problem.failed(status: ending.status) }
    return output
  }

  static func input(_ text: String) throws -> FileHandle {
    let handle = try input()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.seek(toOffset: 0)
    return handle
  }

  /// A file without a name, to be written and then read as stdin. Unlike with a pipe, neither side ever waits for the other.
  static func input() throws -> FileHandle {
    guard let file = tmpfile() else { throw Failure(.cannotCreate, "no temporary file: \(String(cString: strerror(errno))).") }
    let descriptor = dup(fileno(file))
    fclose(file)
    return FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// - Returns: nil: the time limit was reached, or the task was cancelled.
  private static func first<Result: Sendable>(
    within limit: Duration, _ work: @escaping @Sendable () async -> Result?
  ) async -> Result? {
    await withTaskGroup(of: Result?.self) { group in
      group.addTask { await work() }
      group.addTask {
        try? await Task.sleep(for: limit)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }

  /// Whether there is a program with this name.
  static func exists(_ name: String) -> Bool { path(of: name) != nil }

  private static func path(of name: String) -> String? {
    if name.contains("/") { return access(name, X_OK) == 0 ? name : nil }
    let folders = (Settings.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}

extension Program.Problem {
  /// Why it failed, as a clause.
  var reason: String {
    switch self {
    case .notFound(let name): "there is no executable program `\(name)`. Give its absolute path, or correct PATH"
    case .failed(let status): "it ended with status \(status). Its output is above"
    case .tookTooLong(let limit): "it ran longer than \(limit.short) and was killed"
    case .saidTooMuch: "it printed too much output"
    }
  }
}

/// Reads the output of a pipe, up to a limit.
private struct OutputReader: Sendable {
  let pipe = Pipe()
  let limit: Int

  /// Reads to the end, on a separate thread: this is the only way to wait that detects the end of a pipe reliably on all systems.
  /// - Returns: nil: the output was longer than the limit.
  func output() async -> Data? {
    let handle = pipe.fileHandleForReading
    let (parts, part) = AsyncStream.makeStream(of: Data?.self)
    Thread.detachNewThread { [limit] in
      var data = Data()
      while data.count <= limit, let more = try? handle.read(upToCount: limit), !more.isEmpty { data += more }
      part.yield(data.count <= limit ? data : nil)
      part.finish()
    }
    return await parts.first { _ in true } ?? nil
  }
}
