import DevinSandbox
import Foundation
import Testing
import TrialSupport

#if canImport(Glibc)
  import Glibc
#endif

/// Numbers and ids that only a faulty or a hostile server sends, in every member of every resource at once: a few rounds in
/// every test run, and as many as fit into `FUZZ_MINUTES` with `make fuzz`.
@Suite("Hostile answers", .timeLimit(.minutes(60)))
struct HostileAnswerFuzzTests {
  private static let minutes = ProcessInfo.processInfo.environment["FUZZ_MINUTES"].flatMap { Double($0) }

  private static let numbers = [
    "-9223372036854775808", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e308", "-1e308", "1e999",
    "-1e999", "-0", "-0.0", "0.5", "1700000000.5", "9007199254740993", "253402300800", "253402300799999", "-1", "1e15",
    "\"text\"",
    "\"\"", "\"9223372036854775807\"", "true", "null", "[]", "{}",
  ]

  /// Ids as JSON texts, based on an id from the sandbox and a number that makes them unique.
  private static let ids: [@Sendable (_ id: String, _ number: Int) -> String] = [
    { "\"\($0)\\ud800\($1)\"" }, { id, _ in "\"\(id)\\ud800\"" }, { "\"\\udc00\\ud800\($1)\"" }, { "\"\($0)\\u0000\($1)\"" },
    { id, _ in "\"\(id)\\u0000\"" }, { "\"\\u0000\($0)\($1)\"" }, { id, _ in "\"\\u00e9\(id)\"" },
    { id, _ in "\"e\\u0301\(id)\"" }, { "\"\($0)/../\($1)\"" }, { _, _ in "\"..\"" }, { _, _ in "\".\"" },
    { "\"\($0)?first=\($1)#\"" }, { id, number in "\"\(number)\(String(repeating: "x", count: 10_000))\"" },
    { id, _ in "\"\(id)%00%2f\"" }, { _, number in "\(number)" }, { _, number in "\(number).5" }, { _, _ in "true" },
    { _, _ in "null" },
    { id, _ in "[\"\(id)\"]" }, { id, _ in "{\"id\":\"\(id)\"}" }, { _, _ in "\"\"" }, { _, _ in "1e999" },
    { id, _ in "\" \(id)\\n\\u202e\"" }, { id, _ in "\"\(id)\"" },
  ]

  /// Commands that read the file, and change only what they created themselves.
  private static let reading: [[String]] =
    [
      ["status"], ["status", "--json"], ["stats"], ["stats", "--json"], ["verify", "--offline"], ["maintain"],
      ["changes", "--json"], ["feed", "--raw"], ["feed", "--as", "ndjson"],
      ["diff", "notes", "--since", "1d"], ["search", "the"], ["search", "the", "--json", "--context", "1"],
      ["export", "rows", "sessions", "--as", "csv"], ["query", "SELECT * FROM v_sessions", "--json"],
    ] + questions.map { ["query", $0] }

  private static let questions = [
    "acus-by-day", "acus-by-origin", "acus-by-playbook", "acus-by-repository", "acus-by-service-user", "acus-by-tag",
    "acus-by-user", "cost-per-merge", "failing-schedules", "forecast", "missed-schedules", "note-usefulness",
    "playbook-scoreboard", "pull-requests",
    "reconciliation", "secret-ages", "session-families", "waiting-now", "waits-for-people", "waste",
  ]

  private static func trial(
    _ body: @Sendable (_ command: Command, _ sandbox: Sandbox, _ requests: Int) async throws -> Void
  ) async throws {
    var scenario = SandboxScenario.brief
    scenario.principal = .enterpriseServiceUser
    scenario.sessions = 8
    scenario.messagesPerSession = 2
    try await Command.trial(scenario) { command, sandbox in
      let command = command.with(["DEVIN_ORG_ID": nil, "DEVIN_SYNC_TEST_CLOCK": "0"])
      #expect(try await command.bounded(["sync", "all"]).status == 0)
      let requests = sandbox.requests.count
      sandbox.forgetRequests()
      try await body(command, sandbox, requests)
    }
  }

