import NIOCore
import NIOHTTP1

/// Rejects answers that are not valid HTTP although the parser accepts them. It comes directly after the parser: the network library
/// crashes at the end of an answer whose status is below 100, and reads any number of interim answers.
final class ResponseGuard: ChannelInboundHandler {
  typealias InboundIn = HTTPClientResponsePart
  typealias InboundOut = HTTPClientResponsePart

  enum Refusal: Error, Hashable {
    case status(Int)
    case tooManyInterimAnswers

    var message: String {
      switch self {
      case .status(let code): "it has the status \(code), which HTTP does not know"
      case .tooManyInterimAnswers: "the server sent only interim responses"
      }
    }
  }

  /// More interim answers than any server needs.
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
