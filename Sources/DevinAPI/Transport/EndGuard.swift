import NIOCore
import NIOHTTP1
import NIOSSL

/// Detects a body that is longer than announced. The parser and the library end the answer at the announced length, so additional bytes
/// would go unnoticed. Therefore the end is passed on only when the connection is closed, which the request asks for, or after a short
/// time.
final class EndGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  struct Excess: Error {
    let message = "the rest was not read"
  }

  private enum State {
    case reading
    /// The end of the answer is delayed.
    case holding(HTTPClientResponsePart)
    case over
  }

  /// How long to wait for the end of the connection.
  private let patience: TimeAmount
  private var state = State.reading
  private var ending: Scheduled<Void>?

  init(patience: TimeAmount) { self.patience = patience }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    switch (state, part) {
    case (.reading, .end):
      state = .holding(part)
      let held = NIOLoopBound((self, context), eventLoop: context.eventLoop)
      ending = context.eventLoop.scheduleTask(in: patience) { held.value.0.passOn(held.value.1) }
      context.read()
    case (.reading, _): context.fireChannelRead(data)
    // This is the head of another answer.
    case (.holding, _): refuse(context)
    case (.over, _): break
    }
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    if case .holding = state { context.read() }
    context.fireChannelReadComplete()
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch state {
    case .reading: context.fireErrorCaught(error)
    // How the connection ends no longer matters; any other error is from the parser, because of data after the answer.
    case .holding:
      if error is NIOSSLError || error is IOError || error is ChannelError { passOn(context) } else { refuse(context) }
    case .over: break
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    passOn(context)
    context.fireChannelInactive()
  }

  func handlerRemoved(context: ChannelHandlerContext) { ending?.cancel() }

  private func passOn(_ context: ChannelHandlerContext) {
    guard case .holding(let end) = state else { return }
    state = .over
    ending?.cancel()
    context.fireChannelRead(wrapInboundOut(end))
    context.fireChannelReadComplete()
  }

  private func refuse(_ context: ChannelHandlerContext) {
    state = .over
    ending?.cancel()
    context.fireErrorCaught(Excess())
    context.close(promise: nil)
  }
}