  /// Two runs with answers changed by a spoiler, into a new file, followed by commands that read it.
  private static func play(
    _ spoiler: Spoiler, _ reading: [[String]], _ command: Command, _ sandbox: Sandbox, requests: Int, _ comment: Comment
  ) async throws {
    let file = command.folder.appendingPathComponent("\(UUID().uuidString).db").path
    defer { for end in ["", "-wal", "-shm", ".lock"] { try? FileManager.default.removeItem(atPath: file + end) } }
    let command = command.with(["DEVIN_SYNC_DATABASE": file])
    sandbox.rewriteAnswers { spoiler.rewrite($1, of: $0) }
    defer { sandbox.rewriteAnswers(nil) }
    for _ in 1...2 {
      let run = try await command.bounded(["sync", "all"])
      #expect([0, 65].contains(run.status), "\(comment): sync \(run.outcome)")
      #expect(sandbox.requests.count <= 3 * requests, "\(comment): \(sandbox.requests.count) requests")
      sandbox.forgetRequests()
    }
    sandbox.rewriteAnswers(nil)
    for arguments in reading {
      let answer = try await command.bounded(arguments)
      // An incomplete mirror is reported with status 65.
      let isSound = answer.status == 65 && arguments[0] == "verify" && answer.output.contains("is intact")
      #expect(answer.status == 0 || isSound, "\(comment): \(arguments) \(answer.outcome)")
    }
    // Invalid answers must not affect valid lists. Rows whose ids were changed stay in the mirror until their list is compared completely.
    // Their child lists cannot be read, which is reported with status 69.
    let first = try await command.bounded(["sync", "all"])
    #expect([0, 65, 69].contains(first.status), "\(comment): the next sync \(first.outcome)")
    let mended = try await command.bounded(["sync", "all", "--full", "--allow-mass-deletion"])
    #expect([0, 65].contains(mended.status), "\(comment): the whole sync after it \(mended.outcome)")
    sandbox.forgetRequests()
  }

  @Test("no number from a server crashes a command, makes it hang or damages the file")
  func numbers() async throws {
    try await Self.trial { command, sandbox, requests in
      let values = Self.numbers.map { value in { @Sendable (_: String, _: Int) in value } }
      let sound = [["verify", "--offline"], ["status"]]
      try await Self.rounds { round, random in
        switch round {
        case 0:
          try await Self.play(Spoiler(.numbers, values: values), Self.reading, command, sandbox, requests: requests, "in turn")
        case 1: try await Self.play(Spoiler(.totals, values: values), sound, command, sandbox, requests: requests, "totals")
        case 3..<3 + values.count:
          let value = Self.numbers[round - 3]
          try await Self.play(
            Spoiler(.numbers, values: [values[round - 3]]), Self.reading, command, sandbox, requests: requests, "\(value)")
        default:
          let spoiler = Spoiler(.numbers, values: values.shuffled(using: &random), every: Int.random(in: 1...6, using: &random))
          try await Self.play(spoiler, round == 2 ? sound : Self.reading, command, sandbox, requests: requests, "round \(round)")
        }
        return round == 2
      }
    }
  }

  @Test("no id from a server crashes a command, makes it hang or damages the file")
  func ids() async throws {
    try await Self.trial { command, sandbox, requests in
      let sound = [["verify", "--offline"], ["maintain"], ["status"]]
      try await Self.rounds { round, random in
        switch round {
        case 0:
          try await Self.play(Spoiler(.ids, values: Self.ids), Self.reading, command, sandbox, requests: requests, "in turn")
        case 2..<2 + Self.ids.count:
          let value = Self.ids[round - 2]
          try await Self.play(
            Spoiler(.ids, values: [value]), sound, command, sandbox, requests: requests, "\(value("id", 7).prefix(40))")
        default:
          let spoiler = Spoiler(.ids, values: Self.ids.shuffled(using: &random), every: Int.random(in: 1...6, using: &random))
          try await Self.play(spoiler, round == 1 ? sound : Self.reading, command, sandbox, requests: requests, "round \(round)")
        }
        return round == 1
      }
    }
  }

