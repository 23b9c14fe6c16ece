import HummingbirdCore

/// A running HTTP server.
struct RunningServer {
  let port: Int
  private let http: Server<SandboxChannel>
  private let connections: Connections
  private let serving: Task<Void, any Error>

  /// Returns once the server listens.
  ///
  /// - Throws: an error of the operating system when the port cannot be bound.
  init(_ server: SandboxServer, port: Int) async throws {
    let (ports, announcement) = AsyncStream.makeStream(of: Int.self)
    let http = server.server(port: port) { announcement.yield($0) }
    // In a separate task, because the server must not be cancelled: a connection that was accepted
    // but not processed yet would be dropped, which NIO considers a defect and ends the process.
    let serving = Task {
      defer { announcement.finish() }
      try await http.run()
    }
    guard let bound = await Task(operation: { await ports.first { _ in true } }).value else {
      try await serving.value
      throw SandboxControlError("the server ended before it began")
    }
    self.port = bound
    self.http = http
    self.serving = serving
    connections = server.connections
  }

  /// Closes every connection, even with requests in flight, and returns when the port is free.
  func stop() async {
    connections.closeAll()
    try? await http.shutdownGracefully()
    _ = await serving.result
  }
}
