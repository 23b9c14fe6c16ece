package import DevinAPI
import NIOCore
import Synchronization

/// The innermost transport in tests: it answers from a script and records the requests.
package final class ScriptedTransport: HTTPTransport {
  package typealias Answer = @Sendable (_ request: APIRequest, _ number: Int) async throws(APIError) -> APIResponse

  private let answer: Answer
  private let asked = Mutex<[APIRequest]>([])

  /// - Parameter answer: called for each request with its number, from 0.
  package init(_ answer: @escaping Answer) { self.answer = answer }

  /// Returns these answers in order; a further request fails with a broken connection.
  package convenience init(_ answers: [APIResponse]) {
    self.init { (request, number) throws(APIError) in
      guard number < answers.count else {
        throw APIError(.connection("the script has \(answers.count) answers"), endpoint: request.endpoint)
      }
      return answers[number]
    }
  }

  package var requests: [APIRequest] { asked.withLock { $0 } }
  package var targets: [String] { requests.map(\.target) }

  package func send(_ request: APIRequest) async throws(APIError) -> APIResponse {
    let number = asked.withLock { asked in
      asked.append(request)
      return asked.count - 1
    }
    return try await answer(request, number)
  }
}

extension APIResponse {
  /// An answer with a text as its body.
  package static func text(_ body: String, status: Int = 200, headers: [String: String] = [:]) -> APIResponse {
    APIResponse(status: status, headers: headers, body: ByteBuffer(string: body))
  }

  package static func bytes(_ body: some Sequence<UInt8>, status: Int = 200) -> APIResponse {
    APIResponse(status: status, body: ByteBuffer(bytes: body))
  }

  /// A page of a list in the API's usual envelope.
  /// - Parameter next: `end_cursor`, which also sets `has_next_page`; nil: this is the last page.
  package static func page(_ items: [String], next: String? = nil, total: Int? = nil, date: String? = nil) -> APIResponse {
    let body = """
      {"items": [\(items.joined(separator: ", "))], "end_cursor": \(next.map { "\"\($0)\"" } ?? "null"), \
      "has_next_page": \(next != nil), "total": \(total.map(String.init) ?? "null")}
      """
    return .text(body, headers: date.map { ["date": $0] } ?? [:])
  }
}
