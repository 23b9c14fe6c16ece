import DevinPush
import DevinSync

/// Shows rows of `push sessions` and what became of them: one JSON object each on stdout, words for people on stderr.
enum SessionDisplay {
  static func show(_ item: SessionPlan.Item) throws {
    let advice = "; --apply searches for it, and does not send it again"
    let error = item.decision == .open ? item.decision.detail.map { $0 + advice } : nil
    try Console.printJSON(JSONObject(item, adding: ["error": error]))
  }

  static func show(_ result: SessionResult) throws {
    try Console.printJSON(result)
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
    let others = plan.items.reduce(into: [String: Int]()) { $0[$1.decision.name, default: 0] += 1 }
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

extension SessionResult.Outcome {
  var status: ExitStatus {
    switch self {
    case .done, .unchanged, .notSent: .success
    case .refused(let error), .unread(let error): error.pushStatus
    case .blocked, .conflict, .open: .unusableData
    case .notDone: .unavailable
    }
  }
}
