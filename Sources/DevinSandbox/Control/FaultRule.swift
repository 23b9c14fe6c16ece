/// Decides which requests a fault applies to. Rules are checked in order; the first that matches is used.
package struct FaultRule: Sendable, Hashable {
  /// Part of the decoded path or, with a `$` at the end, its end; empty: every path.
  package var path: String
  /// Part of the query as received; nil: every query.
  package var query: String?
  /// Such as `POST`; nil: every method.
  package var method: String?
  /// Number of matching requests that are not affected first.
  package var skip: Int
  /// Number of requests that are affected after those; nil: all.
  package var times: Int?
  package var fault: Fault

  package init(
    _ fault: Fault, path: String = "", query: String? = nil, method: String? = nil, skip: Int = 0, times: Int? = 1
  ) {
    self.fault = fault
    self.path = path
    self.query = query
    self.method = method
    self.skip = skip
    self.times = times
  }

  /// Whether the rule applies to this request; counts the request if so.
  mutating func claims(_ method: String, path: String, query: String) -> Bool {
    guard times != 0, fits(path), self.method == nil || self.method == method else { return false }
    if let wanted = self.query, !query.contains(wanted) { return false }
    if skip > 0 {
      skip -= 1
      return false
    }
    times = times.map { $0 - 1 }
    return true
  }

  private func fits(_ path: String) -> Bool {
    if self.path.hasSuffix("$") { return path.hasSuffix(self.path.dropLast()) }
    return self.path.isEmpty || path.contains(self.path)
  }
}

extension FaultRule: Codable {
  private enum CodingKeys: String, CodingKey { case path, query, method, skip, times, fault }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let times = container.contains(.times) ? try container.decode(Int?.self, forKey: .times) : 1
    self.init(
      try container.decode(Fault.self, forKey: .fault), path: try container.decodeIfPresent(String.self, forKey: .path) ?? "",
      query: try container.decodeIfPresent(String.self, forKey: .query),
      method: try container.decodeIfPresent(String.self, forKey: .method),
      skip: try container.decodeIfPresent(Int.self, forKey: .skip) ?? 0, times: times)
  }
}
