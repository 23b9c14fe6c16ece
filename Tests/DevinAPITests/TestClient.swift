import DevinAPI
import DevinModel
import TestSupport

extension DevinClient {
  /// A client with a scripted transport, whose waits take no time.
  init(
    _ transport: any HTTPTransport, clock: ManualClock = ManualClock(), budget: RetryBudget = RetryBudget(),
    jitter: @escaping @Sendable () -> Double = { 1 }
  ) {
    let meter = RequestMeter()
    self.init(transport: transport, retry: Retry(time: clock.time, budget: budget, meter: meter, jitter: jitter), meter: meter)
  }

  func list(_ endpoint: Endpoint = Endpoint("/v3/list"), paging: Paging = .cursor(pageSize: 2), at cursor: String? = nil)
    async throws(APIError) -> Page
  {
    try await page(of: endpoint, rows: .member("items"), paging: paging, at: cursor.map(PageCursor.init))
  }

  /// Why a list could not be read; nil: it was read.
  func failure(_ endpoint: Endpoint = Endpoint("/v3/list")) async -> APIError? {
    do throws(APIError) {
      _ = try await list(endpoint)
      return nil
    } catch {
      return error
    }
  }
}
