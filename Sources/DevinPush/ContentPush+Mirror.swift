import DevinAPI
import DevinModel
import Files
import Foundation
import MirrorReading
import MirrorStore

extension ContentPush {
  /// Opens the mirror to write to it, which nobody else does meanwhile, and the network.
  /// - Throws: `PushError`; errors of `body`.
  func withMirror<Result>(
    _ options: PushMirrorOptions, _ body: (MirrorStore, DevinClient, DevinWriter) async throws -> Result
  ) async throws -> Result {
    try await Self.explaining {
      // A mirror that is missing is not made: it has the journal of what was sent before.
      _ = try MirrorReader(database: database)
      let lock = try await FileLock.acquire(
        database: database, waiting: options.lockWait, start: { time.now().iso8601 }, elapsed: time.elapsed, sleep: time.sleep)
      defer { withExtendedLifetime(lock) {} }
      let store = try MirrorStore(path: database, .write, below: Catalogue.listsBelow)
      try store.demandUnredacted()
      store.omittedMembers = options.omittedMembers
      store.volatileMembers = options.volatileMembers
      defer { try? store.close() }
      return try await DevinWriter.withClients(
        address: address, route: route, credential: credential, time: time, userAgent: userAgent
      ) { client, writer in
        try await body(store, client, writer)
      }
    }
  }

  /// The one organization that rows are for, and whose key it is.
  func singleOrganization(asking client: DevinClient) async throws -> (id: String, principal: Principal?) {
    let principal = try await principal(asking: client)
    if let own = principal?.organization {
      if let other = organizations.first(where: { $0 != own }) { throw PushError.foreignOrganization(other, own: own) }
      return (own, principal)
    }
    guard organizations.count == 1 else { throw PushError.noSingleOrganization }
    return (organizations[0], principal)
  }
}
