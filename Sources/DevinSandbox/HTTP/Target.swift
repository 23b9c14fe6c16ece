/// The target of a request, taken apart.
struct Target: Sendable {
  /// As it came.
  let rawQuery: String
  /// The parts of the path, each decoded; a part may hold a slash.
  let parts: [String]
  /// The path, decoded.
  let path: String

  init(_ raw: String) {
    let halves = raw.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    rawQuery = halves.count > 1 ? String(halves[1]) : ""
    parts = halves[0].split(separator: "/").map(PercentCoding.decode)
    path = PercentCoding.decode(halves[0])
  }
}
