import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPCompression
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// A connection to a sandbox: HTTP/1.1, compressed if both sides support it.
struct SandboxChannel: HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let connections: Connections
  /// Whether bodies are compressed with gzip or deflate for clients that accept it.
  let compresses: Bool
  let responder: HTTPChannelHandler.Responder

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      connections.add(channel)
      let pipeline = channel.pipeline.syncOperations
      try pipeline.configureHTTPServerPipeline(withPipeliningAssistance: false, withErrorHandling: true)
      try pipeline.addHandler(ParserErrorHandler())
      if compresses { try pipeline.addHandler(HTTPResponseCompressor()) }
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      try pipeline.addHandler(HTTPConnectionStateHandler(logger: logger))
      return try NIOAsyncChannel(wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async { await handleHTTP(asyncChannel: value, logger: logger) }
}

/// Closes a connection whose bytes are no HTTP. By then it was answered with 400; were the error to go on, it would be answered a
/// second time, which the compressor takes for a defect and ends the process.
private final class ParserErrorHandler: ChannelInboundHandler {
  typealias InboundIn = Any

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if error is HTTPParserError { context.close(promise: nil) } else { context.fireErrorCaught(error) }
  }
}
