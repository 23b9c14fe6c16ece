import ArgumentParser
import DevinSync
import Foundation

struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Find out what is wrong, and what to do about it.",
    discussion: """
      Examines versions, configuration, key, connection, organization, permissions, clock, disk, file, mirror and schedule: what \
      `check`, `status`, `verify --offline` and `schedule status` know, in one list. Changes nothing. Reads the whole file, and \
      sends one small request per resource; with --offline it sends none.

      Status 0: no problem was found; notes are no problems. Otherwise the status is that of the most important problem, as in the \
      table of `devin-sync --help`: 65: lists are pending. 69: no response. 74: there is no mirror, or the file is damaged. 77: the \
      key was refused. 78: configuration missing or invalid.
      """)

  @Flag(help: "Send no request.") var offline = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var rows: RowOptions
  @OptionGroup var database: DatabaseOptions
  @OptionGroup var connection: ConnectionOptions

  private static let columns: [RowColumn<Diagnosis.Finding>] = [
    .text("subject") { $0.subject.rawValue }, .text("state") { $0.state.rawValue }, .text("text") { $0.text },
    .text("action") { $0.action }, .number("status") { Int($0.status) },
  ]

  func validate() throws {
    try rows.validate(json: json)
    guard !offline || connection.flags.isEmpty else {
      throw ValidationError("--offline sends no request: leave out options for the connection.")
    }
  }

  func run() async throws {
    try await reporting {
      let flags = database.flags.merging(connection.flags) { $1 }
      // It takes some seconds, in which a screen should not stay empty.
      let shows = Terminal.errors.isTerminal
      if shows { Console.write("Examining …", to: .standardError) }
      let diagnosis = await Doctor(profile: database.profile, flags: flags, isOffline: offline).examine()
      if shows { Console.write("\r\u{1b}[K", to: .standardError) }
      try await rows.pager.paging {
        if json {
          try Console.printJSON(diagnosis)
        } else if rows.areAsked {
          try rows.print(diagnosis.findings, Self.columns)
        } else {
          for line in diagnosis.lines(within: Terminal.output.width) { Console.print(line) }
        }
      }
      try diagnosis.exit.exit()
    }
  }
}
