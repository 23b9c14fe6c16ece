import DevinAPI
import Foundation

/// Who a key belongs to, as far as a run needs to know.
struct Principal: Decodable, Sendable {
  /// service_user, pat_user, devin_brain, windsurf_session; open set.
  let kind: String?
  /// Nil: an enterprise key, or a personal one without an organization.
  let organization: String?

  private enum CodingKeys: String, CodingKey {
    case kind = "principal_type"
    case organization = "org_id"
  }
}

extension Principal {
  /// Reads an answer of `GET /v3/self`.
  init(_ page: Page) throws(APIError) {
    do {
      self = try JSONDecoder().decode(Principal.self, from: Data(page.body.utf8))
    } catch {
      throw APIError(
        .unexpectedShape("`org_id` is no text"), endpoint: Endpoint(Resource.credential.sources[0].path).description)
    }
  }
}
