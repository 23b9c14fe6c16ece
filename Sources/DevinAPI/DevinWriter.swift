import DevinModel
import NIOCore

/// Writes to Devin's API, one request at a time. Nothing is sent a second time but what the server refused with 429, which it did not carry
/// out: POST and PATCH that are sent twice would be carried out twice, and whoever sends PUT or DELETE again has to look first.
package struct DevinWriter: Sendable {
  /// What became of a request.
  package enum Outcome: Sendable {
    /// It was carried out; what the server said to it. What is there now is read again.
    case done(String)
    /// It was not carried out.
    case refused(APIError)
    /// The answer was lost, or says nothing of it: only looking tells.
    case unknown(APIError)
  }

  private static let patience = Duration.seconds(300)
  private static let delays: [Duration] = [.seconds(1), .seconds(2), .seconds(4), .seconds(8), .seconds(16)]

  private let transport: any WriteTransport
  private let time: TimeSource

  package init(transport: any WriteTransport, time: TimeSource) {
    self.transport = transport
    self.time = time
  }

  /// Opens the network, hands a client that reads and one that writes to `body`, both with this key, and closes the network again.
  package static func withClients<Result>(
    address: APIAddress, route: NetworkRoute, credential: Credential, time: TimeSource, userAgent: String,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (DevinClient, DevinWriter) async throws -> Result
  ) async throws -> Result {
    try await DevinClient.withClient(
      address: address, route: route, credential: credential, concurrency: 1, time: time, userAgent: userAgent
    ) { client in
      try await WireTransport.withTransport(to: address, by: route, connections: 1) { wire in
        let transport = AuthorizingWriteTransport(base: wire, credential: credential, userAgent: userAgent)
        return try await body(client, DevinWriter(transport: transport, time: time))
      }
    }
  }

  /// Sends a request, and waits where the server asks for it with 429, five minutes at most. A request that has left is waited for also when
  /// the task is cancelled; one that waits for its turn is given up.
  package func send(_ request: WriteRequest) async -> Outcome {
    var waited = Duration.zero
    for refusals in 0... {
      let response: APIResponse
      do throws(WriteFailure) {
        response = try await sent(request)
      } catch {
        return error.mayHaveArrived ? .unknown(error.error) : .refused(error.error)
      }
      switch response.status {
      case 200..<300: return .done(response.body.withUnsafeReadableBytes { String(decoding: $0, as: UTF8.self) })
      case 429:
        let wait = max(response.retryAfter ?? .zero, Self.delays[min(refusals, Self.delays.count - 1)])
        waited += wait
        guard waited <= Self.patience, (try? await time.sleep(wait)) != nil else {
          return .refused(error(response, to: request))
        }
      case 408, 500...: return .unknown(error(response, to: request))
      default: return .refused(error(response, to: request))
      }
    }
    preconditionFailure("the waits have an end")
  }

  private func sent(_ request: WriteRequest) async throws(WriteFailure) -> APIResponse {
    // A task of its own does not end with the one that waits for it.
    let sending = Task { [transport] () -> Result<APIResponse, WriteFailure> in
      do throws(WriteFailure) { return .success(try await transport.send(request)) } catch { return .failure(error) }
    }
    return try await sending.value.get()
  }

  private func error(_ response: APIResponse, to request: WriteRequest) -> APIError {
    var error = response.error(from: Endpoint("/"))
    error.endpoint = request.description
    return error
  }
}
