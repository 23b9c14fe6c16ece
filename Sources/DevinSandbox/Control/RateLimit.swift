/// A limit on requests to the API, as a token bucket: each request takes one token, and is refused with 429 if there is none.
struct RateLimit: Sendable {
  /// Tokens added per second.
  private let perSecond: Double
  /// The capacity of the bucket.
  private let burst: Double
  /// The `Retry-After` header of a refusal; nil: none.
  private let retryAfter: String?
  private var tokens: Double
  private var filledAt: ContinuousClock.Instant

  /// - Parameter now: the time at which the bucket is full.
  init(perSecond: Int, burst: Int, retryAfter: String?, now: ContinuousClock.Instant = .now) {
    self.perSecond = Double(perSecond)
    self.burst = Double(burst)
    self.retryAfter = retryAfter
    tokens = self.burst
    filledAt = now
  }

  /// Takes a token.
  /// - Returns: the fault to apply if there is no token.
  mutating func take(at now: ContinuousClock.Instant = .now) -> Fault? {
    tokens = min(burst, tokens + perSecond * ((now - filledAt) / .seconds(1)))
    filledAt = now
    guard tokens >= 1 else { return .status(429, retryAfter: retryAfter) }
    tokens -= 1
    return nil
  }
}
