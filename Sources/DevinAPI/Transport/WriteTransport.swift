import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import NIOPosix

/// One request that changes something. A type of its own: what reads the API is given a transport that cannot say it.
package struct WriteRequest: Sendable {
  package enum Method: String, Sendable {
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
  }

  package let method: Method
  /// Percent-encoded path.
  package let path: String
  /// JSON; nil: the request has no body.
  package let body: String?

  package init(_ method: Method, _ path: String, body: String? = nil) {
    self.method = method
    self.path = path
    self.body = body
  }

  /// Method and path, for messages.
  package var description: String { "\(method.rawValue) \(path)" }
}

/// A way to the server for requests that change something.
package protocol WriteTransport: Sendable {
  /// Sends it once.
  /// - Throws: `WriteFailure` when there is no answer.
  func send(_ request: WriteRequest) async throws(WriteFailure) -> APIResponse
}

/// Why a request that changes something has no answer.
package struct WriteFailure: Error, Sendable {
  /// Whether the server may have got it all the same.
  package let mayHaveArrived: Bool
  package let error: APIError

  package init(_ error: APIError, mayHaveArrived: Bool) {
    self.error = error
    self.mayHaveArrived = mayHaveArrived
  }
}

extension WireTransport {
  /// Each write has a connection of its own: on one that is used again, nobody could tell a connection that was closed before the request
  /// from one that was closed after it. Redirects are not followed.
  fileprivate func write(
    _ request: WriteRequest, headers: [(name: String, value: String)]
  ) async throws(WriteFailure) -> APIResponse {
    let deadline = NIODeadline.now() + TimeAmount(limits.attempt)
    var wire = HTTPClientRequest(url: address.description + request.path)
    wire.method = .init(rawValue: request.method.rawValue)
    for header in headers { wire.headers.add(name: header.name, value: header.value) }
    wire.headers.add(name: "Connection", value: "close")
    if let body = request.body {
      wire.headers.add(name: "Content-Type", value: "application/json")
      wire.body = .bytes(ByteBuffer(string: body))
    }
    do {
      return try await response(from: fresh.execute(wire, deadline: deadline), until: deadline)
    } catch {
      let reason = reason(for: error)
      throw WriteFailure(
        APIError(reason, endpoint: request.description), mayHaveArrived: !Self.isBeforeSending(error, reason))
    }
  }

  /// Whether an error means that no connection came about, so that nothing was sent.
  private static func isBeforeSending(_ error: any Error, _ reason: APIError.Reason) -> Bool {
    if case .untrusted = reason { return true }
    return switch error {
    case is NIOConnectionError, is UnknownHost: true
    case let failure as HTTPClientError:
      [
        .connectTimeout, .tlsHandshakeTimeout, .httpProxyHandshakeTimeout, .socksHandshakeTimeout, .proxyAuthenticationRequired,
      ].contains(failure)
    default: false
    }
  }
}

/// Gives each write the key, and takes the key out of each answer.
package struct AuthorizingWriteTransport: WriteTransport {
  private let base: WireTransport
  private let credential: Credential
  private let userAgent: String

  init(base: WireTransport, credential: Credential, userAgent: String) {
    self.base = base
    self.credential = credential
    self.userAgent = userAgent
  }

  package func send(_ request: WriteRequest) async throws(WriteFailure) -> APIResponse {
    var response = try await base.write(
      request,
      headers: [
        ("User-Agent", userAgent), ("Authorization", "Bearer \(credential.key)"), ("Accept", "application/json"),
      ])
    credential.remove(from: &response)
    return response
  }
}
