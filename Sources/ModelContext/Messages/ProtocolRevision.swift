/// The revisions of the protocol that this server speaks.
package enum ProtocolRevision: String, CaseIterable, Sendable {
  /// Without a handshake: each request names its revision and what the client can do.
  case july2026 = "2026-07-28"
  case november2025 = "2025-11-25"
  case june2025 = "2025-06-18"

  /// Whether requests carry what a handshake told before.
  package var isStateless: Bool { self == .july2026 }

  /// Newest first.
  static var list: JSON { .list(allCases.map { .text($0.rawValue) }) }

  /// The revision that answers `initialize`: the one that is offered, where this server knows it and it has a handshake. A client that offers
  /// an older one gets the oldest, which is nearest to what it knows; any other gets the newest with a handshake.
  package static func handshake(offered: String) -> ProtocolRevision {
    if let known = ProtocolRevision(rawValue: offered), !known.isStateless { return known }
    return ["2025-03-26", "2024-11-05", "2024-10-07"].contains(offered) ? .june2025 : .november2025
  }
}
