import DevinAPI
import DevinModel

extension SyncError {
  /// A sentence or two: what happened, and where.
  public var message: String {
    switch self {
    case .unknownResource(let name):
      "there is no resource or group `\(name)`. The groups are: \(ResourceGroup.allCases.map(\.rawValue).joined(separator: ", ")). The resources are: \(Catalogue.all.map(\.name).joined(separator: ", "))."
    case .nothingRequested:
      "there is nothing to read: every requested resource is left out."
    case .noOrganization(let principal):
      principal.map { "the key belongs to no organization (it is a \($0))." }
        ?? "GET /v3/self does not say which organization the key belongs to."
    case .keyRefused(let problem), .serverUntrusted(let problem), .foreignOrganization(let problem): problem.message
    case .apiUnusable(let problem): "\(problem.error?.message ?? "the API does not respond"). Nothing was read."
    case .organizationUnknown(let problem): "the organization of the key could not be requested: \(problem.message)"
    case .mirror(let error): error.message
    }
  }
}
