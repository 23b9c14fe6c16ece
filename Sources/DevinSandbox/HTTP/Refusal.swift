/// Why a request is not answered with data.
enum Refusal: Error {
  case notFound(String)
  case methodNotAllowed
  /// The key is missing, unknown or revoked.
  case unauthorized(String)
  /// The organization is another one.
  case foreignOrganization
  case missingPermission(String)
  /// The key is not of the enterprise.
  case notOfEnterprise
  /// A download's address was altered or is too old.
  case badSignature
  /// A download was asked for with a key, which its address needs none of.
  case keyWithDownload
  case invalidCursor
  case invalid(_ parameter: String, input: String, type: String, message: String)

  var status: Int {
    switch self {
    case .notFound: 404
    case .methodNotAllowed: 405
    case .unauthorized: 401
    case .foreignOrganization, .missingPermission, .notOfEnterprise, .badSignature: 403
    case .invalidCursor, .keyWithDownload: 400
    case .invalid: 422
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
    case .invalid(_, _, _, let message): message
    }
  }

  /// The list that a refused value is explained in; nil for other refusals.
  var validationErrors: JSONValue? {
    guard case .invalid(let parameter, let input, let type, let message) = self else { return nil }
    return [["loc": ["query", .string(parameter)], "msg": .string(message), "type": .string(type), "input": .string(input)]]
  }
}
