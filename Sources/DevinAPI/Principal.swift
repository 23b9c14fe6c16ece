import DevinModel
import Foundation

/// Who a key belongs to, as far as a run needs to know.
package struct Principal: Decodable, Sendable {
  /// service_user, pat_user, devin_brain, windsurf_session; open set.
  package let kind: String?
  /// Nil: an enterprise key, or a personal one without an organization.
  package let organization: String?
  /// Nil: it is no service user's.
  package let serviceUserID: String?
  private let userID: String?
  private let devinID: String?

  private enum CodingKeys: String, CodingKey {
    case kind = "principal_type"
    case organization = "org_id"
    case serviceUserID = "service_user_id"
    case userID = "user_id"
    case devinID = "devin_id"
  }

  /// The same for each key of one service user, since these keys see the same lists: `service_user ID`. Nil: not reported.
  package var name: String? {
    guard let id = serviceUserID ?? userID ?? devinID else { return nil }
    return "\(kind ?? "principal") \(id)".replacing("\0", with: "\u{fffd}")
  }
}

extension Principal {
  /// A service user of the enterprise, which belongs to none of its organizations.
  package var isOfEnterprise: Bool { kind == "service_user" && organization == nil }

  /// Reads an answer of `GET /v3/self`.
  package init(_ page: Page) throws(APIError) {
    func unexpected(_ what: String) -> APIError {
      APIError(.unexpectedShape(what), endpoint: Endpoint(Resource.credential.sources[0].path).description, status: 200)
    }
    do {
      self = try JSONDecoder().decode(Principal.self, from: Data(page.body.utf8))
    } catch {
      throw unexpected("`org_id` is not a string")
    }
    // SQLite ends a text at a NUL character.
    if let organization, organization.isEmpty || organization.utf8.contains(0) { throw unexpected("`org_id` is not an id") }
    if kind == nil, organization == nil, name == nil { throw unexpected("it does not say whose key it is") }
  }
}
