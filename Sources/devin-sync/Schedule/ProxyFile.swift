import DevinSync
import Files
import Foundation

/// Proxies with a user and a password, in a file that only this user can read. A scheduler's entry is printed, and all users of the
/// machine can see the command that cron starts. So the entry only names the file, and a shell sets the variables.
struct ProxyFile {
  static let proxies = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]

  let path: String
  /// Assignments in shell syntax. Empty: no file is needed.
  let lines: [String]

  /// - Parameter environment: the variables that belong in the file are removed from it.
  init(of schedule: String, takingFrom environment: inout [String: String]) {
    path = Self.path(of: schedule)
    let secrets = environment.filter { Self.proxies.contains($0.key) && $0.value.contains("@") }
    lines = secrets.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.quotedForShell)" }
    for variable in secrets.keys { environment[variable] = nil }
  }

  /// The file of a schedule that is being removed.
  init(none schedule: String) {
    path = Self.path(of: schedule)
    lines = []
  }

  /// The start of a command line that runs a program with the variables.
  var launcher: [String] { lines.isEmpty ? [] : ["/bin/sh", "-c", #"set -a; . "$0"; exec "$@""#, path] }

  /// The current content and the planned content, for `Change`.
  var before: [String] { labelled(written) }
  var after: [String] { labelled(lines) }

  /// What a user who installs the entry manually must do; nil: nothing.
  var note: String? {
    guard lines != written else { return nil }
    return
      "the password of the proxy is not printed. `devin-sync schedule install` writes it to \(path); to install by hand, write \(lines.map(\.withoutProxyUser).joined(separator: " and ")) there, with the password, and run: chmod 600 \(path)"
  }

  /// Writes the planned content, or removes the file.
  func write() throws {
    guard lines != written else { return }
    guard !lines.isEmpty else {
      unlink(path)
      return
    }
    do throws(FileError) {
      try PrivateFile.replace(path, text: lines.map { $0 + "\n" }.joined())
    } catch {
      throw Failure(.cannotCreate, "\(path) cannot be written: \(error.why).")
    }
  }

  private var written: [String] {
    let data = (try? OpenFile(reading: path).read(limit: 1 << 16)) ?? Data()
    return String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private func labelled(_ lines: [String]) -> [String] { lines.map { "\(path): \($0)" } }

  private static func path(of schedule: String) -> String {
    let home = Settings.environment("HOME") ?? NSHomeDirectory()
    let folder = Settings.environment("XDG_CONFIG_HOME") ?? home + "/.config"
    return URL(fileURLWithPath: "\(folder)/devin-sync/\(schedule).env").standardizedFileURL.path
  }
}

extension String {
  /// A line of a schedule for display, without a proxy's user and password. It hides too much rather than part of a
  /// password: earlier versions wrote it into the entry.
  var withoutProxyUser: String { replacing(/(?i)((?:https?|all)_proxy=).*@/) { "\($0.1)…@" } }
}
