import DevinSync
import Files
import Foundation

/// Proxies with a user and a password, in a file that nobody else can read. The entry of a scheduler is printed, and everybody
/// on the machine sees the command that cron starts; so the entry names the file, and a shell sets the variables.
struct ProxyFile {
  static let proxies = ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY"]

  let path: String
  /// Assignments as a shell reads them. Empty: no file is needed.
  let lines: [String]

  /// - Parameter environment: loses what belongs into the file.
  init(of schedule: String, takingFrom environment: inout [String: String]) {
    path = Self.path(of: schedule)
    let secrets = environment.filter { Self.proxies.contains($0.key) && $0.value.contains("@") }
    lines = secrets.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.quotedForShell)" }
    for variable in secrets.keys { environment[variable] = nil }
  }

  /// That of a schedule that goes.
  init(none schedule: String) {
    path = Self.path(of: schedule)
    lines = []
  }

  /// Words before those of the program that is to have the variables.
  var launcher: [String] { lines.isEmpty ? [] : ["/bin/sh", "-c", #"set -a; . "$0"; exec "$@""#, path] }

  /// What is there now, and what is to be there, for `Change`.
  var before: [String] { labelled(written) }
  var after: [String] { labelled(lines) }

  /// What somebody has to do who installs the entry by hand; nil: nothing.
  var note: String? {
    guard lines != written else { return nil }
    return
      "the password of the proxy is not printed. `devin-sync schedule install` writes it to \(path); to install by hand, write \(lines.map(\.withoutProxyUser).joined(separator: " and ")) there, with the password, and run: chmod 600 \(path)"
  }

  /// Brings the file to what is to be there.
  func write() throws {
    guard lines != written else { return }
    guard !lines.isEmpty else {
      unlink(path)
      return
    }
    do throws(FileTrouble) {
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
  /// A line of a schedule as it may be shown, without user and password of a proxy. Rather too little is shown than a part
  /// of a password: earlier versions wrote it into the entry.
  var withoutProxyUser: String { replacing(/(?i)((?:https?|all)_proxy=).*@/) { "\($0.1)…@" } }
}
