package import DevinModel
import MirrorStore

extension MirrorReader {
  /// How complete and how fresh a mirror is, without counting its rows.
  package struct Freshness: Hashable, Sendable {
    package let completeness: MirrorCompleteness
    /// The latest time as of which one of its lists is complete; nil: none is.
    package let newest: UnixTime?
    /// Whether a run is active.
    package let isSyncing: Bool
  }

  /// Identifies the current state of the file: the same stamp means the same content.
  package var stamp: Stamp { Stamp(file: MirrorStamp(store.path)) }

  package struct Stamp: Hashable, Sendable {
    fileprivate let file: MirrorStamp
  }

  /// - Parameter asked: resources that count, if the newest run without named resources requested them.
  /// - Throws: `MirrorError`.
  package func freshness(asked: Set<String>) async throws -> Freshness {
    do {
      let health = try await store.health()
      return Freshness(
        completeness: MirrorCompleteness(health, names: nil, asked: asked),
        newest: try await answer("SELECT moment FROM mirror_moment").rows.first?.first?.time,
        isSyncing: try await isSyncing())
    } catch {
      throw MirrorError(storing: error)
    }
  }

  /// Whether a run is active.
  /// - Throws: `MirrorError`.
  package func isSyncing() async throws -> Bool {
    do { return try await store.activeRun() != nil } catch { throw MirrorError(storing: error) }
  }
}
