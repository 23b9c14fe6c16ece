import DevinSync
import Files
import Foundation

/// A planned change, shown before it is made; a proxy's password is not shown.
struct Change {
  let place: String
  let before: [String]
  let after: [String]

  init(of place: String, from before: [String], to after: [String]) {
    self.place = place
    self.before = before
    self.after = after
  }

  /// Shows it, and asks for confirmation on a terminal.
  /// - Returns: false: there is nothing to change, or the answer was no. A message says which.
  /// - Throws: `Failure` (64) if there is no terminal.
  func isWanted(yes: Bool) throws -> Bool {
    let difference = after.difference(from: before)
    guard !difference.isEmpty else {
      Console.print("\(place): nothing to change")
      return false
    }
    Console.print("\(place):")
    for change in difference {
      switch change {
      case .remove(_, let line, _): Console.print("- \(line.withoutProxyUser)")
      case .insert(_, let line, _): Console.print("+ \(line.withoutProxyUser)")
      }
    }
    return try yes || Console.confirm("Continue?")
  }
}

/// Unit files of the user's systemd.
struct UnitFiles {
  private let files: [(name: String, text: String)]
  private let proxies: ProxyFile

  init(_ job: ScheduledSync) {
    files = SystemdSchedule(job: job).files
    proxies = job.proxies
  }

  func isWanted(yes: Bool) throws -> Bool {
    func lines(_ text: String?, _ name: String) -> [String] {
      (text ?? "").split(separator: "\n").map { "\(name): \($0)" }
    }
    let before = files.flatMap { lines(Self.text($0.name), $0.name) } + proxies.before
    let after = files.flatMap { lines($0.text, $0.name) } + proxies.after
    return try Change(of: SystemdSchedule.folder, from: before, to: after).isWanted(yes: yes)
  }

  func write() throws {
    try proxies.write()
    for file in files {
      do throws(FileError) {
        try PrivateFile.replace("\(SystemdSchedule.folder)/\(file.name)", text: file.text)
      } catch {
        throw Failure(.cannotCreate, "\(SystemdSchedule.folder)/\(file.name) cannot be written: \(error.why).")
      }
    }
  }

  /// The existing unit files of a schedule.
  static func standing(_ name: String) -> [(path: String, text: String)] {
    ["\(name).service", "\(name).timer"].compactMap { file in text(file).map { ("\(SystemdSchedule.folder)/\(file)", $0) } }
  }

  static func systemctl(_ arguments: String...) async throws {
    do {
      try await Program(arguments: ["systemctl", "--user"] + arguments, limit: .seconds(60)).run()
    } catch let trouble as Program.Problem {
      throw Failure(
        .unavailable,
        "`systemctl --user \(arguments.joined(separator: " "))` failed: \(trouble.reason). The unit files are in \(SystemdSchedule.folder)."
      )
    }
  }

  private static func text(_ name: String) -> String? {
    try? String(contentsOfFile: "\(SystemdSchedule.folder)/\(name)", encoding: .utf8)
  }
}
