import DevinSync

/// A block of a crontab, between two marks that identify it.
struct CronSchedule {
  let job: ScheduledSync
  private let times: String

  /// - Throws: `Failure` (64) for an interval that a crontab cannot express.
  init(_ job: ScheduledSync) throws {
    self.job = job
    let seconds = Int(job.every.duration.components.seconds)
    // Not on the full hour, when most jobs run; the offset is always the same for the same command.
    let offset = Int(job.arguments.joined(separator: " ").utf8.reduce(UInt64(5381)) { ($0 &* 33) ^ UInt64($1) } % 60)
    let (minutes, rest) = seconds.quotientAndRemainder(dividingBy: 60)
    if rest == 0, (1..<60).contains(minutes), 60 % minutes == 0 {
      times = minutes == 1 ? "* * * * *" : "\(offset % minutes)-59/\(minutes) * * * *"
    } else if rest == 0, minutes % 60 == 0, (1..<24).contains(minutes / 60), 24 % (minutes / 60) == 0 {
      times = minutes == 60 ? "\(offset) * * * *" : "\(offset) \(offset % (minutes / 60))-23/\(minutes / 60) * * *"
    } else if seconds == 86_400 {
      times = "\(offset) 3 * * *"
    } else {
      throw Failure(
        .usage,
        "cron does not support --every \(job.every.text). It supports minutes that divide an hour (5m, 10m, 15m, 20m, 30m), hours that divide a day (1h, 2h, 3h, 4h, 6h, 12h) and 1d. systemd and launchd support any interval."
      )
    }
  }

  static func begin(_ name: String) -> String { "# \(name): begin. Kept by `devin-sync schedule`." }
  static func end(_ name: String) -> String { "# \(name): end" }

  var lines: [String] {
    let variables = job.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.quotedForShell)" }
    let command = (variables + job.arguments.map(\.quotedForShell)).joined(separator: " ")
    // A percent sign begins the input of a command in a crontab.
    let line = "\(times) \(command)\(job.log.map { " >> \($0.quotedForShell) 2>&1" } ?? "")".replacing("%", with: "\\%")
    return [
      Self.begin(job.name),
      "# A successful run prints nothing. Output goes to \(job.log ?? "the mail of this user"). If another run is active, it ends with status 75.",
      line, Self.end(job.name),
    ]
  }
}

/// The user's crontab, read and written with the `crontab` program.
struct Crontab {
  var lines: [String]

  private static let limit = Duration.seconds(30)
  private static let program = "crontab"

  /// Whether this machine has the program.
  static var isAvailable: Bool { Program.exists(program) }
  /// What to say if it has not, as a clause.
  static let missing = "this machine has no program `\(program)`"

  /// Empty when the user has none.
  static func read() async throws -> Crontab {
    do {
      let text = String(
        decoding: try await Program(arguments: [program, "-l"], limit: limit, isQuiet: true).run(keepsOutput: true),
        as: UTF8.self)
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      if lines.last == "" { lines.removeLast() }
      return Crontab(lines: lines)
    } catch Program.Problem.failed(status: 1) {
      return Crontab(lines: [])
    } catch Program.Problem.notFound {
      throw Failure(.unavailable, "\(missing). Install cron, or name another scheduler with --as.")
    } catch let trouble as Program.Problem {
      throw Failure(.unavailable, "the crontab cannot be read: \(trouble.reason).")
    }
  }

  func write() async throws {
    do {
      try await Program(arguments: [Self.program, "-"], limit: Self.limit).run(
        input: Program.input(lines.map { $0 + "\n" }.joined()))
    } catch let trouble as Program.Problem {
      throw Failure(.unavailable, "the crontab was not changed: \(trouble.reason).")
    }
  }

  /// The lines of a block, including its marks.
  func block(_ name: String) -> Range<Int>? {
    guard let begin = lines.firstIndex(of: CronSchedule.begin(name)),
      let end = lines[begin...].firstIndex(of: CronSchedule.end(name))
    else { return nil }
    return begin..<(end + 1)
  }

  mutating func set(_ name: String, to new: [String]) {
    if let old = block(name) { lines.replaceSubrange(old, with: new) } else { lines += new }
  }
}
