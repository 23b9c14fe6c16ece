import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOPosix
import NIOSSL
import Synchronization

/// The network: one GET, one answer, with a complete and decompressed body. It does not follow redirects.
package struct WireTransport: HTTPTransport {
  package struct Limits: Sendable {
    package var connect = Duration.seconds(5)
    /// From sending the request to the last byte of the answer.
    package var attempt = Duration.seconds(60)
    /// Decoded size of a body; a single message may have 10 MB.
    package var bodyBytes = 64 << 20
    /// How long a server may keep its connection open after a content, although it was asked to close it.
    package var closing = Duration.milliseconds(500)

    package init() {}
  }

  private let client: HTTPClient
  /// Opens a connection for each request, and closes it afterwards.
  let fresh: HTTPClient
  /// Whether any request has been answered, so that connections may be reused.
  private let hasAnswered = Answered()
  let address: APIAddress
  let limits: Limits
  let route: NetworkRoute
  /// The network from which the API can be reached, according to its connections.
  let peers: Peers
  let contents: ContentClients
  /// The maximum number of requests in flight.
  let connections: Int

  /// One event loop: with the few connections of a mirror, a second one costs more in wake-ups than it gains.
  static let loop = MultiThreadedEventLoopGroup.singleton.any()

  /// Opens the network, passes it to `body`, and closes it in any case.
  package static func withTransport<Result>(
    to address: APIAddress, by route: NetworkRoute = NetworkRoute(), connections: Int, limits: Limits = Limits(),
    isolation: isolated (any Actor)? = #isolation,
    _ body: (WireTransport) async throws -> Result
  ) async throws -> Result {
    let peers = Peers()
    let configuration = HTTPClient.Configuration(route, limits: limits, connections: connections) { peer in
      // A proxy's address says nothing about that of the API.
      if route.proxy == nil { peers.note(peer) }
    }
    return try await HTTPClient.withHTTPClient(eventLoopGroup: loop, configuration: configuration) { client in
      try await HTTPClient.withHTTPClient(eventLoopGroup: loop, configuration: configuration) { fresh in
        let contents = ContentClients()
        let transport = WireTransport(
          client: client, fresh: fresh, address: address, limits: limits, route: route, peers: peers, contents: contents,
          connections: connections)
        do {
          let result = try await body(transport)
          await contents.close()
          return result
        } catch {
          await contents.close()
          throw error
        }
      }
    }
  }

  package func send(_ request: APIRequest) async throws(APIError) -> APIResponse {
    let deadline = NIODeadline.now() + TimeAmount(limits.attempt)
    do {
      var wire = HTTPClientRequest(url: request.download ?? address.description + request.target)
      for header in request.headers { wire.headers.add(name: header.name, value: header.value) }
      if let sink = request.sink { return try await download(wire, into: sink, until: deadline) }
      wire.headers.add(name: "Accept-Encoding", value: "gzip")
      if request.download != nil { return try await download(wire, until: deadline) }
      return try await response(from: head(of: wire, until: deadline), until: deadline)
    } catch let refusal as RefusedAddress {
      throw APIError(.unexpectedShape(refusal.message), endpoint: request.endpoint, status: 200)
    } catch let refusal as RefusedBody {
      throw APIError(.unexpectedShape(refusal.message), endpoint: request.endpoint, status: 200)
    } catch {
      throw APIError(reason(for: error), endpoint: request.endpoint)
    }
  }

  /// Reads the rest of an answer that has begun.
  func response(from answer: HTTPClientResponse, until deadline: NIODeadline) async throws -> APIResponse {
    let declared = answer.headers.first(name: "content-length").flatMap(Int.init) ?? 0
    if declared > limits.bodyBytes { throw NIOTooManyBytesError(maxBytes: limits.bodyBytes) }
    let body = try await collect(answer.body, until: deadline)
    var headers: [String: String] = [:]
    for name in APIResponse.usefulHeaders { headers[name] = answer.headers.first(name: name) }
    return APIResponse(status: Int(answer.status.code), headers: headers, body: body)
  }

  /// Reads the complete body. The HTTP client's deadline ends with the head, and its time limit for reading starts again with each part. So
  /// a server that sends byte by byte could otherwise occupy the request for as long as it likes.
  private func collect(_ body: HTTPClientResponse.Body, until deadline: NIODeadline) async throws -> ByteBuffer {
    var whole = ByteBuffer()
    for try await var part in body {
      guard .now() < deadline else { throw HTTPClientError.deadlineExceeded }
      guard whole.readableBytes + part.readableBytes <= limits.bodyBytes else {
        throw NIOTooManyBytesError(maxBytes: limits.bodyBytes)
      }
      if whole.readableBytes == 0 { whole = part } else { whole.writeBuffer(&part) }
    }
    return whole
  }

  /// Reads the head of an answer. A server may silently close a connection after an answer, which is noticed only when it is
  /// reused. Nothing of the request was answered then, so it is sent again at once, on a new connection.
  private func head(of request: HTTPClientRequest, until deadline: NIODeadline) async throws -> HTTPClientResponse {
    do {
      let answer = try await client.execute(request, deadline: deadline)
      hasAnswered.note()
      return answer
    } catch {
      guard hasAnswered.value, Self.isLostConnection(error) else { throw error }
      var request = request
      request.headers.replaceOrAdd(name: "Connection", value: "close")
      return try await fresh.execute(request, deadline: deadline)
    }
  }

  /// Whether an error in the middle of a body means that the other side ended the connection.
  static func isEnd(_ error: any Error) -> Bool { isLostConnection(error) || error is HTTPParserError }

  /// Whether an error means that the other side closed an open connection.
  private static func isLostConnection(_ error: any Error) -> Bool {
    switch error {
    case let failure as HTTPClientError: failure == .remoteConnectionClosed
    case let failure as IOError: [ECONNRESET, EPIPE, ECONNABORTED, ENOTCONN].contains(failure.errnoCode)
    case let failure as ChannelError: [.ioOnClosedChannel, .alreadyClosed, .outputClosed, .eof].contains(failure)
    case let failure as NIOSSLError: if case .uncleanShutdown = failure { true } else { false }
    default: false
    }
  }

  func reason(for error: any Error) -> APIError.Reason {
    switch error {
    case is CancellationError: .cancelled
    case let failure as HTTPClientError: reason(for: failure)
    case is NIOTooManyBytesError: .tooLarge(limit: limits.bodyBytes)
    case let failure as NIOHTTPDecompression.DecompressionError where failure == .limit: .tooLarge(limit: limits.bodyBytes)
    case let refusal as ResponseGuard.Refusal: .connection(refusal.message)
    case let failure as ShortBody: .connection(failure.message)
    case let failure as UnknownHost: .connection(failure.message)
    case let failure as NIOConnectionError: .connection(Self.text(for: failure))
    case let failure as IOError: .connection(Self.text(for: failure))
    case let failure as NIOSSLError: Self.reason(for: failure)
    case let failure as NIOSSLExtraError where failure == .failedToValidateHostname:
      .untrusted("its certificate is for another host")
    default: .connection("\(error)")
    }
  }

  private func reason(for failure: HTTPClientError) -> APIError.Reason {
    switch failure {
    case .cancelled where Task.isCancelled: .cancelled
    case .deadlineExceeded, .readTimeout: .connection("no complete response within \(limits.attempt)")
    case .connectTimeout: .connection("no connection within \(limits.connect)")
    case .remoteConnectionClosed: .connection("the server closed the connection")
    case .proxyAuthenticationRequired: .connection("the proxy did not accept the user name and password")
    case .httpProxyHandshakeTimeout, .socksHandshakeTimeout: .connection("the proxy did not answer in time")
    case .tlsHandshakeTimeout: .connection("no encrypted connection within \(limits.connect)")
    default: .connection("\(failure)")
    }
  }

  private static func reason(for failure: NIOSSLError) -> APIError.Reason {
    let text = "\(failure)"
    guard case .handshakeFailed = failure else {
      return .connection("the encrypted connection could not be set up: \(text)")
    }
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return .untrusted("its certificate is expired, or not signed by a certificate authority that this machine trusts")
    }
    if text.contains("UNSUPPORTED_PROTOCOL") || text.contains("ALERT_PROTOCOL_VERSION") {
      return .untrusted("it offers neither TLS 1.2 nor TLS 1.3")
    }
    return .connection("the encrypted connection could not be set up: \(text)")
  }

  private static func text(for failure: IOError) -> String { String(cString: strerror(failure.errnoCode)) }

  /// The cause of a failed connection, without the library's list of all attempts.
  private static func text(for failure: NIOConnectionError) -> String {
    if let cause = failure.connectionErrors.first {
      let text = (cause.error as? IOError).map(Self.text) ?? "\(cause.error)"
      return "\(failure.host):\(failure.port): \(text)"
    }
    return "the address of \(failure.host) could not be found"
  }
}

