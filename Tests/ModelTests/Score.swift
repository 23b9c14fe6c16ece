/// Statistics of the games.
struct Score: Sendable {
  var seeds = 0
  var operations = 0
  var runs = 0
  var kills = 0
  var readers = 0
  var upgrades = 0
  /// How many times the program's claims about the mirror were checked.
  var statements = 0
  var verifications = 0
  /// By name of the point; only those that were reached.
  var crashes: [String: Int] = [:]
  /// By name of the fault; only those that affected a request.
  var faults: [String: Int] = [:]
  var edits = 0
  var statuses: [Int32: Int] = [:]

  static func + (left: Score, right: Score) -> Score {
    var sum = left
    sum.seeds += right.seeds
    sum.operations += right.operations
    sum.runs += right.runs
    sum.kills += right.kills
    sum.readers += right.readers
    sum.upgrades += right.upgrades
    sum.statements += right.statements
    sum.verifications += right.verifications
    sum.crashes.merge(right.crashes, uniquingKeysWith: +)
    sum.faults.merge(right.faults, uniquingKeysWith: +)
    sum.edits += right.edits
    sum.statuses.merge(right.statuses, uniquingKeysWith: +)
    return sum
  }

  var line: String {
    """
    \(seeds) seeds, \(operations) operations, \(edits) edits, \(runs) runs, \(kills) kills, \
    \(crashes.values.reduce(0, +)) crashes, \(faults.values.reduce(0, +)) faults, \(readers) readers, \
    \(upgrades) upgrades, \(statements) times asked for statements, \(verifications) times verified
    """
  }

  var details: String {
    func list<Key: Comparable>(_ counts: [Key: Int]) -> String {
      counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    }
    return "crashes: \(list(crashes))\nfaults: \(list(faults))\nstatuses: \(list(statuses))"
  }
}
