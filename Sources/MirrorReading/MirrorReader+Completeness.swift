import DevinModel
import MirrorStore

extension MirrorReader {
  /// How complete and how fresh a mirror is, without counting its rows.
  package struct Freshness: Hashable, Sendable {
    package let completeness: MirrorCompleteness
    /// The newest time that a list of it is complete as of; Unix seconds.
    package let newest: Int64?
    /// Whether a run is at work.
    package let isSyncing: Bool
  }

  /// What the mirror's file is at this moment: the same stamp means the same content.
  package var stamp: Stamp { Stamp(file: MirrorStamp(store.path)) }

  package struct Stamp: Hashable, Sendable {
    fileprivate let file: MirrorStamp
  }

  /// - Parameter asked: resources that count, as far as the newest run that named none asked for them.
  /// - Throws: `MirrorError`.
  package func freshness(asked: Set<String>) async throws -> Freshness {
    do {
      let health = try await store.health()
      return Freshness(
        completeness: MirrorCompleteness(health, names: nil, asked: asked),
        newest: try await answer("SELECT moment FROM mirror_moment").rows.first?.first?.integer,
        isSyncing: try await isSyncing())
    } catch {
      throw MirrorError(storing: error)
    }
  }

  /// Whether a run is at work.
  /// - Throws: `MirrorError`.
  package func isSyncing() async throws -> Bool {
    do { return try await store.activeRun() != nil } catch { throw MirrorError(storing: error) }
  }
}
