import DevinAPI
import DevinModel
import Foundation

/// Who a key belongs to, as reported by `GET /v3/self`.
public struct KeyOwner: Hashable, Sendable, Codable {
  /// service_user, pat_user, devin_brain, windsurf_session; nil: the deployment does not say.
  public let kind: String?
  /// The service user's or the person's name.
  public let name: String?
  /// The service user's or the person's id; nil: the deployment does not say.
  public let id: String?
  /// Nil: an enterprise key, or a personal one without an organization.
  public let organization: String?
}

extension DevinMirror {
  /// Asks who the key belongs to: one request, and no file is touched.
  /// - Throws: `SyncError` when the key is rejected or the API does not answer.
  public func owner() async throws -> KeyOwner {
    try await DevinClient.withClient(
      address: address, route: route, credential: credential, concurrency: 1, time: time, userAgent: Self.userAgent
    ) { client in
      do throws(APIError) {
        guard let page = try await client.object(Endpoint(Resource.credential.sources[0].path)) else {
          return KeyOwner(kind: nil, name: nil, id: nil, organization: nil)
        }
        let members = try? JSONSerialization.jsonObject(with: Data(page.body.utf8)) as? [String: Any]
        func text(_ names: String...) -> String? { names.lazy.compactMap { members?[$0] as? String }.first }
        return KeyOwner(
          kind: text("principal_type"), name: text("service_user_name", "user_name"), id: text("service_user_id", "user_id"),
          organization: text("org_id"))
      } catch {
        throw SyncError(asking: error, keySource: keySource)
      }
    }
  }
}
