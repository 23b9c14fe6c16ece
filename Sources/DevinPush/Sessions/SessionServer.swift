import DevinAPI
import DevinModel
import Foundation

/// Reads sessions of one organization with GET alone, and says which requests change them.
struct SessionServer: Sendable {
  let client: DevinClient
  let organization: String

  /// Pages of one list. Nothing that is looked for here is longer.
  private static let pageLimit = 100

  private static let list: PathTemplate = "/v3/organizations/{org_id}/sessions"

  private func endpoint(_ path: PathTemplate, session: String = "", query: [QueryItem] = []) -> Endpoint {
    Endpoint(path, ["org_id": organization, "devin_id": session], query: query)
  }

  /// - Returns: nil: there is none.
  func session(_ id: String) async throws(APIError) -> SessionFacts? {
    let endpoint = endpoint("/v3/organizations/{org_id}/sessions/{devin_id}", session: id)
    guard let page = try await client.object(endpoint) else { return nil }
    guard let facts = SessionFacts(page.body), facts.id.utf8.elementsEqual(id.utf8) else {
      throw APIError(.unexpectedShape("it is not the session \(id)"), endpoint: endpoint.description, status: 200)
    }
    return facts
  }

  /// Sessions that began since, with a tag if one is given. The server may ignore either filter.
  /// - Parameter since: by its clock.
  func sessions(since: UnixTime, tag: String? = nil) async throws(APIError) -> [SessionFacts] {
    let query = [QueryItem("created_after", "\(since.rawValue)")] + (tag.map { [QueryItem("tags", $0)] } ?? [])
    return try await items(of: Resource.sessions, endpoint(Self.list, query: query)).compactMap {
      SessionFacts($0, body: JSONValue.object($0).canonical)
    }
  }

  /// Ids of the messages that users sent with this text, each once, in order.
  func messages(of session: String, saying text: String) async throws(APIError) -> [String] {
    let path = endpoint("/v3/organizations/{org_id}/sessions/{devin_id}/messages", session: session)
    let found = try await items(of: Resource.sessionMessages, path).filter {
      $0["source"]?.text == "user" && $0["message"]?.text?.utf8.elementsEqual(text.utf8) == true
    }
    return Set(found.compactMap { $0["event_id"]?.text }).sorted()
  }

  /// How far the server's clock is ahead of this machine's; zero: it does not say.
  func lead(of now: UnixTime) async throws(APIError) -> Duration {
    let page = try await client.page(
      of: endpoint(Self.list), rows: Resource.sessions.rows, paging: .cursor(pageSize: 1))
    return page.date.map { $0 - now } ?? .zero
  }

  private func items(of resource: Resource, _ endpoint: Endpoint) async throws(APIError) -> [[String: JSONValue]] {
    var items: [[String: JSONValue]] = []
    var cursor: PageCursor?
    var seen: Set<PageCursor> = []
    repeat {
      let page = try await client.page(of: endpoint, rows: resource.rows, paging: resource.paging, at: cursor)
      items += (JSONValue.object(of: page.body)?["items"]?.list ?? []).compactMap(\.object)
      cursor = page.next
      if let cursor, !seen.insert(cursor).inserted || seen.count > Self.pageLimit {
        throw APIError(.unexpectedShape("it has no end"), endpoint: endpoint.description, status: 200)
      }
    } while cursor != nil
    return items
  }

  // MARK: - Requests

  func creating(_ row: SessionRow, marker: String?) -> WriteRequest {
    var members = row.members
    if let marker { members["tags"] = .list((row.tags + [marker]).map { .text($0) }) }
    return WriteRequest(.post, endpoint(Self.list).path, body: JSONValue.object(members).canonical)
  }

  func messaging(_ session: String, _ row: SessionRow) -> WriteRequest {
    request(.post, session, "/messages", JSONValue.object(row.members))
  }

  func replacingTags(of session: String, by tags: [String]) -> WriteRequest {
    request(.put, session, "/tags", .object(["tags": .list(tags.map { .text($0) })]))
  }

  func archiving(_ session: String) -> WriteRequest { request(.post, session, "/archive") }

  func ending(_ session: String, archives: Bool) -> WriteRequest {
    request(.delete, session, archives ? "?archive=true" : "")
  }

  private func request(_ method: WriteRequest.Method, _ session: String, _ end: String, _ body: JSONValue? = nil) -> WriteRequest
  {
    let path = endpoint("/v3/organizations/{org_id}/sessions/{devin_id}", session: session).path
    return WriteRequest(method, path + end, body: body?.canonical)
  }
}
