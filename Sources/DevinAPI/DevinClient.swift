package import DevinModel
import Synchronization

/// Reads Devin's API: one page or one object at a time, with retries, pacing and checks. It only sends GET requests.
package struct DevinClient: Sendable {
  let transport: any HTTPTransport
  let retry: Retry
  private let forms = FormMemory()
  package let meter: RequestMeter
  private let pacer: RequestPacer?

  package init(transport: any HTTPTransport, retry: Retry, meter: RequestMeter, pacer: RequestPacer? = nil) {
    self.transport = transport
    self.retry = retry
    self.meter = meter
    self.pacer = pacer
  }

  /// How many requests may be in flight now.
  package var window: Int { pacer?.window ?? 1 }

  /// Opens the network, passes a client to `body`, and closes the network again.
  /// - Parameter concurrency: the maximum number of requests in flight, 1 or more. Connections are opened when needed, one for each
  ///   request in flight.
  package static func withClient<Result>(
    address: APIAddress, route: NetworkRoute = NetworkRoute(), credential: Credential, concurrency: Int,
    limits: WireTransport.Limits = WireTransport.Limits(), time: TimeSource = .system, userAgent: String,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (DevinClient) async throws -> Result
  ) async throws -> Result {
    try await WireTransport.withTransport(to: address, by: route, connections: concurrency, limits: limits) { wire in
      let meter = RequestMeter()
      let authorizing = AuthorizingTransport(base: wire, credential: credential, userAgent: userAgent)
      let pacer = RequestPacer(limit: concurrency, time: time)
      let paced = PacedTransport(base: authorizing, pacer: pacer, meter: meter)
      let retry = Retry(time: time, budget: RetryBudget(), meter: meter)
      return try await body(DevinClient(transport: paced, retry: retry, meter: meter, pacer: pacer))
    }
  }

  /// One page of a list.
  /// - Parameters:
  ///   - key: the member of each row that is its key; nil: no positions of keys are wanted.
  ///   - cursor: nil for the first page; otherwise `next` of the previous page.
  package func page(
    of list: Endpoint, rows: RowLocation, key: String? = nil, paging: Paging, at cursor: PageCursor? = nil
  ) async throws(APIError) -> Page {
    var endpoint = list
    switch paging {
    case .cursor(let size):
      endpoint.query.append(QueryItem("first", "\(size)"))
      if let cursor { endpoint.query.append(QueryItem("after", cursor.rawValue)) }
    case .offset(let size):
      endpoint.query += [QueryItem("limit", "\(size)"), QueryItem("offset", "\(Paging.offset(at: cursor).first)")]
    case .single: break
    }
    let asked = endpoint
    return try await retry(asked) { () throws(APIError) in
      let response = try await send(asked)
      let document = try response.document(from: asked, rows: rows, key: key)
      if case .download(let name) = rows { return try await download(document.text, as: name, endpoint: asked) }
      guard document.envelope.rowCount <= paging.mostItems else {
        let what = "it holds \(document.envelope.rowCount) items, but at most \(paging.mostItems) are accepted at once"
        throw APIError(
          .unexpectedShape(what), endpoint: asked.description, status: response.status, requestID: response.requestID)
      }
      return Page(
        body: document.text, places: document.rows, rows: rows, rowCount: document.envelope.rowCount, cursor: cursor,
        next: try paging.next(after: document.envelope, at: cursor, endpoint: asked),
        total: document.envelope.total, date: response.date)
    }
  }

  /// One object; nil: the server answers that it does not exist (404).
  package func object(_ endpoint: Endpoint) async throws(APIError) -> Page? {
    do {
      return try await page(of: endpoint, rows: .object, paging: .single)
    } catch {
      if case .notFound = error.reason { return nil }
      throw error
    }
  }

  /// Sends the documented form of a path and, after its first 404, the other form; then keeps the form that worked.
  private func send(_ endpoint: Endpoint) async throws(APIError) -> APIResponse {
    let known = forms.form(for: endpoint)
    let form = known ?? .documented
    let first = try await transport.send(endpoint.request(as: form))
    guard known == nil else { return first }
    if first.status == 200 { forms.remember(.documented, for: endpoint) }
    guard first.status == 404, endpoint.path(as: .alternative) != endpoint.path else { return first }
    let second = try await transport.send(endpoint.request(as: .alternative))
    if second.status == 200 {
      forms.remember(.alternative, for: endpoint)
      return second
    }
    // While the other form is busy, the result is unknown; a 404 would mean that the object was deleted.
    return [408, 409, 429].contains(second.status) || second.status >= 500 ? second : first
  }
}

extension Endpoint {
  fileprivate func request(as form: Form) -> APIRequest {
    let path = path(as: form)
    return APIRequest(target: path + encodedQuery, endpoint: "GET \(path)")
  }
}

extension Paging {
  /// The maximum number of items in one answer: many times the requested number, since a server may use its own page size. A larger
  /// answer is not read at all.
  fileprivate var mostItems: Int {
    switch self {
    case .cursor(let size), .offset(let size): max(20 * size, 4_000)
    case .single: 20_000
    }
  }

  /// Where the list continues after a page; nil: at its end (reference 2.5).
  fileprivate func next(after page: Envelope, at cursor: PageCursor?, endpoint: Endpoint) throws(APIError) -> PageCursor? {
    switch self {
    case .single: return nil
    case .cursor:
      guard page.hasNextPage == true else { return nil }
      return PageCursor(rawValue: page.endCursor ?? "")
    case .offset(let size):
      let (first, before) = Self.offset(at: cursor)
      let (end, isTooFar) = first.addingReportingOverflow(page.rowCount)
      guard before >= 0, !isTooFar else { return nil }
      let goesOn = page.hasNextPage ?? page.total.map { end < $0 } ?? (page.rowCount >= size)
      // A page without a further row that announces more repeats its cursor, which no walk accepts as the end of the list.
      return goesOn ? PageCursor(rawValue: "\(max(end, before))") : nil
    }
  }

  /// The offset to request at a cursor, and the number of rows before that cursor. A cursor from the file may be any number.
  fileprivate static func offset(at cursor: PageCursor?) -> (first: Int, before: Int) {
    let before = cursor.flatMap { Int($0.rawValue) } ?? 0
    return (max(1, before) - 1, before)
  }
}

/// Which form of a path this deployment accepts. Paths below `/sessions/` share one entry, other paths have one each: consumption is
/// served by another part of the service.
private final class FormMemory: Sendable {
  private let known = Mutex<[String: Endpoint.Form]>([:])

  func form(for endpoint: Endpoint) -> Endpoint.Form? { known.withLock { $0[key(of: endpoint)] } }

  func remember(_ form: Endpoint.Form, for endpoint: Endpoint) { known.withLock { $0[key(of: endpoint)] = form } }

  private func key(of endpoint: Endpoint) -> String {
    endpoint.template.names.contains("devin_id") ? "{devin_id}" : endpoint.template.description
  }
}
