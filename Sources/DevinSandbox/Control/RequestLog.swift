/// The requests that the API side of the sandbox received.
struct RequestLog: Sendable {
  private(set) var requests: [LoggedRequest] = []
  /// Requests by pattern, such as `/sessions/{id}/messages`. Always exact, but that patterns beyond
  /// the first thousand are counted as `other`.
  private(set) var counts: [String: Int] = [:]
  /// Requests that no longer found room in `requests`.
  private(set) var dropped = 0

  private(set) var total = 0

  static let capacity = 200_000

  mutating func note(_ request: LoggedRequest, pattern: String) {
    total += 1
    let isKnown = counts[pattern] != nil || counts.count < 1_000
    counts[isKnown ? pattern : "other", default: 0] += 1
    if requests.count < Self.capacity { requests.append(request) } else { dropped += 1 }
  }
}

/// A request as the sandbox saw it. Never holds a key.
package struct LoggedRequest: Sendable, Hashable, Codable {
  package var method: String
  /// Decoded.
  package var path: String
  /// As it came, without the question mark.
  package var query: String
  /// What was answered; 0: nothing was, the connection was reset or left hanging.
  package var status: Int
  /// Whether there was an `Authorization` header.
  package var isAuthorized: Bool

  enum CodingKeys: String, CodingKey {
    case method, path, query, status
    case isAuthorized = "authorization"
  }
}

/// Requests since the log was emptied, by pattern, such as `/sessions/{id}/messages`; ids, organization and version are left out.
package struct RequestCounts: Sendable, Hashable, Codable {
  package var total: Int
  package var counts: [String: Int]
  /// Requests missing from the list of requests, which is bounded.
  package var dropped: Int
}
