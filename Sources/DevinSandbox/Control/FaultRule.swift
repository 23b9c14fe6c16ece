/// Decides which requests a fault applies to. Rules are checked in order; the first that matches is used.
package struct FaultRule: Sendable, Hashable, Codable {
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
    (self.fault, self.path, self.query, self.method, self.skip, self.times) = (fault, path, query, method, skip, times)
  }

  /// The members that a control request may leave out.
  static let defaults: JSONObject = ["path": "", "skip": 0, "times": 1]

  /// Whether the rule applies to this request; counts the request if so.
  mutating func claims(_ method: String, path: String, query: String) -> Bool {
    let fits = self.path.hasSuffix("$") ? path.hasSuffix(self.path.dropLast()) : self.path.isEmpty || path.contains(self.path)
    guard times != 0, fits, self.method ?? method == method, self.query.map(query.contains) ?? true else { return false }
    if skip > 0 {
      skip -= 1
      return false
    }
    times = times.map { $0 - 1 }
    return true
  }
}
