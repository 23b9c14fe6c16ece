import AsyncHTTPClient
import Synchronization

/// Clients for contents, one for each host and address: to make what a client needs for TLS takes longer than most contents take to come.
final class ContentClients: Sendable {
  /// A server may lead to as many hosts as it likes. Those that come later are asked by a client of their own.
  private static let most = 16
  private let clients = Mutex<[String: HTTPClient]>([:])

  /// - Returns: nil: there are enough.
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
