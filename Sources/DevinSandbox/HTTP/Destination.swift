/// What answers a path of the API.
enum Destination {
  case route(Route)
  case endpoint(Endpoint, [String: String])

  /// - Parameter betaMoved: whether what is in beta is under `v3`, and nothing under `v3beta1`.
  /// - Returns: nil when there is no such endpoint.
  init?(_ target: Target, betaMoved: Bool) {
    guard let version = target.parts.first else { return nil }
    let path = target.parts.dropFirst()
    if version == "v3", let route = Route(path) {
      self = .route(route)
    } else if let (endpoint, values) = Endpoint.find(path) {
      guard version == endpoint.version(betaMoved: betaMoved) else { return nil }
      self = .endpoint(endpoint, values)
    } else {
      return nil
    }
  }

  /// nil: any key will do.
  var permission: String? {
    switch self {
    case .route(let route): route.permission
    case .endpoint(let endpoint, _): endpoint.permission
    }
  }

  var pattern: String {
    switch self {
    case .route(let route): route.pattern
    case .endpoint(let endpoint, _): endpoint.pattern
    }
  }

  /// The id of the organization that the path names.
  func organization(_ target: Target) -> String? {
    switch self {
    case .route(.credential): nil
    case .route: target.parts[2]
    case .endpoint(_, let values): values["org_id"]
    }
  }
}
