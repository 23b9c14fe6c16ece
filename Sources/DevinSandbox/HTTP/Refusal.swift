/// Why a request is not answered with data.
enum Refusal: Error {
  case notFound(String)
  /// - Parameter allowed: the methods that the path knows.
  case methodNotAllowed(_ allowed: [String])
  /// The key is missing, unknown or revoked.
  case unauthorized(String)
  /// The key belongs to another organization.
  case foreignOrganization
  case missingPermission(String)
  /// The key is not an enterprise key.
  case notOfEnterprise
  /// A download's address was altered or has expired.
  case badSignature
  /// A download was requested with a key, although its address needs none.
  case keyWithDownload
  case invalidCursor
  case invalid(_ parameter: String, input: String, type: String, message: String)
  case invalidBody([Flaw])
  case badRequest(String)
  case forbidden(String)
  case conflict(String)
  case tooLarge

  var status: Int {
    switch self {
    case .notFound: 404
    case .methodNotAllowed: 405
    case .unauthorized: 401
    case .foreignOrganization, .missingPermission, .notOfEnterprise, .badSignature, .forbidden: 403
    case .invalidCursor, .keyWithDownload, .badRequest: 400
    case .conflict: 409
    case .tooLarge: 413
    case .invalid, .invalidBody: 422
    }
  }

  var detail: String {
    switch self {
    case .notFound(let what): "\(what) not found"
    case .methodNotAllowed: "Method Not Allowed"
    case .unauthorized(let why): why
    case .foreignOrganization: "You do not have access to this organization"
    case .missingPermission(let name): "Missing required permission: \(name)"
    case .notOfEnterprise: "Only service users of the enterprise have access"
    case .badSignature: "Request has expired or its signature does not match"
    case .keyWithDownload: "Only one way to authenticate is allowed"
    case .invalidCursor: "Invalid cursor"
    case .invalid(_, _, _, let message), .badRequest(let message), .forbidden(let message), .conflict(let message): message
    case .tooLarge: "The request is too large"
    case .invalidBody(let flaws): flaws.map(\.sentence).joined(separator: "; ")
    }
  }

  /// The list of validation errors for a rejected value; nil for other refusals.
  var validationErrors: JSONValue? {
    switch self {
    case .invalid(let parameter, let input, let type, let message):
      [Flaw(["query", .string(parameter)], message, type: type, input: .string(input)).json]
    case .invalidBody(let flaws): .array(flaws.map(\.json))
    default: nil
    }
  }
}
