import DevinAPI
import DevinModel
import Foundation

/// Whose object it is.
package enum ContentScope: Hashable, Sendable {
  case organization(String)
  case enterprise

  /// As the mirror's bookkeeping names it.
  package var organization: String { if case .organization(let id) = self { id } else { "" } }
}

/// One object as the server has it now.
struct ServerRow: Sendable {
  let key: String
  /// As it came.
  let body: String
  let members: [String: JSONValue]
  let content: Content
}

/// Reads objects that can be written, one by one and in lists, with GET alone.
struct ServerContent: Sendable {
  let client: DevinClient

  /// The path of a list, and of an object in it.
  static func endpoint(_ kind: ContentKind, _ scope: ContentScope, key: String? = nil) -> Endpoint? {
    let reach: ListSource.Reach = scope == .enterprise ? .enterprise : .organization
    guard let source = kind.resource.sources.first(where: { $0.reach == reach }) else { return nil }
    var names = ["org_id": scope.organization]
    guard let key else { return Endpoint(source.path, names) }
    names[kind.keyMember] = key
    return source.objectPath.map { Endpoint($0, names) }
  }

  /// - Returns: nil: there is none.
  func object(_ kind: ContentKind, _ scope: ContentScope, key: String) async throws(APIError) -> ServerRow? {
    guard let endpoint = Self.endpoint(kind, scope, key: key), let page = try await client.object(endpoint) else { return nil }
    guard let members = JSONValue.object(of: page.body) else {
      throw APIError(.unexpectedShape("it is no object"), endpoint: endpoint.description, status: 200)
    }
    guard members[kind.keyMember]?.text == key else {
      throw APIError(.unexpectedShape("it is another object than \(key)"), endpoint: endpoint.description, status: 200)
    }
    return ServerRow(key: key, body: page.body, members: members, content: Content(kind, row: members))
  }

  /// Everything that a list has, by key; the bodies are not as they came.
  func list(_ kind: ContentKind, _ scope: ContentScope) async throws(APIError) -> [String: ServerRow] {
    guard let endpoint = Self.endpoint(kind, scope) else { return [:] }
    var rows: [String: ServerRow] = [:]
    var cursor: PageCursor?
    var seen: Set<PageCursor> = []
    repeat {
      let page = try await client.page(of: endpoint, rows: kind.resource.rows, paging: kind.resource.paging, at: cursor)
      for item in JSONValue.object(of: page.body)?["items"]?.list ?? [] {
        guard let members = item.object, let key = members[kind.keyMember]?.text else { continue }
        rows[key] = ServerRow(key: key, body: item.canonical, members: members, content: Content(kind, row: members))
      }
      cursor = page.next
      if let cursor, !seen.insert(cursor).inserted {
        throw APIError(.unexpectedShape("its cursor leads back to a page before"), endpoint: endpoint.description, status: 200)
      }
    } while cursor != nil
    return rows
  }
}
