/// The requests that the API side of the sandbox received.
struct RequestLog: Sendable {
  private(set) var requests: [LoggedRequest] = []
  /// Number of requests by pattern, such as `/sessions/{id}/messages`. Always exact, except that patterns beyond
  /// the first thousand are counted as `other`.
  private(set) var counts: [String: Int] = [:]
  /// Number of requests that did not fit into `requests`.
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

/// A request as received by the sandbox. It never contains a key.
package struct LoggedRequest: Sendable, Hashable, Codable {
  package var method: String
  /// Decoded.
  package var path: String
  /// As received, without the question mark.
  package var query: String
  /// The status of the answer; 0: none, since the connection was reset or received no answer.
  package var status: Int
  /// Whether there was an `Authorization` header.
  package var isAuthorized: Bool

  enum CodingKeys: String, CodingKey {
    case method, path, query, status
    case isAuthorized = "authorization"
  }
}

/// Requests since the log was cleared, by pattern, such as `/sessions/{id}/messages`; without ids, organization and version.
package struct RequestCounts: Sendable, Hashable, Codable {
  package var total: Int
  package var counts: [String: Int]
  /// Number of requests missing in the list of requests, whose length is limited.
  package var dropped: Int
}
