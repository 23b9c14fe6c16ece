import NIOCore
import NIOHTTP1

/// Refuses answers that are no HTTP although the parser lets them pass. It comes right behind the parser: the library
/// ends the process over the end of an answer whose status is below 100, and reads interim answers for as long as they come.
final class AnswerGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  enum Refusal: Error, Hashable {
    case status(Int)
    case tooManyInterimAnswers

    var message: String {
      switch self {
      case .status(let code): "it has the status \(code), which HTTP does not know"
      case .tooManyInterimAnswers: "only interim answers came, and no last one"
      }
    }
  }

  /// More than any server has a use for before one answer.
  private static let interimLimit = 16
  private var interimAnswers = 0
  private var hasRefused = false

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !hasRefused else { return }
    if case .head(let head) = unwrapInboundIn(data), let refusal = refusal(of: head.status) {
      hasRefused = true
      context.fireErrorCaught(refusal)
      context.close(promise: nil)
    } else {
      context.fireChannelRead(data)
    }
  }

  private func refusal(of status: HTTPResponseStatus) -> Refusal? {
    switch status.code {
    case ..<100: return .status(Int(status.code))
    case 100..<200 where status != .switchingProtocols:
      interimAnswers += 1
      return interimAnswers > Self.interimLimit ? .tooManyInterimAnswers : nil
    default:
      interimAnswers = 0
      return nil
    }
  }
}
