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
  /// - Throws: `APIError`, also where the list is not complete: what it does not show is no reason to create or to delete anything.
  func list(_ kind: ContentKind, _ scope: ContentScope) async throws(APIError) -> [String: ServerRow] {
    guard let endpoint = Self.endpoint(kind, scope) else { return [:] }
    var rows: [String: ServerRow] = [:]
    for members in try await self.rows(of: kind.resource, at: endpoint) {
      guard let key = members[kind.keyMember]?.text else {
        throw APIError(.unexpectedShape("an item has no \(kind.keyMember)"), endpoint: endpoint.description, status: 200)
      }
      rows[key] = ServerRow(
        key: key, body: JSONValue.object(members).canonical, members: members, content: Content(kind, row: members))
    }
    return rows
  }

  /// The names of an organization's secrets; nil: the key may not list them.
  func secretNames(of organization: String) async throws(APIError) -> Set<String>? {
    try await rows(of: "secrets", organization).map { Set($0.compactMap { $0["key"]?.text }) }
  }

  /// The ids of an organization's folders, by path; nil: the key may not list them.
  func folders(of organization: String) async throws(APIError) -> [String: String]? {
    guard let rows = try await rows(of: "knowledge_folders", organization) else { return nil }
    return Dictionary(
      rows.compactMap { row in row["path"]?.text.flatMap { path in row["folder_id"]?.text.map { (path, $0) } } }
    ) { first, _ in first }
  }

  /// - Returns: nil: the key may not list them.
  private func rows(of name: String, _ organization: String) async throws(APIError) -> [[String: JSONValue]]? {
    guard let resource = Catalogue.resource(named: name),
      let source = resource.sources.first(where: { $0.reach == .organization })
    else { return nil }
    do {
      return try await rows(of: resource, at: Endpoint(source.path, ["org_id": organization]))
    } catch {
      guard [.forbidden, .notFound].contains(error.reason) else { throw error }
      return nil
    }
  }

  private func rows(of resource: Resource, at endpoint: Endpoint) async throws(APIError) -> [[String: JSONValue]] {
    guard case .member(let name) = resource.rows else { return [] }
    func unusable(_ what: String) -> APIError {
      APIError(.unexpectedShape(what), endpoint: endpoint.description, status: 200)
    }
    var rows: [[String: JSONValue]] = []
    var cursor: PageCursor?
    var seen: Set<PageCursor> = []
    repeat {
      let page = try await client.page(of: endpoint, rows: resource.rows, paging: resource.paging, at: cursor)
      for item in JSONValue.object(of: page.body)?[name]?.list ?? [] {
        guard let members = item.object else { throw unusable("an item is no object") }
        rows.append(members)
      }
      cursor = page.next
      if let cursor, !seen.insert(cursor).inserted { throw unusable("its cursor leads back to a page before") }
      if cursor == nil, let total = page.total, total > rows.count {
        throw unusable("it says that it holds \(total) items, and lists \(rows.count)")
      }
    } while cursor != nil
    return rows
  }
}
