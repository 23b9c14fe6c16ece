import Foundation

/// A property list for launchd.
struct LaunchdSchedule {
  let job: ScheduledSync

  private struct Job: Encodable {
    enum CodingKeys: String, CodingKey {
      case label = "Label"
      case arguments = "ProgramArguments"
      case environment = "EnvironmentVariables"
      case seconds = "StartInterval"
      case runsAtLoad = "RunAtLoad"
      case priority = "ProcessType"
      case umask = "Umask"
      case output = "StandardOutPath"
      case errors = "StandardErrorPath"
    }
    let label: String
    let arguments: [String]
    let environment: [String: String]
    let seconds: Int64
    let runsAtLoad = true
    let priority = "Background"
    let umask = 0o077
    let output: String
    let errors: String
  }

  var path: String { "~/Library/LaunchAgents/\(job.name).plist" }

  /// XML.
  func text() throws -> String {
    let home = Settings.environment("HOME") ?? NSHomeDirectory()
    let log = job.log ?? "\(home)/Library/Logs/\(job.name).log"
    let encoder = PropertyListEncoder()
    encoder.outputFormat = .xml
    let data = try encoder.encode(
      Job(
        label: job.name, arguments: job.arguments, environment: job.environment, seconds: job.every.duration.components.seconds,
        output: log,
        errors: log))
    return String(decoding: data, as: UTF8.self)
  }
}
