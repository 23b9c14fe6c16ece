import ArgumentParser
import DevinPages
import DevinSync
import Files
import Foundation

struct ReportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write one HTML file about usage, cost and results.",
    usage: "devin-sync report [<options>]",
    discussion: """
      Begins with a summary. Shows ACUs per day, limits, outcomes, cost per merged pull request, users, playbooks, waste, \
      forecast and data completeness, compared with the previous period. The file is self-contained: it loads nothing from the \
      network, and can be mailed and printed on A4. It contains names and titles, so only you can read it (mode 0600).
      """)

  @OptionGroup var period: PeriodOptions
  @Option(
    name: .shortAndLong, help: ArgumentHelp("Output file. Use - for stdout.", valueName: "file"), completion: .file())
  var output = "devin-report.html"
  @OptionGroup var database: DatabaseOptions

  func run() async throws {
    try await reporting {
      let reader = try MirrorReader(database: try database.path)
      let report = try await Report(
        of: reader, since: period.since?.day, until: period.until?.day, organization: period.org,
        rate: try database.rate)
      guard output != "-" else { return Console.printText(report.html) }
      do throws(FileError) {
        try PrivateFile.replace(output, text: report.html)
      } catch {
        throw Failure(.cannotCreate, "\(output) cannot be written: \(error.why).")
      }
      Console.print("\(output): \(report.html.utf8.count.inBytes)")
    }
  }
}
