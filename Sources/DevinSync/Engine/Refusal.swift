import DevinAPI
import DevinModel

/// What a failed request means for its resource.
enum Refusal {
  case cancelled
  /// It never worked: the report names it, and it is no failure.
  case skip(ResourceReport.Outcome, status: Int)
  case problem(SyncProblem.Kind)

  init(_ error: APIError, of source: ListSource, isKnownToWork: Bool, wasNamed: Bool) {
    self =
      switch error.reason {
      case .cancelled: .cancelled
      case .unauthorized: .problem(.keyRefused)
      case .forbidden where isKnownToWork: .problem(.permissionLost(source.permission))
      case .forbidden where wasNamed: .problem(.forbidden(source.permission))
      case .forbidden: .skip(.forbidden, status: 403)
      case .notFound where isKnownToWork: .problem(.withdrawn(source.permission))
      case .notFound where wasNamed: .problem(.absent)
      case .notFound: .skip(.absent, status: 404)
      default: .problem(.requestFailed)
      }
  }
}
