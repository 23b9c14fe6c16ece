package import DevinAPI
import DevinModel
package import MirrorReading
import MirrorStore

/// Why nothing could be planned or applied.
package enum PushError: Error, Sendable {
  /// Files cannot be used; never empty. Nothing was asked of the server.
  case files([FileProblem])
  /// The server did not say, or refused, what is needed.
  case server(APIError)
  /// The organization that was named, and the one that the key belongs to.
  case foreignOrganization(String, own: String)
  /// The mirror's file cannot be used, or another run uses it.
  case mirror(MirrorError)
}

/// Brings edited files back to Devin: plans with GET alone, and applies what was planned.
package struct ContentPush: Sendable {
  /// The key that writes.
  let credential: Credential
  /// Those that were named; empty: the one that the key belongs to.
  let organizations: [String]
  let address: APIAddress
  let route: NetworkRoute
  let time: TimeSource
  let userAgent: String
  /// The mirror's file; it need not exist to plan.
  let database: String

  package init(
    database: String, credential: Credential, organizations: [String], address: APIAddress, route: NetworkRoute, time: TimeSource,
    userAgent: String
  ) {
    self.database = database
    self.credential = credential
    self.organizations = organizations
    self.address = address
    self.route = route
    self.time = time
    self.userAgent = userAgent
  }

  /// Compares files with the server. Sends GET and nothing else.
  /// - Throws: `PushError`.
  package func plan(_ paths: [String], _ options: PushOptions) async throws -> PushPlan {
    let tree = try Self.tree(paths, options)
    return try await Self.explaining {
      try await DevinClient.withClient(
        address: address, route: route, credential: credential, concurrency: 1, time: time, userAgent: userAgent
      ) { try await plan(tree, options, asking: $0) }
    }
  }

  /// - Throws: `PushError.files`.
  static func tree(_ paths: [String], _ options: PushOptions) throws -> ContentTree {
    let tree = ContentTree(paths, findsMissing: options.deletes)
    let wishes = tree.items.filter { options.includes($0.file.kind) && $0.file.isWish }
    let problems = tree.problems + wishes.flatMap(\.file.problems)
    guard problems.isEmpty else { throw PushError.files(problems) }
    return tree
  }

  func plan(_ tree: ContentTree, _ options: PushOptions, asking client: DevinClient) async throws -> PushPlan {
    let principal = try await principal(asking: client)
    if let own = principal?.organization, let other = organizations.first(where: { $0 != own }) {
      throw PushError.foreignOrganization(other, own: own)
    }
    var planner = PushPlanner(
      server: ServerContent(client: client), options: options, principal: principal,
      organizations: organizations, mirror: try? MirrorReader(database: database))
    return try await planner.plan(tree)
  }

  /// - Returns: nil: the server does not say whose key it is.
  func principal(asking client: DevinClient) async throws -> Principal? {
    do throws(APIError) {
      guard let page = try await client.object(Endpoint(Resource.credential.sources[0].path)) else { return nil }
      return try Principal(page)
    } catch {
      guard case .forbidden = error.reason, !organizations.isEmpty else { throw error }
      return nil
    }
  }

  static func explaining<Result>(_ work: () async throws -> Result) async throws -> Result {
    do {
      return try await work()
    } catch let error as APIError {
      throw PushError.server(error)
    } catch let error as MirrorError {
      throw PushError.mirror(error)
    } catch let error as StoreError {
      throw PushError.mirror(MirrorError(error))
    }
  }
}
