import DevinPush
import DevinSync

/// Shows rows of `push sessions` and what became of them: one JSON object each on stdout, words for people on stderr.
enum SessionDisplay {
  private struct RowJSON: Encodable {
    let key, action, outcome: String
    let sessionId: String?
    var url: String?
    var title: String?
    let error: String?
  }

  static func show(_ item: SessionPlan.Item) throws {
    var (url, error): (String?, String?)
    let outcome: String
    switch item.decision {
    case .send: outcome = "planned"
    case .unchanged(_, let known): (outcome, url) = ("unchanged", known)
    case .open: (outcome, error) = ("open", "the outcome is unknown; --apply searches for it, and does not send it again")
    case .conflict(let why): (outcome, error) = ("conflict", why)
    case .blocked(let why): (outcome, error) = ("blocked", why)
    }
    try Console.printJSON(
      RowJSON(
        key: item.row.key, action: item.row.action.rawValue, outcome: outcome, sessionId: item.session, url: url,
        title: item.title,
        error: error))
  }

  static func show(_ result: SessionResult) throws {
    try Console.printJSON(
      RowJSON(
        key: result.row.key, action: result.row.action.rawValue, outcome: result.outcome.name, sessionId: result.session,
        url: result.url, error: result.outcome.detail))
    switch result.outcome {
    case .done, .unchanged: break
    default:
      Console.error("\(result.row.key): \(result.outcome.name.replacing("_", with: " ")): \(result.outcome.detail ?? "")")
    }
    if let why = result.markerTrouble { showMarker(result.row.key, why) }
  }

  private static func showMarker(_ key: String, _ why: String) {
    Console.warn("\(key): the session still has the tag by which it is looked for: \(why). The next run removes it.")
  }

  static func summarize(_ plan: SessionPlan) {
    let wishes = SessionRow.Action.allCases.compactMap { action in
      plan.sends(action) > 0 ? "\(plan.sends(action)) to \(action.words)" : nil
    }
    let others = plan.items.reduce(into: [String: Int]()) { $0[$1.decision.word, default: 0] += 1 }
    let counts = ["unchanged", "open", "conflict", "blocked"].compactMap { word in others[word].map { "\($0) \(word)" } }
    Console.say("Plan: \((wishes + counts).joined(separator: ", ")).")
  }

  static func question(_ plan: SessionPlan) -> String {
    let sessions = plan.sends(.create)
    guard sessions > 0 else { return "Send \(plan.sends.count.counted("row")) to Devin?" }
    let cost = plan.acus.map { "at most \(Int($0).grouped) ACUs together" } ?? "without a limit for all of them"
    let others = plan.sends.count - sessions
    let more = others > 0 ? ", and send \(others.counted("other row"))" : ""
    return "Start \(sessions.counted("session"))\(more)? Sessions cost money: \(cost)."
  }

  static func summarize(_ report: SessionReport) {
    for left in report.markersLeft { showMarker(left.key, left.why) }
    if !report.openElsewhere.isEmpty {
      let keys = report.openElsewhere.prefix(20).joined(separator: ", ")
      Console.warn("rows of another file are open: \(keys). Push that file again, or decide with --resolve.")
    }
    if report.wasCancelled { Console.error("interrupted; what was sent is in the journal, and the next run goes on.") }
    guard !report.wasDeclined else { return }
    let counts = report.results.reduce(into: [String: Int]()) { $0[$1.outcome.name, default: 0] += 1 }
    let names = ["done", "unchanged", "refused", "unread", "not_sent", "blocked", "conflict", "not_done", "open"]
    let text = names.compactMap { name in counts[name].map { "\($0) \(name.replacing("_", with: " "))" } }
    if !text.isEmpty { Console.say("\(text.joined(separator: ", ")).") }
  }
}

extension SessionRow.Action {
  fileprivate var words: String {
    switch self {
    case .create: "create"
    case .message: "send a message"
    case .tags: "tag"
    case .archive: "archive"
    case .terminate: "terminate"
    }
  }
}

extension SessionDecision {
  fileprivate var word: String {
    switch self {
    case .send: "planned"
    case .unchanged: "unchanged"
    case .open: "open"
    case .conflict: "conflict"
    case .blocked: "blocked"
    }
  }
}

extension SessionResult.Outcome {
  var status: ExitStatus {
    switch self {
    case .done, .unchanged, .notSent: .success
    case .refused(let error), .unread(let error): error.pushStatus
    case .blocked, .conflict, .open: .unusableData
    case .notDone: .unavailable
    }
  }

  /// Part of the interface.
  fileprivate var name: String {
    switch self {
    case .done: "done"
    case .unchanged: "unchanged"
    case .refused: "refused"
    case .unread: "unread"
    case .notSent: "not_sent"
    case .blocked: "blocked"
    case .conflict: "conflict"
    case .notDone: "not_done"
    case .open: "open"
    }
  }

  fileprivate var detail: String? {
    switch self {
    case .done, .unchanged: nil
    case .refused(let error): error.message
    case .unread(let error): "\(error.message). Nothing was sent"
    case .notSent(let why), .blocked(let why), .conflict(let why), .open(let why): why
    case .notDone(let error): "\(error.message). It was looked for, and is not done: push again"
    }
  }
}