private final class Answered: Sendable {
  private let state = Mutex(false)

  var value: Bool { state.withLock(\.self) }
  func note() { state.withLock { $0 = true } }
}

/// The network from which the hosts at the API's address can be reached.
final class Peers: Sendable {
  private let state = Mutex<AddressReach?>(nil)

  /// If they differ, the widest; if nothing is known, `everywhere`.
  var reach: AddressReach { state.withLock(\.self) ?? .everywhere }

  func note(_ peer: SocketAddress?) {
    guard let peer else { return }
    state.withLock { $0 = max($0 ?? .machine, AddressReach(of: peer)) }
  }
}

extension HTTPClient.Configuration {
  /// The configuration shared by all our clients.
  ///
  /// Only HTTP/1.1: the library does not limit what an HTTP/2 server sends besides answers, so that settings, pings or empty
  /// frames could take gigabytes of memory. Nothing is lost: with 64 requests in flight and a latency of 50 ms, 64 connections
  /// transfer more pages per second than the streams of one.
  /// - Parameters:
  ///   - isForSink: whether bodies are received unchanged, and nothing may follow them.
  ///   - connected: called with the address at the other end of each connection, before anything is sent on it.
  init(
    _ route: NetworkRoute, limits: WireTransport.Limits, connections: Int, isForSink: Bool = false,
    connected: @escaping @Sendable (SocketAddress?) -> Void = { _ in }
  ) {
    self.init()
    httpVersion = .http1Only
    redirectConfiguration = .disallow
    tlsConfiguration = route.tls
    proxy = route.proxy?.configuration
    // Nobody looks at traces of single requests, but the library would describe each request for them.
    tracing.tracer = nil
    decompression = isForSink ? .disabled : .enabled(limit: .size(limits.bodyBytes))
    timeout.connect = TimeAmount(limits.connect)
    timeout.read = TimeAmount(limits.attempt)
    connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
    connectionPool.retryConnectionEstablishment = false
    http1_1ConnectionDebugInitializer = { channel in
      channel.eventLoop.makeCompletedFuture {
        connected(channel.remoteAddress)
        let pipeline = channel.pipeline.syncOperations
        let parser = try pipeline.handler(type: ByteToMessageHandler<HTTPResponseDecoder>.self)
        try pipeline.addHandler(ResponseGuard(), position: .after(parser))
        if isForSink { try pipeline.addHandler(EndGuard(patience: TimeAmount(limits.closing)), position: .after(parser)) }
      }
    }
  }
}

extension NetworkRoute {
  fileprivate var tls: TLSConfiguration {
    var configuration = TLSConfiguration.makeClientConfiguration()
    configuration.minimumTLSVersion = .tlsv12
    if let authorities { configuration.additionalTrustRoots = [.certificates(authorities.certificates)] }
    return configuration
  }
}

extension Proxy {
  fileprivate var configuration: HTTPClient.Configuration.Proxy {
    switch kind {
    case .http:
      let authorization = user.map { HTTPClient.Authorization.basic(username: $0, password: password ?? "") }
      return .server(host: host, port: port, authorization: authorization)
    case .socks5: return .socksServer(host: host, port: port)
    }
  }
}
