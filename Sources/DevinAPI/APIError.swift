/// Why a GET brought nothing that can be used: facts, sorted by what to do next. Its words are made elsewhere.
public struct APIError: Error, Sendable, Hashable {
  /// What went wrong. The cases say which status or event they stand for.
  public enum Reason: Sendable, Hashable {
    /// 401: the key is missing, malformed, revoked or expired. Nothing else will work either.
    case unauthorized
    /// 403: the key is good, but may not read this.
    case forbidden
    /// 404: no such object, a feature that is switched off, or a path this deployment does not have.
    case notFound
    /// 400, 422 and every other status from 400 to 499 that asking again cannot change.
    case rejected
    /// 408, 409: asking later can help. The wait is the server's wish, nil where it named none.
    case busy(retryAfter: Duration?)
    /// 429: more requests than the server takes. No failure of what was asked for; the wait as above.
    case rateLimited(retryAfter: Duration?)
    /// 500 to 599.
    case server(retryAfter: Duration?)
    /// 300 to 399. Never followed: the key would travel along.
    case redirected(to: String)
    /// No connection, a broken one, or no answer in time. The text is the network library's.
    case connection(String)
    /// The server did not prove who it is, so nothing was sent. The text says what its certificate lacks.
    case untrusted(String)
    /// Status 200 with something other than one whole JSON document in UTF-8: HTML, or a truncated answer.
    case notJSON(String)
    /// JSON of another shape than the reference's, such as `items` missing.
    case unexpectedShape(String)
    /// A body over the limit; nothing of it was kept.
    case tooLarge(limit: Int)
    /// The task was cancelled while waiting.
    case cancelled
    /// Too many requests in a row found no answer; this one was not sent.
    case unavailable
  }

  /// Decides whether the request is sent again.
  public var reason: Reason
  /// Method and path without the query: `GET /v3/self`.
  public var endpoint: String
  /// Nil when no answer came.
  public var status: Int?
  /// What the server said about it, the key taken out, at most a few hundred characters.
  public var detail: String?
  /// The server's `x-request-id`, for its support.
  public var requestID: String?
  /// Requests sent for this, retries included.
  public var attempts: Int
  /// How long our own pacing held the last of them back: no time that the server took.
  package var held = Duration.zero

  package init(
    _ reason: Reason, endpoint: String, status: Int? = nil, detail: String? = nil, requestID: String? = nil, attempts: Int = 1
  ) {
    self.reason = reason
    self.endpoint = endpoint
    self.status = status
    self.detail = detail
    self.requestID = requestID
    self.attempts = attempts
  }

  /// What the server wishes us to wait; nil where it said nothing.
  package var retryAfter: Duration? {
    switch reason {
    case .busy(let wait), .rateLimited(let wait), .server(let wait): wait
    default: nil
    }
  }

  /// Whether the same request may succeed a moment later.
  package var isWorthRetrying: Bool {
    switch reason {
    case .busy, .rateLimited, .server, .connection, .notJSON: true
    case .unauthorized, .forbidden, .notFound, .rejected, .redirected, .untrusted, .unexpectedShape, .tooLarge, .cancelled,
      .unavailable:
      false
    }
  }
}
