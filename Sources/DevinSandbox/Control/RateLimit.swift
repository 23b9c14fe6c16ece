/// A limit on requests to the API, as a bucket of tokens: each request takes one, and one that finds none is refused with 429.
struct RateLimit: Sendable {
  /// Tokens that come back each second.
  private let perSecond: Double
  /// The most that the bucket holds.
  private let burst: Double
  /// The header of a refusal; nil: it has none.
  private let retryAfter: String?
  private var tokens: Double
  private var filledAt: ContinuousClock.Instant

  /// - Parameter now: when the bucket is full.
  init(perSecond: Int, burst: Int, retryAfter: String?, now: ContinuousClock.Instant = .now) {
    self.perSecond = Double(perSecond)
    self.burst = Double(burst)
    self.retryAfter = retryAfter
    tokens = self.burst
    filledAt = now
  }

  /// Takes a token.
  /// - Returns: what befalls the request when there is none.
  mutating func take(at now: ContinuousClock.Instant = .now) -> Fault? {
    tokens = min(burst, tokens + perSecond * ((now - filledAt) / .seconds(1)))
    filledAt = now
    guard tokens >= 1 else { return .status(429, retryAfter: retryAfter) }
    tokens -= 1
    return nil
  }
}
