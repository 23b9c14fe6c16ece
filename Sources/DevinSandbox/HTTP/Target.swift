/// The parsed target of a request.
struct Target: Sendable {
  /// As received.
  let rawQuery: String
  /// The parts of the path, each decoded; a part may contain a slash.
  let parts: [String]
  /// The path, decoded.
  let path: String

  /// The pattern under which requests to unknown paths are counted: the path after the organization, with `{id}` for ids.
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
