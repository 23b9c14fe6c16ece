import DevinPush
import DevinSync

/// Shows a plan and what became of it: for people, or as JSON lines.
struct PushDisplay: Sendable {
  let json: Bool

  func show(_ plan: PushPlan) throws {
    for change in plan.changes {
      if json {
        try Console.printJSON(change)
        continue
      }
      let diffs = change.diffs
      let key = change.key.map { " (\($0))" } ?? ""
      Console.print("\(change.decision.action) \(change.path)\(key)\(change.decision.reason.map { ": \($0)" } ?? "")")
      for remark in change.remarks { Console.print("  \(remark)") }
      for diff in diffs {
        diff.lines.forEach(Console.print)
        if diff.isCoarse {
          Console.say("devin-sync: \(change.path): too many differences to compare every line; some are shown as replaced")
        }
      }
    }
    guard !json else { return plan.notices.forEach(Console.say) }
    plan.notices.forEach(Console.print)
    let wishes = ["create", "update", "delete"].map { "\(plan.count($0)) to \($0)" }
    let others = ["conflict", "blocked"].compactMap { plan.count($0) > 0 ? "\(plan.count($0)) \($0)" : nil }
    Console.print(
      "Plan: \((wishes + others + ["\(plan.unedited + plan.count("unchanged")) unchanged"]).joined(separator: ", ")).")
  }

  /// What people have to do about files that no longer say what their objects are.
  func show(stale results: [PushResult]) {
    for result in results where result.isFileStale {
      Console.warn("\(result.change.path) was not updated after the push. `devin-sync export content` updates it.")
    }
  }

  func show(_ result: PushResult) throws {
    let change = result.change
    if json { return try Console.printJSON(result) }
    let key = result.key.map { " (\($0))" } ?? ""
    switch result.outcome {
    case .done: Console.print("\(change.decision.action)d \(change.path)\(key)")
    default:
      Console.error("\(change.path)\(key): \(result.outcome.name.replacing("_", with: " ")): \(result.outcome.detail ?? "")")
    }
  }
}

extension PushResult.Outcome {
  var status: ExitStatus {
    switch self {
    case .done: .success
    case .storedDifferently, .conflict: .unusableData
    case .refused(let error), .unread(let error): error.pushStatus
    case .notSent: .success
    case .notDone, .unknown: .unavailable
    }
  }
}
