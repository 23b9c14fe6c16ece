import NIOCore
import Synchronization

/// The open connections of a server, so that all of them can be closed at once when it stops.
final class Connections: Sendable {
  private struct State {
    var open: [ObjectIdentifier: any Channel] = [:]
    var isClosed = false
  }

  private let state = Mutex(State())

  /// - Returns: false: no further connection is accepted.
  fileprivate func add(_ channel: any Channel) -> Bool {
    state.withLock { state in
      if !state.isClosed { state.open[ObjectIdentifier(channel)] = channel }
      return !state.isClosed
    }
  }

  fileprivate func remove(_ channel: any Channel) {
    _ = state.withLock { $0.open.removeValue(forKey: ObjectIdentifier(channel)) }
  }

  /// Closes all open connections, and rejects later ones.
  func closeAll() {
    let open = state.withLock { state in
      state.isClosed = true
      return Array(state.open.values)
    }
    for channel in open { channel.close(promise: nil) }
  }
}

/// Reports the start and end of a connection to `Connections`.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = Any

  private let connections: Connections

  init(_ connections: Connections) { self.connections = connections }

  func channelActive(context: ChannelHandlerContext) {
    if !connections.add(context.channel) { context.channel.close(promise: nil) }
    context.fireChannelActive()
  }

  func channelInactive(context: ChannelHandlerContext) {
    connections.remove(context.channel)
    context.fireChannelInactive()
  }
}
