import ArgumentParser
import Foundation

/// Whether long output goes through a pager.
struct PagerOptions: ParsableArguments {
  @Flag(name: .customLong("no-pager"), help: "Do not use a pager for long output on a terminal ($PAGER, or less).")
  var isOff = false

  /// Does work whose output goes through a pager, if it goes to a terminal. Errors that end the work are reported after the pager has ended.
  func paging(_ work: () async throws -> Void) async throws {
    let pager = isOff ? nil : Pager.start()
    defer { pager?.finish() }
    try await work()
  }
}

/// A program that shows our output screen by screen. It takes the place of standard output until it is finished.
struct Pager {
  /// What a shell runs, and the variables that it gets in addition to ours.
  struct Command: Hashable {
    let text: String
    var environment: [String: String] = [:]
  }

  private let process: pid_t
  /// What our standard output and error were before; the latter is nil if it was no terminal.
  private let output: Int32
  private let errors: Int32?

  /// - Returns: nil: none is used.
  static func command(_ environment: [String: String]) -> Command? {
    guard environment["TERM"] != "dumb" else { return nil }
    guard let own = environment["PAGER"] else { return Command(text: "less -FRX") }
    let name = own.split(whereSeparator: \.isWhitespace).first
    guard let name, name != "cat" else { return nil }
    // Without these, a `less` that the user named would show our colors as codes, and wait although everything fits on the screen.
    return Command(text: own, environment: environment["LESS"] == nil ? ["LESS": "FRX"] : [:])
  }

  /// - Returns: nil: standard output is no terminal, or there is no pager.
  static func start() -> Pager? {
    // Looked at before the pipe takes the terminal's place.
    let areTerminals = (output: Terminal.output.isTerminal, errors: Terminal.errors.isTerminal)
    let own = ProcessInfo.processInfo.environment
    guard areTerminals.output, let command = command(own), command.text != "less -FRX" || isFound("less") else { return nil }
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
    // Nothing that we start has any need of a key.
    let keys: Set<String> = [KeySource.variable, KeySource.pushVariable]
    let environment = own.filter { !keys.contains($0.key) }.merging(command.environment) { $1 }
    guard let process = spawn(command.text, environment, input: ends[0]) else {
      close(ends[0])
      close(ends[1])
      return nil
    }
    close(ends[0])
    let pager = Pager(process: process, output: dup(STDOUT_FILENO), errors: areTerminals.errors ? dup(STDERR_FILENO) : nil)
    _ = fcntl(pager.output, F_SETFD, FD_CLOEXEC)
    dup2(ends[1], STDOUT_FILENO)
    // Notes belong between the lines; written to the screen, they would overwrite the pager's.
    if pager.errors != nil { dup2(ends[1], STDERR_FILENO) }
    close(ends[1])
    // The pager decides what an interrupt means. Who leaves it has seen enough, which is no failure.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE) { _ in _exit(0) }
    return pager
  }

  /// Gives back standard output, and waits for the reader.
  func finish() {
    dup2(output, STDOUT_FILENO)
    close(output)
    if let errors {
      dup2(errors, STDERR_FILENO)
      close(errors)
    }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    signal(SIGINT, SIG_DFL)
    signal(SIGPIPE, SIG_DFL)
  }

  private static func isFound(_ name: String) -> Bool {
    (Settings.environment("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
      .contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  /// Foundation's `Process` would put the pager into a process group of its own, where it may not read from the terminal.
  private static func spawn(_ command: String, _ environment: [String: String], input: Int32) -> pid_t? {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_addclose(&actions, input)
    let arguments: [UnsafeMutablePointer<CChar>?] = ["sh", "-c", command].map { (text: String) in strdup(text) }
    let variables: [UnsafeMutablePointer<CChar>?] = environment.map { name, value in strdup("\(name)=\(value)") }
    defer { for text in arguments + variables { free(text) } }
    var process: pid_t = 0
    return posix_spawn(&process, "/bin/sh", &actions, nil, arguments + [nil], variables + [nil]) == 0 ? process : nil
  }
}
