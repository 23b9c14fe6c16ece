import DevinModel
import Foundation
import NIOCore
import NIOFoundationCompat

extension APIResponse {
  /// A complete JSON document, as text, with its envelope.
  struct Document {
    let text: String
    let envelope: Envelope
    /// The position of each row in the text; nil: unknown, or a row is not an object, or the text contains white space.
    var rows: [RowPlace]?
  }

  /// Turns every answer without usable JSON into an error with the server's own text.
  /// - Parameter key: the member of each row that is its key; nil: no positions of keys are wanted.
  func document(from endpoint: Endpoint, rows: RowLocation, key: String? = nil) throws(APIError) -> Document {
    guard status == 200 else { throw error(failure, from: endpoint, detail: text) }
    let text = body.withUnsafeReadableBytes { String(validating: $0, as: UTF8.self) }
    if let text, let list = body.withUnsafeReadableBytes({ PlainList($0, rows: rows, key: key) }) {
      return Document(text: text, envelope: list.envelope, rows: list.rows)
    }
    // A small compressed body may contain so many values that parsing them takes gigabytes and minutes.
    switch body.withUnsafeReadableBytes({ JSONBounds.exceeded(by: $0, values: Envelope.mostValues) }) {
    case .values: throw error(.unexpectedShape("it contains more than \(Envelope.mostValues) JSON values"), from: endpoint)
    case .depth: throw error(.notJSON("JSON that is nested more than \(JSONBounds.depth) deep"), from: endpoint)
    case nil: break
    }
    guard let text, !text.isEmpty else {
      throw error(.notJSON(body.readableBytes == 0 ? "an empty answer" : "text that is not UTF-8"), from: endpoint)
    }
    do throws(Envelope.Problem) {
      return Document(text: text, envelope: try envelope(rows: rows))
    } catch {
      let reason: APIError.Reason =
        switch error {
        case .notJSON: .notJSON(looksLikeHTML ? "an HTML page" : "truncated or malformed JSON")
        case .unexpectedShape(let what): .unexpectedShape(what)
        }
      throw self.error(reason, from: endpoint)
    }
  }

  /// The body of a download; it may be any text.
  func plainText(from endpoint: Endpoint) throws(APIError) -> String {
    // If the host of the text rejects the request, this says nothing about the key, which was not sent.
    guard status == 200 else {
      throw error((400..<500).contains(status) && status != 429 ? .rejected : failure, from: endpoint)
    }
    guard let text = body.withUnsafeReadableBytes({ String(validating: $0, as: UTF8.self) }) else {
      throw error(.unexpectedShape("the downloaded text is not UTF-8"), from: endpoint)
    }
    return text
  }

  /// The error for an answer without success.
  func error(from endpoint: Endpoint) -> APIError { error(failure, from: endpoint, detail: text) }

  private func envelope(rows: RowLocation) throws(Envelope.Problem) -> Envelope {
    try Envelope(body: Data(buffer: body, byteTransferStrategy: .noCopy), rows: rows)
  }

  private func error(_ reason: APIError.Reason, from endpoint: Endpoint, detail: String? = nil) -> APIError {
    var error = APIError(reason, endpoint: endpoint.description, status: status, detail: detail, requestID: requestID)
    error.held = held
    return error
  }

  private var failure: APIError.Reason {
    switch status {
    case 300..<400: .redirected(to: headers["location"].flatMap { URLComponents(string: $0)?.host } ?? "an unnamed place")
    case 401: .unauthorized
    case 403: .forbidden
    case 404, 410: .notFound
    case 408, 409: .busy(retryAfter: retryAfter)
    case 429: .rateLimited(retryAfter: retryAfter)
    case 400..<500: .rejected
    case 500...: .server(retryAfter: retryAfter)
    default: .unexpectedShape("status \(status) instead of 200")
    }
  }

  private var looksLikeHTML: Bool {
    headers["content-type"]?.contains("html") == true
      || body.readableBytesView.first { !$0.isASCIIWhitespace } == UInt8(ascii: "<")
  }

  /// The server's text about a failure: `detail` if it is text, otherwise the messages of a list of validation errors,
  /// otherwise `title`, otherwise the beginning of the body (reference 2.6).
  private var text: String? {
    let limit = 300
    let start = body.getBytes(at: body.readerIndex, length: min(body.readableBytes, 1 << 16)) ?? []
    if let text = try? JSONDecoder().decodeBounded(Problem.self, from: Data(start)).text { return String(text.prefix(limit)) }
    if looksLikeHTML { return nil }
    let text = String(decoding: start.prefix(limit), as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ")
    return text.isEmpty ? nil : text
  }

  private struct Problem: Decodable {
    /// Nil: the answer has no text in a known form.
    let text: String?

    private enum CodingKeys: String, CodingKey {
      case detail, title, errors
      case code = "error_code"
    }
    private struct Failure: Decodable { let msg: String }

    init(from decoder: any Decoder) throws {
      let members = try decoder.container(keyedBy: CodingKeys.self)
      let failures =
        (try? members.decode([Failure].self, forKey: .detail)) ?? (try? members.decode([Failure].self, forKey: .errors))
      let said =
        (try? members.decode(String.self, forKey: .detail))
        ?? failures.map { $0.map(\.msg).joined(separator: "; ") }
        ?? (try? members.decode(String.self, forKey: .title))
      let code = try? members.decode(String.self, forKey: .code)
      let parts = [said.flatMap { $0.isEmpty ? nil : $0 }, code.map { "(\($0))" }].compactMap(\.self)
      text = parts.isEmpty ? nil : parts.joined(separator: " ")
    }
  }
}

extension UInt8 {
  fileprivate var isASCIIWhitespace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }
}
