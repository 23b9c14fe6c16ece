import DevinSync

/// How far a resource is.
struct Advance: Hashable {
  /// What is done, and what there is to do; nil: the total is unknown.
  let done: Int
  let total: Int?
  /// Whether the total will not grow.
  let isFinal: Bool
  /// What is counted, such as `sessions`; nil: rows.
  let unit: String?

  init(done: Int, total: Int?, isFinal: Bool, unit: String?) {
    self.done = done
    self.total = total
    self.isFinal = isFinal
    self.unit = unit
  }

  /// Lists below rows are counted by these rows, of which more may be found until their own list is complete.
  init(of resource: ResourceProgress, in progress: SyncProgress) {
    let parents = Catalogue.resource(named: resource.resource)?.parents?.resource
    if resource.parentsFound > 0 {
      let areKnown = progress.resources.first { $0.resource == parents }?.isFinished ?? true
      self.init(
        done: resource.parentsDone, total: resource.parentsFound, isFinal: areKnown, unit: parents?.replacing("_", with: " "))
    } else {
      self.init(done: resource.counts.rows, total: resource.total, isFinal: true, unit: nil)
    }
  }

  /// Below this part, and before this time, the rest of the time would be a guess.
  private static let least = 0.02
  private static let soonest = Duration.seconds(3)

  /// From 0 to 1; nil: the total is unknown, or may grow.
  var fraction: Double? {
    guard let total, total > 0, isFinal else { return nil }
    return min(1, Double(done) / Double(total))
  }

  /// Nil: unknown.
  func remaining(after elapsed: Duration) -> Duration? {
    guard let fraction, fraction >= Self.least, elapsed >= Self.soonest else { return nil }
    return .seconds(Int64((elapsed.inSeconds * (1 - fraction) / fraction).rounded(.up)))
  }

  /// ` of 1,200  45 %  2 min left`, to be put after the number of rows.
  func text(after elapsed: Duration) -> String {
    guard let total else { return "" }
    var text = unit.map { "  \(done.grouped) of \(total.grouped) \($0)" } ?? " of \(total.grouped)"
    if let fraction { text += "  \(Int((fraction * 100).rounded(.down))) %" }
    if let remaining = remaining(after: elapsed), remaining > .zero { text += "  \(remaining.inWholeUnits) left" }
    return text
  }
}
