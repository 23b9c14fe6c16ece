/// The target of a request, taken apart.
struct Target: Sendable {
  /// As it came.
  let rawQuery: String
  /// The parts of the path, each decoded; a part may hold a slash.
  let parts: [String]
  /// The path, decoded.
  let path: String

  /// What requests to unknown paths are counted by: the path behind the organization, ids as `{id}`.
  var pattern: String {
    let isOfOrganization = parts.count > 3 && parts[1] == "organizations"
    let kept = isOfOrganization ? parts.dropFirst(3) : parts[...]
    return "/"
      + kept.map { part in part.count >= 20 || part.contains("|") || Int(part) != nil ? "{id}" : part }.joined(separator: "/")
  }

  init(_ raw: String) {
    let halves = raw.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    rawQuery = halves.count > 1 ? String(halves[1]) : ""
    parts = halves[0].split(separator: "/").map(PercentCoding.decode)
    path = PercentCoding.decode(halves[0])
  }
}
