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

extension DevinClient {
  /// Asks `GET /v3/self`; nil where the deployment has no such path.
  func principal() async throws(APIError) -> Principal? {
    let endpoint = Endpoint(Resource.credential.path)
    guard let page = try await object(endpoint) else { return nil }
    guard let principal = try? JSONDecoder().decode(Principal.self, from: Data(page.body.utf8)) else {
      throw APIError(.unexpectedShape("`org_id` is no text"), endpoint: endpoint.description)
    }
    return principal
  }
}
