import Foundation

/// A request as it came.
struct APIRequest: Sendable {
  let method: String
  let target: Target
  /// The header of that name; nil: there was none.
  var authorization: String?
  var contentType: String?
  /// Of requests that change something; nil: it was too large.
  var body: [UInt8]? = []

  /// Bytes that a body may have.
  static let most = 64 * 1_024 * 1_024

  /// The members of the body.
  ///
  /// - Throws: a `Refusal` that names what is wrong.
  func members(_ form: Body) throws(Refusal) -> JSONObject {
    guard let body else { throw .tooLarge }
    guard !body.isEmpty else { throw .invalidBody([Flaw(["body"], "Field required", type: "missing", input: .null)]) }
    let isJSON = contentType.map { $0.lowercased().contains("json") } ?? true
    guard isJSON else {
      let message = "Input should be a valid dictionary"
      throw .invalidBody([
        Flaw(["body"], message, type: "model_attributes_type", input: .string(String(decoding: body, as: UTF8.self)))
      ])
    }
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(body)) else {
      throw .invalidBody([Flaw(["body", 0], "JSON decode error", type: "json_invalid", input: [:])])
    }
    let flaws = form.flaws(value)
    guard flaws.isEmpty else { throw .invalidBody(flaws) }
    return value.members ?? [:]
  }
}
