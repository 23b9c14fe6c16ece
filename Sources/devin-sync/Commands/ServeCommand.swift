import ArgumentParser
import DevinPages
import DevinSync

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Show the mirror in a web browser on this machine.",
    usage: "devin-sync serve [<options>]",
    discussion: """
      Pages: sessions with transcripts, search, consumption and limits, notes and playbooks with their history, audit log, \
      pushes, health. The view of sessions can be saved as CSV and JSON. Reads only the file, and can run during a sync. Listens \
      on this machine only. The printed address contains a secret; only someone who has it can open the pages.
      """)

  @Option(help: "Port on 127.0.0.1. 0: any free port.") var port = 8788
  @OptionGroup var database: DatabaseOptions

  func validate() throws {
    guard (0...65_535).contains(port) else { throw ValidationError("--port must be 0 to 65535.") }
  }

  func run() async throws {
    try await reporting {
      let server = try PageServer(database: try database.path, rate: try database.rate, describing: \.messageWithAdvice)
      let signals = Signals(endsCommand: true)
      do {
        try await signals.cancelling { [port] in
          try await server.run(port: port) { Console.print($0) }
        }
      } catch let error as PageServer.CannotListen {
        throw Failure(.unavailable, "the pages cannot be served on port \(port): \(error.why). --port 0 takes any free one.")
      } catch is CancellationError where signals.status != nil {
      }
    }
  }
}