  /// Plays rounds from 0 on until the time is up or, without a time limit, until a round says that it was the last.
  private static func rounds(
    _ play: (_ round: Int, _ random: inout SeededGenerator) async throws -> Bool
  ) async throws {
    let began = ContinuousClock.now
    var round = 0
    while true {
      var random = SeededGenerator(seed: UInt64(round))
      let isLast = try await play(round, &random)
      if minutes != nil { print("hostile answers: round \(round) after \(began.duration(to: .now))") }
      if let minutes { if began.duration(to: .now) > .seconds(minutes * 60) { break } } else if isLast { break }
      round += 1
    }
  }
}

extension Command.Result {
  fileprivate var outcome: String { "ended with \(status): \(errors.prefix(2_000))" }
}

extension Command {
  /// Like `run`, for a command that may hang: it is killed after two minutes, and its status is the signal.
  fileprivate func bounded(_ arguments: [String]) async throws -> Result {
    let running = try start(arguments)
    let watchdog = Task {
      try await Task.sleep(for: .seconds(120))
      running.send(SIGKILL)
    }
    defer { watchdog.cancel() }
    return try await running.result()
  }
}

/// Replaces the values of members of JSON objects, byte by byte, so the result need not be valid JSON.
private struct Spoiler: Sendable {
  enum Members: Sendable { case numbers, totals, ids }

  private let members: Members
  private let values: [@Sendable (_ value: String, _ number: Int) -> String]
  private let every: Int

  /// - Parameters:
  ///   - values: new values for the first member, the second one, and so on, given the old value and its position in the answer.
  ///   - every: which share of the members is changed: each, every second one …
  init(_ members: Members, values: [@Sendable (String, Int) -> String], every: Int = 1) {
    self.members = members
    self.values = values
    self.every = every
  }

  func rewrite(_ body: [UInt8], of path: String) -> [UInt8] {
    // Without the key's owner, nothing would be read at all.
    if members == .ids, path.hasSuffix("/self") { return body }
    var result: [UInt8] = []
    var rest = body[...]
    var (name, number) = ("", 0)
    while let first = rest.first {
      let token = Self.token(of: rest)
      rest = rest[token.endIndex...]
      if first == UInt8(ascii: "\""), rest.first == UInt8(ascii: ":") {
        name = String(decoding: token.dropFirst().dropLast(), as: UTF8.self)
      } else if isWanted(name, first) {
        number += 1
        if number.isMultiple(of: every) {
          let value = String(decoding: token, as: UTF8.self).filter { $0 != "\"" }
          result += Array(values[(number / every + number) % values.count](value, number).utf8)
          name = ""
          continue
        }
        name = ""
      } else if first != UInt8(ascii: ":") {
        name = ""
      }
      result += token
    }
    return result
  }

  private func isWanted(_ name: String, _ first: UInt8) -> Bool {
    let isNumber = first == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    return switch members {
    case .numbers: !name.isEmpty && name != "total" && isNumber
    case .totals: name == "total" && isNumber
    case .ids:
      first == UInt8(ascii: "\"") && name != "org_id"
        && (name.hasSuffix("_id") || ["pr_url", "commit_sha", "event_type", "repository_path", "idp_group_name"].contains(name))
    }
  }

  /// A string, a number or a word, or a single byte.
  private static func token(of bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    guard let first = bytes.first else { return bytes }
    if first == UInt8(ascii: "\"") {
      var end = bytes.index(after: bytes.startIndex)
      while end < bytes.endIndex, bytes[end] != UInt8(ascii: "\"") {
        end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
      }
      return bytes[..<min(end + 1, bytes.endIndex)]
    }
    let delimiters = Array(",:{}[]\" \n".utf8)
    if delimiters.contains(first) { return bytes.prefix(1) }
    return bytes.prefix { !delimiters.contains($0) }
  }
}
