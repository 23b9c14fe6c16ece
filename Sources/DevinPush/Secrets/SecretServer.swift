import DevinAPI
import DevinModel

/// Reads the list of secrets of one organization with GET alone, and says which requests change it. There is no way to read one secret, and
/// none to change one.
struct SecretServer: Sendable {
  let client: DevinClient
  let organization: String

  private static let list: PathTemplate = "/v3/organizations/{org_id}/secrets"
  private var endpoint: Endpoint { Endpoint(Self.list, ["org_id": organization]) }

  /// All secrets, and the server's time; nil: it does not say.
  func secrets() async throws(APIError) -> (list: [SecretFacts], now: UnixTime?) {
    var secrets: [SecretFacts] = []
    var now: UnixTime?
    var cursor: PageCursor?
    var seen: Set<PageCursor> = []
    repeat {
      let page = try await client.page(of: endpoint, rows: Resource.secrets.rows, paging: Resource.secrets.paging, at: cursor)
      secrets += (JSONValue.object(of: page.body)?["items"]?.list ?? []).compactMap(\.object).compactMap(SecretFacts.init)
      now = now ?? page.date
      cursor = page.next
      if let cursor, !seen.insert(cursor).inserted {
        throw APIError(.unexpectedShape("its cursor leads back to a page before"), endpoint: endpoint.description, status: 200)
      }
    } while cursor != nil
    return (secrets, now)
  }

  func creating(_ entry: SecretEntry, _ value: SecretValue) -> WriteRequest {
    var members: [String: JSONValue] = [
      "key": .text(entry.key), "type": .text(entry.type), "is_sensitive": .bool(entry.isSensitive), "value": .text(value.text),
    ]
    members["note"] = entry.note.map { .text($0) }
    return WriteRequest(.post, endpoint.path, body: JSONValue.object(members).canonical)
  }

  func deleting(_ id: String) -> WriteRequest {
    WriteRequest(
      .delete, Endpoint("/v3/organizations/{org_id}/secrets/{secret_id}", ["org_id": organization, "secret_id": id]).path)
  }
}
