import DevinSync
import Foundation

/// The command that runs after a run that changed rows, when the mirror is unlocked again. It gets the changes on stdin, as
/// `changes --json` prints them. Whether or not it succeeds, the mirror is kept, and the status is that of the run.
struct ChangeHook: Sendable {
  /// The program and its arguments.
  let arguments: [String]
  private static let limit = Duration.seconds(300)

  /// Nil: no command is set.
  init?(_ settings: Settings) throws {
    arguments = try settings[\.onChange] ?? []
    if arguments.isEmpty { return nil }
  }

  /// - Parameter isHurried: a signal was received, and there is no time for the command.
  /// - Returns: what went wrong; nil: nothing, or no row had changed.
  func run(_ report: SyncReport?, database: String, isHurried: Bool) async -> String? {
    guard let report, report.totals.inserted + report.totals.changed + report.totals.deleted > 0 else { return nil }
    let advice = "The mirror is not affected. To print the changes, run `devin-sync changes --since \(report.run)`."
    guard !isHurried else { return "the on-change command was not run, because the run got a signal. \(advice)" }
    do {
      var feed = try await MirrorChanges(database: database, of: report.run)
      let input = try Program.input()
      while case let changes = try await feed.next(), !changes.isEmpty {
        let lines = try changes.map { try Console.json($0) + "\n" }.joined()
        try input.write(contentsOf: Data(lines.utf8))
      }
      try input.seek(toOffset: 0)
      let environment = ["DEVIN_SYNC_DATABASE": URL(fileURLWithPath: database).path, "DEVIN_SYNC_RUN": "\(report.run)"]
      try await Program(arguments: arguments, limit: Self.limit, environment: environment).run(input: input)
      return nil
    } catch let trouble as Program.Problem {
      return "the on-change command `\(arguments[0])` failed: \(trouble.reason). \(advice)"
    } catch is CancellationError {
      return "the on-change command was stopped by a signal. \(advice)"
    } catch let error as MirrorError {
      return "the on-change command was not run: \(error.messageWithAdvice) \(advice)"
    } catch {
      return "the on-change command was not run: \(error). \(advice)"
    }
  }
}
