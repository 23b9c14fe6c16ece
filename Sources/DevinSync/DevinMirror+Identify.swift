import DevinAPI
import DevinModel
import Foundation

/// Whether two ids mean the same organization: the prefix is sometimes `org-` and sometimes `org_`.
func isSameOrganization(_ one: String, _ other: String) -> Bool {
  func bare(_ id: String) -> Substring { id.hasPrefix("org-") || id.hasPrefix("org_") ? id.dropFirst(4) : id[...] }
  return bare(one) == bare(other)
}

extension DevinMirror {
  /// The identity of a key and what it can access.
  struct Key: Sendable {
    let access: Access
    /// Empty: all organizations of the enterprise, which must be listed first.
    let organizations: [String]
    /// Nil: the server did not report it.
    let principal: Principal?
    /// The answer to `GET /v3/self`; nil: there was no usable answer.
    let page: Page?
  }

  /// Asks the server who the key belongs to: an organization, or a service user of the enterprise, which belongs to none.
  /// - Throws: `SyncError` when the key is rejected, the server is not the API, no organization is known, or one that was named
  ///   is not accessible with this key.
  func identify(asking client: DevinClient) async throws -> Key {
    var page: Page?
    var principal: Principal?
    do throws(APIError) {
      page = try await client.object(Endpoint(Resource.credential.sources[0].path))
      principal = try page.map { page throws(APIError) in try Principal(page) }
    } catch {
      // If the organization is known, everything else can be read; the sync of `credential` will report what went wrong.
      guard let first = organizations.first, try await answersElsewhere(first, despite: error, asking: client) else {
        throw SyncError(asking: error, keySource: keySource)
      }
      page = nil
    }
    let own = principal?.organization
    if principal?.isOfEnterprise == true {
      try await demandListed(asking: client)
      return Key(access: .enterprise, organizations: organizations, principal: principal, page: page)
    }
    if let own { try await demandOwn([own], ofEnterprise: false, asking: client) }
    let mirrored = organizations.isEmpty ? own.map { [$0] } ?? [] : organizations
    guard !mirrored.isEmpty else { throw SyncError.noOrganization(principal: principal?.kind) }
    return Key(access: .organization, organizations: mirrored, principal: principal, page: page)
  }

  /// Whether the API is reachable although `GET /v3/self` failed: only the API rejects in this way, or another request succeeds.
  private func answersElsewhere(
    _ organization: String, despite error: APIError, asking client: DevinClient
  ) async throws -> Bool {
    switch error.reason {
    case .forbidden, .notFound: true
    case .unauthorized, .untrusted, .cancelled, .connection, .unavailable, .rateLimited, .redirected, .notJSON: false
    default:
      switch try await sight(of: organization, asking: client) {
      case .readable, .refused: true
      case .unknown: false
      }
    }
  }

  /// Whether a key may read an organization.
  private enum Sight {
    case readable
    case refused(APIError)
    case unknown
  }

  /// Requests one session.
  /// - Throws: `SyncError` when the key is rejected.
  private func sight(of organization: String, asking client: DevinClient) async throws -> Sight {
    let resource = Resource.sessions
    guard let path = resource.sources.first(where: { $0.reach == .organization })?.path else { return .unknown }
    do throws(APIError) {
      _ = try await client.page(
        of: Endpoint(path, ["org_id": organization]), rows: resource.rows, paging: .cursor(pageSize: 1))
      return .readable
    } catch {
      switch error.reason {
      case .forbidden, .notFound: return .refused(error)
      case .unauthorized, .cancelled: throw SyncError(asking: error, keySource: keySource)
      default: return .unknown
      }
    }
  }

  /// - Parameter own: the organizations of this key, according to the API.
  /// - Throws: `SyncError` when a named organization is not among them and rejects the key.
  private func demandOwn(_ own: [String], ofEnterprise: Bool, asking client: DevinClient) async throws {
    for named in organizations where !own.contains(where: { isSameOrganization($0, named) }) {
      guard case .refused(let error) = try await sight(of: named, asking: client) else { continue }
      var problem = SyncProblem(.foreignOrganization(named: named, own: own, ofEnterprise: ofEnterprise), error: error)
      problem.keySource = keySource
      throw SyncError.foreignOrganization(problem)
    }
  }

  /// Compares the named organizations with the enterprise's list of organizations, if the key may read that list.
  private func demandListed(asking client: DevinClient) async throws {
    guard !organizations.isEmpty else { return }
    let resource = Resource.organizations
    let endpoint = Endpoint(resource.sources[0].path)
    var listed: [String] = []
    var known: Set<String> = []
    var cursors: Set<PageCursor> = []
    var cursor: PageCursor?
    repeat {
      do throws(APIError) {
        let page = try await client.page(of: endpoint, rows: resource.rows, paging: resource.paging, at: cursor)
        guard let items = try? JSONDecoder().decode(ListedOrganizations.self, from: Data(page.body.utf8)).items else { return }
        let new = items.compactMap(\.id).filter { known.insert($0).inserted }
        listed += new
        // After a page with no new organization, no further page is read.
        cursor = new.isEmpty ? nil : page.next
      } catch {
        if error.reason == .unauthorized || error.reason == .cancelled { throw SyncError(asking: error, keySource: keySource) }
        return
      }
    } while cursor.map { cursors.insert($0).inserted } ?? false
    try await demandOwn(listed, ofEnterprise: true, asking: client)
  }
}

private struct ListedOrganizations: Decodable {
  struct Item: Decodable {
    let id: String?

    private enum CodingKeys: String, CodingKey { case id = "org_id" }
  }

  let items: [Item]
}
