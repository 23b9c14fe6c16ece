/// Why a GET had no usable result: facts, grouped by what to do next. `message` makes a text of them.
public struct APIError: Error, Sendable, Hashable {
  /// What went wrong. The comment of each case gives its status or event.
  public enum Reason: Sendable, Hashable {
    /// 401: the key is missing, malformed, revoked or expired. No other request can succeed either.
    case unauthorized
    /// 403: the key is valid, but may not read this.
    case forbidden
    /// 404: no such object, a disabled feature, or a path that this deployment does not have.
    case notFound
    /// 400, 422 and every other status from 400 to 499 for which a retry is useless.
    case rejected
    /// 408, 409: a retry may succeed. The wait is the server's `Retry-After`; nil: it sent none.
    case busy(retryAfter: Duration?)
    /// 429: more requests than the server accepts. The request itself did not fail; the wait as above.
    case rateLimited(retryAfter: Duration?)
    /// 500 to 599.
    case server(retryAfter: Duration?)
    /// 300 to 399. Redirects are never followed, since the key would be sent to the target.
    case redirected(to: String)
    /// No connection, a broken one, or no answer in time. The text is from the network library.
    case connection(String)
    /// The server's identity could not be verified, so nothing was sent. The text says what is wrong with its certificate.
    case untrusted(String)
    /// Status 200 without one complete JSON document in UTF-8, such as HTML or a truncated answer.
    case notJSON(String)
    /// JSON whose shape differs from the API reference, such as missing `items`.
    case unexpectedShape(String)
    /// The body exceeds the limit; nothing of it was kept.
    case tooLarge(limit: Int)
    /// The task was cancelled while waiting.
    case cancelled
    /// Too many consecutive requests had failed, so this one was not sent.
    case unavailable
  }

  /// Decides whether the request is retried.
  public var reason: Reason
  /// Method and path without the query: `GET /v3/self`.
  public var endpoint: String
  /// Nil: there was no answer.
  public var status: Int?
  /// The server's text about the failure, without the key, shortened to a few hundred characters.
  public var detail: String?
  /// The server's `x-request-id`, for support requests.
  public var requestID: String?
  /// Number of requests sent, including retries.
  public var attempts: Int
  /// How long our own pacing delayed the last request; the server is not the cause of this time.
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

  /// The wait that the server asks for; nil: it sent none.
  package var retryAfter: Duration? {
    switch reason {
    case .busy(let wait), .rateLimited(let wait), .server(let wait): wait
    default: nil
    }
  }

  /// Whether the same request may succeed if it is retried.
  package var isWorthRetrying: Bool {
    switch reason {
    case .busy, .rateLimited, .server, .connection, .notJSON: true
    case .unauthorized, .forbidden, .notFound, .rejected, .redirected, .untrusted, .unexpectedShape, .tooLarge, .cancelled,
      .unavailable:
      false
    }
  }
}
