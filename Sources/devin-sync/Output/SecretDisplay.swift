import DevinPush
import DevinSync

/// Shows a plan of secrets and what became of it: for people, or as JSON lines.
struct SecretDisplay: Sendable {
  let json: Bool

  func show(_ plan: SecretPlan) throws {
    for item in plan.items {
      if json {
        try Console.printJSON(item)
        continue
      }
      let ids = item.decision.replaced.map { ": a new one, and then \($0.joined(separator: ", ")) goes" } ?? ""
      let hint = item.decision == .exists ? ": the organization has it; --replace replaces it" : ""
      Console.print("\(item.decision.action) \(item.entry.key) (\(item.entry.type))\(ids)\(hint)")
    }
    guard !json else { return }
    let counts = ["create", "replace", "exists"].compactMap { action in
      let count = plan.items.count { $0.decision.action == action }
      return count > 0 ? "\(count) \(action == "exists" ? "there already" : "to \(action)")" : nil
    }
    Console.print("Plan: \(counts.joined(separator: ", ")).")
  }

  func show(_ result: SecretResult) throws {
    if json {
      try Console.printJSON(result)
    } else if result.outcome == .done {
      Console.print("\(result.decision.action)d \(result.entry.key)\(result.id.map { " (\($0))" } ?? "")")
    } else if let detail = result.outcome.detail {
      Console.error("\(result.entry.key): \(result.outcome.name.replacing("_", with: " ")): \(detail)")
    }
    if case .refused(let error) = result.outcome, case .replace = result.decision, [400, 409, 422].contains(error.status),
      !result.isMissing
    {
      Console.warn(
        "\(result.entry.key): the old secret is kept. If the service takes no second one of the name, --allow-gap deletes the old one first."
      )
    }
    if result.isMissing {
      Console.error(
        "\(result.entry.key): THE SECRET IS MISSING NOW: the old one was deleted, and the new one was not made. Push again.")
    }
  }
}

extension SecretResult.Outcome {
  var status: ExitStatus {
    switch self {
    case .done, .exists: .success
    case .refused(let error), .unread(let error): error.pushStatus
    case .notSent, .conflict: .unusableData
    case .notDone, .unknown: .unavailable
    }
  }
}
