import DevinSync

/// Tells a watcher of runs, such as healthchecks, that one began or ended. A GET without the key, to an address of the user's.
enum Ping {
  /// - Parameters:
  ///   - path: what is added to the address: empty, or `/start`.
  ///   - limit: for the whole exchange.
  /// - Returns: why it did not get through; nil: it did.
  static func send(to address: APIAddress, by route: NetworkRoute = NetworkRoute(), _ path: String, limit: Duration) async
    -> String?
  {
    var limits = WireTransport.Limits()
    limits.connect = limit
    limits.attempt = limit
    do {
      let answer = try await WireTransport.withTransport(to: address, by: route, connections: 1, limits: limits) { wire in
        try await wire.send(APIRequest(target: path, endpoint: "GET", headers: [("User-Agent", DevinMirror.userAgent)]))
      }
      return (200..<300).contains(answer.status) ? nil : "it answered \(answer.status)"
    } catch let error as APIError {
      return error.message
    } catch {
      return "\(error)"
    }
  }
}
