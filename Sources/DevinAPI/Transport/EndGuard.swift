import NIOCore
import NIOHTTP1
import NIOSSL

/// Finds out whether more comes after a body than was announced. The parser ends the answer at the announced length and the library with it,
/// so that nobody would learn that the server meant more: the end is passed on when the connection is closed, which the request asks
/// for, and at the latest after a moment.
final class EndGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  struct Excess: Error {
    let message = "the rest was not read"
  }

  private enum State {
    case reading
    /// The end of the answer is held back.
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
    // The head of another answer.
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
    // How the connection ends matters no more; any other error is the parser's, over more than the answer.
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
