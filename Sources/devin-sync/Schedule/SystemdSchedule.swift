import DevinSync
import Foundation

/// A service and a timer of the user's systemd.
struct SystemdSchedule {
  let job: ScheduledSync

  /// Unit files by name, in the order to write them.
  var files: [(name: String, text: String)] { [("\(job.name).service", service), ("\(job.name).timer", timer)] }

  /// The folder of the user's units.
  static var folder: String {
    let home = Settings.environment("HOME") ?? NSHomeDirectory()
    return (Settings.environment("XDG_CONFIG_HOME") ?? home + "/.config") + "/systemd/user"
  }

  private var service: String {
    let environment = job.environment.sorted { $0.key < $1.key }
      .map { "Environment=\(Self.quoted("\($0.key)=\($0.value)", isCommand: false))\n" }.joined()
    let log = job.log.map { "StandardOutput=append:\(Self.escaped($0))\nStandardError=append:\(Self.escaped($0))\n" } ?? ""
    return """
      # Kept by `devin-sync schedule`. What a run has to say: journalctl --user -u \(job.name).service
      [Unit]
      Description=Mirror Devin into SQLite (\(job.name))
      Wants=network-online.target
      After=network-online.target

      [Service]
      Type=oneshot
      ExecStart=\(job.arguments.map { Self.quoted($0, isCommand: true) }.joined(separator: " "))
      \(environment)\(log)# 75: another run was at work, or the time was up with progress saved.
      SuccessExitStatus=75
      Nice=10
      UMask=0077
      NoNewPrivileges=yes
      LockPersonality=yes
      RestrictRealtime=yes

      """
  }

  private var timer: String {
    let seconds = job.every.duration.components.seconds
    return """
      # Kept by `devin-sync schedule`.
      [Unit]
      Description=Mirror Devin every \(job.every.text)

      [Timer]
      OnActiveSec=10s
      OnUnitActiveSec=\(seconds)s
      RandomizedDelaySec=\(max(1, seconds / 20))s
      AccuracySec=1s

      [Install]
      WantedBy=timers.target

      """
  }

  private static func escaped(_ text: String) -> String { text.replacing("%", with: "%%") }

  /// Quoted as one word of a unit file; in commands a dollar sign would start a variable.
  private static func quoted(_ word: String, isCommand: Bool) -> String {
    var text = escaped(word).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    if isCommand { text = text.replacing("$", with: "$$") }
    return text.utf8.allSatisfy { $0 > 0x20 && !"\"'\\;".utf8.contains($0) } ? text : "\"\(text)\""
  }
}
