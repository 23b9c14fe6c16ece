import HTTPTypes

/// Why a request is not answered with data.
struct Refusal: Error {
  let status: Int
  let detail: String
  /// What is wrong with the values of the request; nil: they are not the reason.
  var flaws: [Flaw]?
  var headers: [(HTTPField.Name, String)] = []

  init(_ status: Int, _ detail: String, flaws: [Flaw]? = nil, headers: [(HTTPField.Name, String)] = []) {
    (self.status, self.detail, self.flaws, self.headers) = (status, detail, flaws, headers)
  }

  static let invalidCursor = Self(400, "Invalid cursor")
  static func badRequest(_ message: String) -> Self { Self(400, message) }
  static func unauthorized(_ reason: String) -> Self { Self(401, reason, headers: [(.wwwAuthenticate, "Bearer")]) }
  static func forbidden(_ message: String) -> Self { Self(403, message) }
  static func missingPermission(_ name: String) -> Self { Self(403, "Missing required permission: \(name)") }
  static func notFound(_ object: String) -> Self { Self(404, "\(object) not found") }
  /// - Parameter allowed: the methods that the path knows.
  static func methodNotAllowed(_ allowed: [String]) -> Self {
    Self(405, "Method Not Allowed", headers: [(.allow, allowed.joined(separator: ", "))])
  }
  static func conflict(_ message: String) -> Self { Self(409, message) }
  static let tooLarge = Self(413, "The request is too large")

  /// A parameter of the query has a wrong value.
  static func invalid(_ parameter: String, input: String, type: String, message: String) -> Self {
    Self(422, message, flaws: [Flaw(["query", .string(parameter)], message, type: type, input: .string(input))])
  }

  static func invalidBody(_ flaws: [Flaw]) -> Self { Self(422, flaws.map(\.sentence).joined(separator: "; "), flaws: flaws) }

  /// - Parameter member: of the request's body.
  static func invalidBody(_ member: String, _ message: String, input: JSONValue = nil) -> Self {
    invalidBody([Flaw(["body", .string(member)], message, input: input)])
  }

  /// Refuses a body unless it is right in this.
  static func require(_ isRight: Bool, _ member: String, _ message: String, input: JSONValue = nil) throws(Refusal) {
    if !isRight { throw invalidBody(member, message, input: input) }
  }
}
