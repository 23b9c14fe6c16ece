import Foundation
import HTTPTypes
import NIOHTTP1

/// An answer to a request, until it is sent.
struct Response: Sendable {
  /// How the body is sent and the connection is closed.
  enum Delivery: Sendable {
    case complete
    /// Half of the body, then the connection is closed.
    case half
    /// Nothing, until the other side closes the connection.
    case never
    /// The connection is reset.
    case reset
  }

  var status = 200
  var contentType = "application/json"
  var body: [UInt8] = []
  /// A list that becomes the body; until then a fault can change it.
  var page: Page?
  var headers: [(HTTPField.Name, String)] = []
  var delivery = Delivery.complete
  /// The delay before anything is sent.
  var delay = Duration.zero

  static func json(_ value: some Encodable) throws -> Self { Self(body: try JSONBytes.encode(value)) }

  static func page(_ resource: SandboxResource, _ member: String?, _ rows: [EnterpriseRow], _ rest: JSONObject = [:]) throws
    -> Self
  {
    Self(page: Page(resource: resource, member: member, rows: try rows.map { try $0.bytes() }, rest: rest))
  }

  static func text(_ bytes: [UInt8]) -> Self { Self(contentType: "text/plain; charset=utf-8", body: bytes) }

  static func redirect(_ location: String, status: Int = 302) -> Self { Self(status: status, headers: [(.location, location)]) }

  /// The status for the log; 0 if nothing is sent.
  var loggedStatus: Int { delivery == .never || delivery == .reset ? 0 : status }

  var head: HTTPResponse {
    var head = HTTPResponse(status: .init(code: status))
    head.headerFields[.contentType] = contentType
    head.headerFields[.contentLength] = String(body.count)
    for (name, value) in headers { head.headerFields[name] = value }
    return head
  }
}

/// Answers that report an error, with the forms of bodies that Devin's deployments and the proxies before them send.
extension Response {
  init(_ refusal: Refusal, path: String, family: SandboxScenario.ErrorFamily) throws {
    let form: Fault.ErrorBody = family == .problem ? .problem : refusal.flaws == nil ? .legacy : .validation
    self = try .error(refusal.status, refusal.detail, path: path, form, flaws: refusal.flaws)
    headers = refusal.headers
  }

  /// The short name of a status, such as `Not Found`.
  static func title(_ status: Int) -> String { HTTPResponseStatus(statusCode: status).reasonPhrase }

  /// - Parameter flaws: the validation errors; generated if the form needs some and there are none.
  static func error(_ status: Int, _ detail: String, path: String, _ form: Fault.ErrorBody, flaws: [Flaw]? = nil) throws -> Self {
    var response = Self(status: status)
    switch form {
    case .problem:
      var problem: JSONObject = [
        "type": "about:blank", "title": .string(title(status)), "status": .int(status), "detail": .string(detail),
        "instance": .string(path), "error_code": nil,
      ]
      if let flaws { problem["errors"] = .array(flaws.map(\.json)) }
      (response.contentType, response.body) = ("application/problem+json", try JSONBytes.encode(problem))
    case .legacy: response.body = try JSONBytes.encode(["detail": detail])
    case .validation:
      let errors = flaws?.map(\.json) ?? [["loc": ["query", "first"], "msg": .string(detail), "type": "value_error"]]
      response.body = try JSONBytes.encode(["detail": errors])
    case .html:
      response.contentType = "text/html; charset=utf-8"
      response.body = Array("<html><head><title>\(status)</title></head><body><h1>\(detail)</h1></body></html>\n".utf8)
    case .plain: (response.contentType, response.body) = ("text/plain; charset=utf-8", Array("\(detail)\n".utf8))
    case .empty: break
    }
    return response
  }
}
