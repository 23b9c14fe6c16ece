import DevinModel

extension APIError {
  /// `GET /v3/… answered 503 (request 7c1e): overloaded`.
  public var message: String {
    let asked = attempts > 1 ? " (\(attempts) attempts)" : ""
    let server = [status.map { "answered \($0)" }, requestID.map { "(request \($0))" }].compactMap(\.self).joined(separator: " ")
    let said = detail.map { ": \($0)" } ?? ""
    return switch reason {
    case .unauthorized, .forbidden, .notFound, .rejected, .server: "\(endpoint) \(server)\(asked)\(said)"
    case .busy(let wait):
      "\(endpoint) \(server)\(asked)\(said)" + (wait.map { "; the server asks to wait \($0.inWholeUnits)" } ?? "")
    case .rateLimited: "\(endpoint) \(server)\(asked)\(said): the server refused every request for five minutes"
    case .redirected(let host):
      "\(endpoint) \(server), a redirect to \(host). It was not followed, because that host would get the key"
    case .untrusted(let why): "\(endpoint) was not sent, because the identity of the server could not be verified: \(why)"
    case .connection(let why): "\(endpoint) got no response\(attempts > 1 ? " after \(attempts) attempts" : ""): \(why)"
    case .notJSON(let what): "\(endpoint) \(server) with \(what)\(asked)"
    case .unexpectedShape(let what): "\(endpoint) \(server) with unexpected JSON: \(what)"
    case .tooLarge(let limit): "\(endpoint) answered more than \(limit >> 20) MiB"
    case .cancelled: "\(endpoint) was cancelled"
    case .unavailable: "\(endpoint) was not requested: too many requests in a row had failed"
    }
  }
}
