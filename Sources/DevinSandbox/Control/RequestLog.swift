/// The requests that the API side of the sandbox received.
struct RequestLog: Sendable {
  private(set) var requests: [LoggedRequest] = []
  private(set) var summary = RequestCounts()

  static let capacity = 200_000

  mutating func note(_ request: LoggedRequest, pattern: String) {
    summary.total += 1
    let isKnown = summary.counts[pattern] != nil || summary.counts.count < 1_000
    summary.counts[isKnown ? pattern : "other", default: 0] += 1
    if requests.count < Self.capacity { requests.append(request) } else { summary.dropped += 1 }
  }
}

/// A request as received by the sandbox. It never contains a key.
package struct LoggedRequest: Sendable, Hashable, Encodable {
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

/// Requests since the log was cleared.
package struct RequestCounts: Sendable, Hashable, Encodable {
  package var total = 0
  /// By pattern, such as `/sessions/{id}/messages`; without ids, organization and version. Always exact, except that patterns
  /// beyond the first thousand are counted as `other`.
  package var counts: [String: Int] = [:]
  /// Number of requests missing in the list of requests, whose length is limited.
  package var dropped = 0
}
