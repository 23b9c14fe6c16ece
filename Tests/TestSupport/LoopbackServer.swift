package import DevinAPI
import NIOCore
import NIOPosix
package import NIOSSL
import Synchronization

/// A server on loopback that answers each request with bytes, even if they are invalid HTTP.
package final class LoopbackServer: Sendable {
  package enum Reply: Sendable {
    /// These bytes; the connection stays open.
    case bytes([UInt8])
    /// These bytes, and then the connection is closed.
    case bytesAndEnd([UInt8])
    /// The connection is closed without a byte.
    case end
    /// The first bytes, then the others again and again until the client closes the connection or the limit in bytes is reached.
    case flood([UInt8], [UInt8], limit: Int)
    /// Nothing at all.
    case silence

    /// A complete answer with its length.
    package static func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8]) -> Reply {
      .bytes(head(status, headers: headers + ["Content-Length: \(body.count)"]) + body)
    }

    package static func head(_ status: String = "200 OK", headers: [String]) -> [UInt8] {
      Array((["HTTP/1.1 \(status)"] + headers + ["", ""]).joined(separator: "\r\n").utf8)
    }
  }

  private let heard = Mutex<[String]>([])
  private let reply: @Sendable (_ number: Int, _ head: String) -> Reply

  private init(_ reply: @escaping @Sendable (Int, String) -> Reply) { self.reply = reply }

  /// The head of each request, as sent.
  package var requests: [String] { heard.withLock { $0 } }

  /// Opens a server at a free port and closes it again.
  /// - Parameter tls: nil: plain HTTP.
  package static func withServer<Result>(
    tls: NIOSSLContext? = nil, _ reply: @escaping @Sendable (_ number: Int) -> Reply,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (LoopbackServer, APIAddress) async throws -> Result
  ) async throws -> Result {
    try await withServer(tls: tls, answering: { number, _ in reply(number) }, body)
  }

  /// The same, with a reply that depends on the request.
  /// - Parameter reply: receives the number of the request and its head, as sent.
  package static func withServer<Result>(
    tls: NIOSSLContext? = nil, answering reply: @escaping @Sendable (_ number: Int, _ head: String) -> Reply,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (LoopbackServer, APIAddress) async throws -> Result
  ) async throws -> Result {
    let server = LoopbackServer(reply)
    let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
      .childChannelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          if let tls { try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls)) }
          try channel.pipeline.syncOperations.addHandler(Conversation(server))
        }
      }
      .bind(host: "127.0.0.1", port: 0).get()
    do {
      let result = try await body(
        server, APIAddress("\(tls == nil ? "http://127.0.0.1" : "https://localhost"):\(channel.localAddress?.port ?? 0)"))
      try await channel.close()
      return result
    } catch {
      try? await channel.close()
      throw error
    }
  }

  private func hear(_ head: String) -> Reply {
    let number = heard.withLock { heard in
      heard.append(head)
      return heard.count - 1
    }
    return reply(number, head)
  }

  private final class Conversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: LoopbackServer
    private var head = ""

    init(_ server: LoopbackServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
      head += String(buffer: unwrapInboundIn(data))
      guard head.hasSuffix("\r\n\r\n") else { return }
      let reply = server.hear(head)
      head = ""
      switch reply {
      case .silence: break
      case .end: context.close(promise: nil)
      case .bytes(let bytes): context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
      case .bytesAndEnd(let bytes):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
        context.close(promise: nil)
      case .flood(let start, let piece, let limit):
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: start)), promise: nil)
        let block = Array(repeatElement(piece, count: max(1, 65_536 / piece.count)).joined())
        Self.pour(ByteBuffer(bytes: block), left: limit, into: context.channel)
      }
    }

    /// Not faster than the client reads.
    private static func pour(_ block: ByteBuffer, left: Int, into channel: any Channel) {
      guard left > 0 else { return channel.close(promise: nil) }
      channel.writeAndFlush(block).whenSuccess {
        channel.eventLoop.execute { pour(block, left: left - block.readableBytes, into: channel) }
      }
    }
  }
}
