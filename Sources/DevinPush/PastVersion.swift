package import DevinModel
import Foundation
import MirrorReading

/// Which version of an object is meant.
package enum PastMoment: Hashable, Sendable {
  /// The newest one that says something else than the object does now; of a deleted object the last one.
  case previous
  /// The one that this change made, or, where it deleted the object, the one before (`sync_changes.change_id`).
  case change(Int64)
  /// The one that the mirror had at this time.
  case time(UnixTime)
}

/// An earlier version of an object, as the mirror has it.
struct PastVersion: Sendable {
  /// Why there is no such version, for people.
  struct Missing: Error, Hashable {
    let why: String
  }

  /// One change of the object, but for the one that brought it into the mirror.
  struct Change: Hashable, Sendable {
    let number: Int64
    let at: UnixTime
    let isDeletion: Bool
    /// What the object was before; nil: as it was after.
    let before: [String: JSONValue]?
  }

  let kind: ContentKind
  let key: String
  /// Nil: it belongs to the enterprise, or the mirror does not say.
  let organization: String?
  let isOfEnterprise: Bool
  /// The version.
  let row: [String: JSONValue]
  /// The newest version that the mirror has.
  let newest: Content
  let isDeleted: Bool

  var content: Content { Content(kind, row: row) }

  /// - Throws: `Missing`; `MirrorError`, `.noSuchRow` when the mirror has no such object.
  init(of kind: ContentKind, key: String, at moment: PastMoment, in reader: MirrorReader) async throws {
    let omitted = try await reader.answer(
      "SELECT member FROM sync_omitted WHERE resource = :resource", ["resource": .text(kind.resourceName)])
    if let member = omitted.rows.first?[0].text {
      throw Missing(why: "the mirror does without \(kind.resourceName).\(member) (setting omit), so that no version is complete")
    }
    let found = try await reader.answer(
      "SELECT _raw, org_id, _first_synced_at, _deleted_at IS NOT NULL FROM \(kind.resourceName) WHERE \(kind.keyMember) = :key",
      ["key": .text(key)])
    guard let row = found.rows.first, let newest = row[0].text.flatMap(JSONValue.object(of:)) else {
      throw MirrorError.noSuchRow(kind.resourceName, key)
    }
    let changes = try await reader.answer(
      """
      SELECT change_id, changed_at, change, before FROM sync_changes
      WHERE resource = :resource AND key = :key AND change <> 'inserted' ORDER BY change_id
      """, ["resource": .text(kind.resourceName), "key": .text(key)])
    if case .change(let number) = moment { try await Self.demand(number, of: kind, key, in: reader) }
    self.kind = kind
    self.key = key
    self.newest = Content(kind, row: newest)
    isDeleted = row[3] == .integer(1)
    isOfEnterprise = newest["access_type"]?.text == "enterprise"
    organization = newest["org_id"]?.text ?? row[1].text
    self.row = try Self.row(
      of: kind, at: moment, newest: newest, isDeleted: isDeleted,
      changes: changes.rows.compactMap { row in
        guard let number = row[0].integer, let at = row[1].time else { return nil }
        return Change(
          number: number, at: at, isDeletion: row[2].text == "deleted", before: row[3].text.flatMap(JSONValue.object(of:)))
      },
      seenFrom: row[2].time ?? .epoch, knownFrom: try await reader.historyKnownFrom())
  }

  /// The version of a moment.
  /// - Parameters:
  ///   - changes: oldest first.
  ///   - seenFrom: since when the mirror has the object.
  ///   - knownFrom: since when changes are kept; nil: from the first one on.
  static func row(
    of kind: ContentKind, at moment: PastMoment, newest: [String: JSONValue], isDeleted: Bool, changes: [Change],
    seenFrom: UnixTime, knownFrom: UnixTime?
  ) throws(Missing) -> [String: JSONValue] {
    /// What the object was after some of its changes.
    func version(after count: Int) -> [String: JSONValue] { changes[count...].lazy.compactMap(\.before).first ?? newest }
    /// What is known, where that is less than what is asked for.
    let limit = knownFrom.flatMap { $0 > seenFrom ? "history is known from \($0.iso8601) on" : nil }
    switch moment {
    case .previous:
      guard !isDeleted else { return newest }
      let now = Content(kind, row: newest).hash
      for change in changes.reversed() {
        if let before = change.before, Content(kind, row: before).hash != now { return before }
      }
      throw Missing(why: "no other version of it is known\(limit.map { ": \($0)" } ?? "")")
    case .change(let number):
      let count = changes.count { $0.number <= number }
      if count > 0, changes[count - 1].number == number, changes[count - 1].isDeletion, let before = changes[count - 1].before {
        return before
      }
      return version(after: count)
    case .time(let time):
      guard time >= seenFrom else {
        throw Missing(why: "the mirror has it since \(seenFrom.iso8601), and not earlier")
      }
      if let limit, let knownFrom, time < knownFrom { throw Missing(why: limit) }
      let count = changes.count { $0.at <= time }
      guard count == 0 || !changes[count - 1].isDeletion else {
        throw Missing(why: "it was deleted at that time, since \(changes[count - 1].at.iso8601)")
      }
      return version(after: count)
    }
  }

  private static func demand(_ change: Int64, of kind: ContentKind, _ key: String, in reader: MirrorReader) async throws {
    let found = try await reader.answer(
      "SELECT resource, key FROM sync_changes WHERE change_id = :change", ["change": .integer(change)])
    guard let row = found.rows.first else {
      let pruned = try await reader.answer("SELECT change_id, known_from FROM sync_pruned").rows.first
      if let pruned, let last = pruned[0].integer, change <= last, let from = pruned[1].time {
        throw Missing(why: "change \(change) was removed: history is known from \(from.iso8601) on")
      }
      throw Missing(why: "there is no change \(change)")
    }
    guard row[0].text == kind.resourceName, row[1].text == key else {
      throw Missing(why: "change \(change) is of \(row[0].text ?? "another row") \(row[1].text ?? "")")
    }
  }
}
