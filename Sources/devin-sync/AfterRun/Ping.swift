import DevinSync

/// Reports the start and end of runs to a monitoring service, such as healthchecks. A GET request without the key, to the user's address.
enum Ping {
  /// - Parameters:
  ///   - path: the text appended to the address: empty, or `/start`.
  ///   - limit: for the complete exchange.
  /// - Returns: why it failed; nil: it succeeded.
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
