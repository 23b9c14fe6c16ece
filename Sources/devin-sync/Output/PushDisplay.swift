import DevinPush
import DevinSync

/// Shows a plan and what became of it: for people, or as JSON lines.
struct PushDisplay: Sendable {
  let json: Bool

  private struct ChangeJSON: Encodable {
    let action, resource: String
    let key: String?
    let file: String
    let orgId: String?
    /// Of an object that is made from another one: that one.
    let fromOrgId, fromKey: String?
    let reason: String?
    let remarks: [String]?
    let diff: String?
  }

  private struct ResultJSON: Encodable {
    let action, resource: String
    let key: String?
    let file, outcome: String
    let detail: String?
  }

  func show(_ plan: PushPlan) throws {
    for change in plan.changes {
      let diffs = change.diffs
      if json {
        let diff = diffs.flatMap(\.lines).joined(separator: "\n")
        try Console.printJSON(
          ChangeJSON(
            action: change.decision.action, resource: change.resource, key: change.key, file: change.path,
            orgId: change.scope == .enterprise ? nil : change.scope.organization, fromOrgId: change.fromOrganization,
            fromKey: change.fromKey, reason: change.decision.reason,
            remarks: change.remarks.isEmpty ? nil : change.remarks,
            diff: diff.isEmpty ? nil : diff))
        continue
      }
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
    if json {
      return try Console.printJSON(
        ResultJSON(
          action: change.decision.action, resource: change.resource, key: result.key, file: change.path,
          outcome: result.outcome.name,
          detail: result.outcome.detail))
    }
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

extension PushResult.Outcome {
  /// Part of the interface.
  fileprivate var name: String {
    switch self {
    case .done: "done"
    case .storedDifferently: "stored_differently"
    case .conflict: "conflict"
    case .refused: "refused"
    case .unread: "unread"
    case .notSent: "not_sent"
    case .notDone: "not_done"
    case .unknown: "unknown"
    }
  }

  fileprivate var detail: String? {
    switch self {
    case .done: nil
    case .storedDifferently(let members): "the server stored \(members.joined(separator: ", ")) in another way than it was sent"
    case .conflict(let why), .notSent(let why): why
    case .refused(let error): error.message
    case .unread(let error): "\(error.message). Nothing was sent"
    case .notDone(let error): "\(error.message). It was looked for, and is not done: push again"
    case .unknown(let error): "\(error.message). The outcome is unknown. The next push checks it first"
    }
  }
}
