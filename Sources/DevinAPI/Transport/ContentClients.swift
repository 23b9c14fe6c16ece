import AsyncHTTPClient
import Synchronization

/// Clients for contents, one for each host and address: preparing a client for TLS takes longer than most downloads.
final class ContentClients: Sendable {
  /// A server may redirect to any number of hosts. Hosts beyond this number get a temporary client.
  private static let most = 16
  private let clients = Mutex<[String: HTTPClient]>([:])

  /// - Returns: nil: the maximum number is reached.
  func client(for place: String, _ configuration: HTTPClient.Configuration) -> HTTPClient? {
    clients.withLock { clients in
      if let client = clients[place] { return client }
      guard clients.count < Self.most else { return nil }
      let client = HTTPClient(eventLoopGroup: WireTransport.loop, configuration: configuration)
      clients[place] = client
      return client
    }
  }

  func close() async {
    let all = clients.withLock { clients in
      defer { clients = [:] }
      return Array(clients.values)
    }
    for client in all { try? await client.shutdown() }
  }
}
