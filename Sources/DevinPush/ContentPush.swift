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
  /// What is asked for cannot be done; why, for people.
  case unusable(String)
  /// Files or the server are not as a saved plan says; how, for people, never empty.
  case moved([String])
  /// The organization that was named, and the one that the key belongs to.
  case foreignOrganization(String, own: String)
  /// Rows are for one organization, and the key does not say which.
  case noSingleOrganization
  /// The mirror's file cannot be used, or another run uses it.
  case mirror(MirrorError)
}

/// What somebody asks to bring back to Devin.
package enum PushSource: Sendable {
  /// Files, and folders with files, as a user writes them.
  case files([String])
  /// An earlier version of an object that the mirror has.
  case version(of: ContentKind, key: String, at: PastMoment)
}

/// Brings edited files and earlier versions back to Devin: plans with GET alone, and applies what was planned.
package struct ContentPush: Sendable {
  /// The key that writes.
  let credential: Credential
  /// Those that were named; empty: the one that the key belongs to.
  let organizations: [String]
  package let address: APIAddress
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

  /// Compares what is wished with the server. Sends GET and nothing else.
  /// - Throws: `PushError`.
  package func plan(_ source: PushSource, _ options: PushOptions) async throws -> PushPlan {
    try await Self.explaining {
      let wish = try await wish(source, options)
      return try await DevinClient.withClient(
        address: address, route: route, credential: credential, concurrency: 1, time: time, userAgent: userAgent
      ) { try await plan(wish, options, asking: $0) }
    }
  }

  /// What is wished, as it was read before anything is asked of the server.
  enum Wish: Sendable {
    case tree(ContentTree)
    case version(PastVersion)
  }

  /// - Throws: `PushError.files`, `.unusable`; `MirrorError`.
  func wish(_ source: PushSource, _ options: PushOptions) async throws -> Wish {
    switch source {
    case .files(let paths): return .tree(try Self.tree(paths, options))
    case .version(let kind, let key, let moment):
      do {
        return .version(try await PastVersion(of: kind, key: key, at: moment, in: MirrorReader(database: database)))
      } catch let missing as PastVersion.Missing {
        throw PushError.unusable("\(kind.resourceName) \(key): \(missing.why)")
      }
    }
  }

  /// - Throws: `PushError.files`.
  private static func tree(_ paths: [String], _ options: PushOptions) throws -> ContentTree {
    let tree = ContentTree(paths, findsMissing: options.deletes)
    let wishes = tree.items.filter { options.includes($0.file.kind) && ($0.file.isWish || options.target != nil) }
    let problems = tree.problems + wishes.flatMap(\.file.problems)
    guard problems.isEmpty else { throw PushError.files(problems) }
    return tree
  }

  func plan(_ wish: Wish, _ options: PushOptions, asking client: DevinClient) async throws -> PushPlan {
    let principal = try await principal(asking: client)
    if let own = principal?.organization, let other = organizations.first(where: { $0 != own }) {
      throw PushError.foreignOrganization(other, own: own)
    }
    var planner = PushPlanner(
      server: ServerContent(client: client), options: options, principal: principal,
      organizations: organizations, mirror: try? MirrorReader(database: database))
    switch wish {
    case .tree(let tree): return try await planner.plan(tree)
    case .version(let past): return try await planner.restoration(past)
    }
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
