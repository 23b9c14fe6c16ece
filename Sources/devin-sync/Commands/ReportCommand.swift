import ArgumentParser
import DevinPages
import DevinSync
import Files
import Foundation

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write one HTML file about usage, cost and results.",
    discussion: """
      ACUs per day, outcomes, cost per merged pull request, users, playbooks, waste, forecast, and data completeness; \
      compared with the period before. The file holds everything it shows and loads nothing from the network; it can be printed and mailed. It holds \
      names and titles, so it is made for its owner alone.
      """)

  @OptionGroup var period: PeriodOptions
  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file; -: stdout.", valueName: "file"), completion: .file())
  var output = "devin-report.html"
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let report = try await Report(
        of: reader, since: period.since?.day, until: period.until?.day, organization: period.org,
        rate: try database.rate)
      guard output != "-" else { return Console.printText(report.html) }
      do throws(FileTrouble) {
        try PrivateFile.replace(output, text: report.html)
      } catch {
        throw Failure(.cannotCreate, "\(output) cannot be written: \(error.why).")
      }
      Console.print("\(output): \(report.html.utf8.count.inBytes)")
    }
  }
}
