import HTTPTypes
import NIOHTTP1

/// Answers that report an error, with the forms of bodies that Devin's deployments and the proxies before them send.
enum ErrorAnswer {
  static func answer(to refusal: Refusal, path: String, family: SandboxScenario.ErrorFamily) throws -> Answer {
    let body: Fault.ErrorBody = family == .problem ? .problem : refusal.validationErrors == nil ? .legacy : .validation
    var answer = try answer(
      status: refusal.status, detail: refusal.detail, path: path, body: body, errors: refusal.validationErrors)
    if case .methodNotAllowed(let allowed) = refusal {
      answer.headers.append((.allow, allowed.joined(separator: ", ")))
    }
    if case .unauthorized = refusal { answer.headers.append((.wwwAuthenticate, "Bearer")) }
    return answer
  }

  /// The short name of a status, such as `Not Found`.
  static func title(_ status: Int) -> String { HTTPResponseStatus(statusCode: status).reasonPhrase }

  /// - Parameter errors: the validation errors; generated if the body needs some and there are
  ///   none.
  static func answer(status: Int, detail: String, path: String, body: Fault.ErrorBody, errors: JSONValue? = nil) throws -> Answer
  {
    switch body {
    case .problem:
      var problem: [String: JSONValue] = [
        "type": "about:blank", "title": .string(title(status)), "status": .int(status), "detail": .string(detail),
        "instance": .string(path), "error_code": nil,
      ]
      if let errors { problem["errors"] = errors }
      return Answer(status: status, contentType: "application/problem+json", body: try JSONBytes.encode(problem))
    case .legacy: return Answer(status: status, body: try JSONBytes.encode(["detail": detail]))
    case .validation:
      let errors = errors ?? [["loc": ["query", "first"], "msg": .string(detail), "type": "value_error"]]
      return Answer(status: status, body: try JSONBytes.encode(["detail": errors]))
    case .html:
      return Answer(
        status: status, contentType: "text/html; charset=utf-8",
        body: Array("<html><head><title>\(status)</title></head><body><h1>\(detail)</h1></body></html>\n".utf8))
    case .plain: return Answer(status: status, contentType: "text/plain; charset=utf-8", body: Array("\(detail)\n".utf8))
    case .empty: return Answer(status: status, body: [])
    }
  }
}
