import NIOCore
import Synchronization

/// The open connections of a server, so that all of them can be closed at once when it stops.
final class Connections: Sendable {
  /// Nil: the server stops, and no further connection is accepted.
  private let open = Mutex<[ObjectIdentifier: any Channel]?>([:])

  /// Tracks a connection until it is closed.
  func add(_ channel: any Channel) {
    let isAccepted = open.withLock { open in
      open?[ObjectIdentifier(channel)] = channel
      return open != nil
    }
    channel.closeFuture.whenComplete { [self] _ in open.withLock { $0?[ObjectIdentifier(channel)] = nil } }
    // Later, because a connection that is not set up yet must not be closed.
    if !isAccepted { channel.eventLoop.execute { channel.close(promise: nil) } }
  }

  /// Closes all open connections, and rejects later ones.
  func closeAll() {
    let channels = open.withLock { open in
      defer { open = nil }
      return open.map { Array($0.values) } ?? []
    }
    for channel in channels { channel.close(promise: nil) }
  }
}
