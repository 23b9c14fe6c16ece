import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// An address from the server that must not be requested.
struct RefusedAddress: Error {
  let message: String

  /// - Parameter name: the name of the host, as written by the server.
  init(_ name: String, _ address: SocketAddress) {
    let place = [name, address.ipAddress].compactMap(\.self)
    let described = place.first == place.last ? name : "\(name) (\(place.last ?? ""))"
    let owner = AddressReach(of: address) == .machine ? "this machine" : "a network that is not the internet"
    message = "its address leads to \(described), an address of \(owner). The API itself is not there, so nothing was fetched"
  }
}

/// A body that differs from its announcement, and would again after a retry.
struct RefusedBody: Error {
  let message: String
}

/// A body that ended too early.
struct ShortBody: Error {
  let received, announced: Int

  var message: String { "the body ended after \(received) of the \(announced) bytes that were announced" }
}

struct UnknownHost: Error {
  let host: String

  var message: String { "the address of \(host) could not be found" }
}

extension WireTransport {
  /// Requests an address from the server. Its host must be reachable at least as widely as the API itself. Otherwise the
  /// API could make this machine send requests to services that only this machine can reach.
  ///
  /// The name is resolved here, and the connection uses the result, since resolving it again might give another result.
  func download(_ request: HTTPClientRequest, until deadline: NIODeadline) async throws -> APIResponse {
    try await ask(request, isForSink: false, until: deadline) { try await response(from: $0, until: deadline) }
  }

  /// The same, but the body is written to a sink unchanged.
  func download(
    _ request: HTTPClientRequest, into sink: any BodySink, until deadline: NIODeadline
  ) async throws -> APIResponse {
    var request = request
    request.headers.add(name: "Accept-Encoding", value: "identity")
    // The end of the connection then shows that nothing followed the body.
    request.headers.add(name: "Connection", value: "close")
    return try await ask(request, isForSink: true, until: deadline) { answer in
      guard answer.status == .ok else { return try await response(from: answer, until: deadline) }
      return try await pour(answer, into: sink, until: deadline)
    }
  }

  /// The minimum average speed of a body in bytes per second: otherwise a server that sends byte by byte could occupy the request for as
  /// long as it likes.
  private static let slowest = 16_384

  private func pour(
    _ answer: HTTPClientResponse, into sink: any BodySink, until deadline: NIODeadline
  ) async throws -> APIResponse {
    if let coding = answer.headers.first(name: "content-encoding"), coding.lowercased() != "identity" {
      throw RefusedBody(message: "its content is encoded (\(coding.prefix(40))), which was not asked for")
    }
    let length = answer.headers.first(name: "content-length").flatMap(Int.init)
    var response = APIResponse(status: 200)
    for name in APIResponse.usefulHeaders { response.headers[name] = answer.headers.first(name: name) }
    response.wasDeclined = !sink.begin(length: length)
    guard !response.wasDeclined else { return response }
    do {
      for try await part in answer.body {
        response.sunk += part.readableBytes
        let earned = TimeAmount.milliseconds(Int64(response.sunk / (Self.slowest / 1_000)))
        guard .now() < deadline + earned else { throw HTTPClientError.deadlineExceeded }
        response.wasDeclined = !part.withUnsafeReadableBytes(sink.take)
        guard !response.wasDeclined else { return response }
      }
    } catch let excess as EndGuard.Excess {
      throw RefusedBody(message: "more came than the \(length ?? response.sunk) bytes that were announced (\(excess.message))")
    } catch let error where !(error is CancellationError) {
      guard let length, response.sunk < length, Self.isEnd(error) else { throw error }
      throw ShortBody(received: response.sunk, announced: length)
    }
    if let length, response.sunk < length { throw ShortBody(received: response.sunk, announced: length) }
    return response
  }

  private func ask(
    _ request: HTTPClientRequest, isForSink: Bool, until deadline: NIODeadline,
    _ taking: (HTTPClientResponse) async throws -> APIResponse
  ) async throws -> APIResponse {
    guard let host = URL(string: request.url)?.host else { throw UnknownHost(host: "the download") }
    var places = try await places(of: host.trimmingCharacters(in: CharacterSet(charactersIn: "[]")))
    while true {
      var configuration = HTTPClient.Configuration(
        route, limits: limits, connections: isForSink ? connections : 1, isForSink: isForSink)
      let place = places.popLast()
      if let place { configuration.dnsOverride = [host: place] }
      do {
        if isForSink, let client = contents.client(for: "\(host) \(place ?? "")", configuration) {
          return try await taking(client.execute(request, deadline: deadline))
        }
        return try await HTTPClient.withHTTPClient(eventLoopGroup: Self.loop, configuration: configuration) { client in
          try await taking(client.execute(request, deadline: deadline))
        }
      } catch  where !places.isEmpty && (error is NIOConnectionError || error as? HTTPClientError == .connectTimeout) {
        continue
      }
    }
  }

  /// IP addresses of a host; the last one is tried first. Empty: the host is an address itself, or a proxy will
  /// resolve it.
  /// - Throws: `RefusedAddress`, `UnknownHost`.
  private func places(of host: String) async throws -> [String] {
    if let literal = try? SocketAddress(ipAddress: host, port: 0) {
      try demand(literal, named: host)
      return []
    }
    guard route.proxy == nil else { return [] }
    let found = await Self.lookUp(host)
    try Task.checkCancellation()
    for address in found { try demand(address, named: host) }
    guard !found.isEmpty else { throw UnknownHost(host: host) }
    return found.compactMap(\.ipAddress).reversed()
  }

  private func demand(_ address: SocketAddress, named name: String) throws(RefusedAddress) {
    guard AddressReach(of: address) >= peers.reach else { throw RefusedAddress(name, address) }
  }

  /// The system's addresses for a name, best first. Empty: none, or the task was cancelled.
  private static func lookUp(_ host: String) async -> [SocketAddress] {
    let (answers, answer) = AsyncStream<[SocketAddress]>.makeStream()
    // The lookup blocks a thread until the name servers answer, and cannot be cancelled.
    NIOThreadPool.singleton.submit { _ in answer.yield(systemAddresses(of: host)) }
    return await answers.first { _ in true } ?? []
  }

  private static func systemAddresses(of host: String) -> [SocketAddress] {
    var hints = addrinfo()
    hints.ai_socktype = stream
    var list: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &list) == 0 else { return [] }
    defer { freeaddrinfo(list) }
    return sequence(first: list) { $0?.pointee.ai_next }.compactMap { entry in
      guard let entry = entry?.pointee, let address = entry.ai_addr else { return nil }
      var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
      guard getnameinfo(address, entry.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
      return try? SocketAddress(
        ipAddress: String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self), port: 0)
    }
  }

  #if canImport(Glibc)
    private static let stream = Int32(SOCK_STREAM.rawValue)
  #else
    private static let stream = SOCK_STREAM
  #endif
}
