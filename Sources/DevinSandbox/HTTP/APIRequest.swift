import Foundation

/// A request as received.
struct APIRequest: Sendable {
  let method: String
  let target: Target
  /// The header of that name; nil: there was none.
  var authorization: String?
  var contentType: String?
  /// Of requests that change something; nil: it was too large.
  var body: [UInt8]? = []

  /// Bytes that a body may have.
  static let maximumBody = 64 * 1_024 * 1_024

  /// The key, or whatever was sent instead of one.
  var key: String { authorization?.split(separator: " ").last.map(String.init) ?? "" }

  /// The members of the body.
  ///
  /// - Throws: a `Refusal` that names what is wrong.
  func members(_ form: Body) throws(Refusal) -> JSONObject {
    guard let body else { throw .tooLarge }
    guard !body.isEmpty else { throw .invalidBody([Flaw(["body"], "Field required", type: "missing", input: .null)]) }
    guard contentType?.lowercased().contains("json") ?? true else {
      let input = JSONValue.string(String(decoding: body, as: UTF8.self))
      throw .invalidBody([Flaw(["body"], "Input should be a valid dictionary", type: "model_attributes_type", input: input)])
    }
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: Data(body)) else {
      throw .invalidBody([Flaw(["body", 0], "JSON decode error", type: "json_invalid", input: [:])])
    }
    let flaws = form.flaws(value)
    guard flaws.isEmpty else { throw .invalidBody(flaws) }
    return value.members ?? [:]
  }
}

/// The parsed target of a request.
struct Target: Sendable {
  /// As received.
  let rawQuery: String
  /// The parts of the path, each decoded; a part may contain a slash.
  let parts: [String]
  /// The path, decoded.
  let path: String

  /// The pattern under which requests to unknown paths are counted: the path after the organization, with `{id}` for ids.
  var pattern: String {
    let isOfOrganization = parts.count > 3 && parts[1] == "organizations"
    let kept = isOfOrganization ? parts.dropFirst(3) : parts[...]
    return "/"
      + kept.map { part in part.count >= 20 || part.contains("|") || Int(part) != nil ? "{id}" : part }.joined(separator: "/")
  }

  init(_ raw: String) {
    let halves = raw.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
    rawQuery = halves.count > 1 ? String(halves[1]) : ""
    parts = halves[0].split(separator: "/").map(Self.decode)
    path = Self.decode(halves[0])
  }

  /// Text that is not encoded correctly is kept unchanged.
  static func decode(_ text: some StringProtocol) -> String { text.removingPercentEncoding ?? String(text) }
}
