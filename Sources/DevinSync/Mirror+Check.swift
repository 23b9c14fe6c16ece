import DevinAPI
import Foundation

/// What a key may read, found out by asking.
public struct AccessReport: Hashable, Sendable {
  public enum Access: Hashable, Sendable {
    case readable
    /// 403: the permission is missing.
    case forbidden
    /// 404: not on this deployment, or switched off.
    case absent
    /// Could not be found out; why.
    case unknown(String)
  }

  public struct Entry: Hashable, Sendable {
    public let resource: String
    public let permission: String
    public let access: Access
  }

  /// service_user, pat_user …; nil where the deployment does not say.
  public internal(set) var principal: String?
  public internal(set) var organization: String
  public internal(set) var entries: [Entry] = []
  public internal(set) var requests = 0
}

extension Mirror {
  /// Asks for one row of every resource, and keeps none.
  /// - Throws: `SyncError` when the key is refused or no organization is known.
  public func check(_ resources: [Resource] = Catalogue.all) async throws -> AccessReport {
    try await DevinClient.withClient(
      address: address, credential: credential, concurrency: 2, time: time, userAgent: Self.userAgent
    ) { client in
      let principal: Principal?
      do throws(APIError) {
        principal = try await client.principal()
      } catch {
        guard organization != nil, error.reason != .unauthorized else {
          throw SyncError(asking: error)
        }
        principal = nil
      }
      guard let organization = organization ?? principal?.organization else {
        throw SyncError.noOrganization(principal: principal?.kind)
      }
      var report = AccessReport(principal: principal?.kind, organization: organization)
      var firstParents: [String: String] = [:]
      for resource in resources {
        var names = ["org_id": organization]
        var access: AccessReport.Access
        if let parent = resource.parent, firstParents[parent] == nil {
          access = .unknown("there is no row of \(parent) to try it on")
        } else {
          names["devin_id"] = resource.parent.flatMap { firstParents[$0] }
          do throws(APIError) {
            let page = try await client.page(
              of: Endpoint(resource.path, names), rows: resource.rows, paging: resource.paging.withPageSize(1))
            firstParents[resource.name] = Self.firstSession(in: page)
            access = .readable
          } catch {
            switch error.reason {
            case .unauthorized: throw SyncError.keyRefused(Problem(.keyRefused, error: error))
            case .cancelled: throw CancellationError()
            case .forbidden: access = .forbidden
            case .notFound: access = .absent
            default: access = .unknown(error.message)
            }
          }
        }
        report.entries.append(.init(resource: resource.name, permission: resource.permission, access: access))
      }
      report.requests = client.meter.reading.requests
      return report
    }
  }

  private static func firstSession(in page: Page) -> String? {
    struct List: Decodable {
      struct Item: Decodable {
        let id: String?
        enum CodingKeys: String, CodingKey { case id = "session_id" }
      }
      let items: [Item]
    }
    let id = (try? JSONDecoder().decode(List.self, from: Data(page.body.utf8)))?.items.first?.id
    return id.map { $0.hasPrefix("devin-") ? String($0.dropFirst(6)) : $0 }
  }
}

extension Paging {
  fileprivate func withPageSize(_ size: Int) -> Paging {
    switch self {
    case .cursor: .cursor(pageSize: size)
    case .offset: .offset(pageSize: size)
    case .single: .single
    }
  }
}
