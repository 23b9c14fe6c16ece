/// The revisions of the protocol that this server supports.
package enum ProtocolRevision: String, CaseIterable, Sendable {
  /// Without a handshake: each request names its revision and the client's capabilities.
  case july2026 = "2026-07-28"
  case november2025 = "2025-11-25"
  case june2025 = "2025-06-18"

  /// Whether requests contain what earlier revisions exchanged in a handshake.
  package var isStateless: Bool { self == .july2026 }

  /// Newest first.
  static var list: JSON { .list(allCases.map { .text($0.rawValue) }) }

  /// The revision for the answer to `initialize`: the offered one, if this server supports it and it has a handshake. A client that offers
  /// an older one gets the oldest supported revision, which is the most similar; any other client gets the newest with a handshake.
  package static func handshake(offered: String) -> ProtocolRevision {
    if let known = ProtocolRevision(rawValue: offered), !known.isStateless { return known }
    return ["2025-03-26", "2024-11-05", "2024-10-07"].contains(offered) ? .june2025 : .november2025
  }
}
