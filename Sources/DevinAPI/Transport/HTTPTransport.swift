package import DevinModel
package import NIOCore

/// One GET on its way. Nothing but GET can be said.
package struct APIRequest: Sendable {
  /// Percent-encoded path and query, from the first slash on.
  package var target: String
  /// For messages: the path without its query.
  package var endpoint: String
  package var headers: [(name: String, value: String)]
  /// An address that Devin gave, in place of `target`. It is asked without the key: it may lead to another host.
  package var download: String?
  /// Where the body of a download goes if its status is 200; nil: into the response.
  package var sink: (any BodySink)?

  package init(
    target: String, endpoint: String, headers: [(name: String, value: String)] = [], download: String? = nil,
    sink: (any BodySink)? = nil
  ) {
    self.target = target
    self.endpoint = endpoint
    self.headers = headers
    self.download = download
    self.sink = sink
  }
}

/// Takes a body piece by piece, so that it need not fit into memory. It knows by itself why it takes no more.
package protocol BodySink: Sendable {
  /// A body begins, also one that is sent again from its beginning.
  /// - Parameter length: its bytes, as announced; nil: they were not.
  /// - Returns: whether it is wanted.
  func begin(length: Int?) -> Bool
  /// - Returns: whether more is wanted.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool
}

/// What came back, whatever its status.
package struct APIResponse: Sendable {
  package var status: Int
  /// Those of `usefulHeaders` that came, names in lower case.
  package var headers: [String: String]
  package var body: ByteBuffer
  /// Bytes of the body that went into a sink.
  package var sunk = 0
  /// The sink wanted no more, so that it did not get the whole body.
  package var wasDeclined = false
  /// How long our own pacing held the request back before it was sent.
  package var held = Duration.zero

  package init(status: Int, headers: [String: String] = [:], body: ByteBuffer = ByteBuffer()) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  static let usefulHeaders = ["content-type", "date", "location", "retry-after", "x-request-id"]

  package var requestID: String? { headers["x-request-id"] }
  package var date: UnixTime? { headers["date"].flatMap { UnixTime(httpDate: $0) } }

  /// The wait the server asks for: seconds, or a date read against the answer's own clock. Nil: it asks for none.
  package var retryAfter: Duration? {
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = Double(text), seconds.isFinite { return .seconds(max(0, min(seconds, 1e9))) }
    guard let until = UnixTime(httpDate: text) else { return nil }
    return .seconds(max(0, until.rawValue - (date ?? .now).rawValue))
  }
}

/// A step on the way to the server. Each does one job and passes the request on.
package protocol HTTPTransport: Sendable {
  func send(_ request: APIRequest) async throws(APIError) -> APIResponse
}
