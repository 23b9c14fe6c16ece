package import DevinModel
package import NIOCore

/// One GET request. Other methods cannot be expressed.
package struct APIRequest: Sendable {
  /// Percent-encoded path and query, starting with the first slash.
  package var target: String
  /// For messages: the path without its query.
  package var endpoint: String
  package var headers: [(name: String, value: String)]
  /// An address received from Devin, used instead of `target`. It is requested without the key, since it may lead to another host.
  package var download: String?
  /// Receives the body of a download if its status is 200; nil: the body becomes part of the response.
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

/// Receives a body piece by piece, so that it need not fit into memory. If it accepts no more, it records the reason itself.
package protocol BodySink: Sendable {
  /// A body begins, possibly again after a retry.
  /// - Parameter length: its announced size in bytes; nil: not announced.
  /// - Returns: whether to continue.
  func begin(length: Int?) -> Bool
  /// - Returns: whether to continue.
  func take(_ bytes: UnsafeRawBufferPointer) -> Bool
}

/// An answer, with any status.
package struct APIResponse: Sendable {
  package var status: Int
  /// The received headers among `usefulHeaders`, with names in lower case.
  package var headers: [String: String]
  package var body: ByteBuffer
  /// Number of bytes of the body that were written to a sink.
  package var sunk = 0
  /// The sink accepted no more, so it did not receive the complete body.
  package var wasDeclined = false
  /// How long our own pacing delayed the request.
  package var held = Duration.zero

  package init(status: Int, headers: [String: String] = [:], body: ByteBuffer = ByteBuffer()) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  static let usefulHeaders = ["content-type", "date", "location", "retry-after", "x-request-id"]

  package var requestID: String? { headers["x-request-id"] }
  package var date: UnixTime? { headers["date"].flatMap { UnixTime(httpDate: $0) } }

  /// The wait that the server asks for: seconds, or a date compared with the answer's own `Date`. Nil: it asks for none.
  package var retryAfter: Duration? {
    guard let text = headers["retry-after"] else { return nil }
    if let seconds = Double(text), seconds.isFinite { return .seconds(max(0, min(seconds, 1e9))) }
    guard let until = UnixTime(httpDate: text) else { return nil }
    return .seconds(max(0, until.rawValue - (date ?? .now).rawValue))
  }
}

/// A layer between the client and the server. Each has one task and passes the request on.
package protocol HTTPTransport: Sendable {
  func send(_ request: APIRequest) async throws(APIError) -> APIResponse
}
