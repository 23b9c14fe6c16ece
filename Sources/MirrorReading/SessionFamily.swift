import DevinModel
import Foundation

/// A session and everything below it, as the view `session_family_members` has it; but each session once, and not more than a bounded number:
/// sessions may list each other in circles.
struct SessionFamily {
  /// The session that started it all first, then by steps below it.
  let members: [SessionStory.Relative]
  /// Whether there are more than are told, or steps further down than are gone.
  let isCut: Bool

  private static let mostMembers = 1_000
  private static let mostSteps = 100
  /// Sessions whose children are asked for at once.
  private static let chunk = 50

  /// - Throws: `MirrorError`.
  init(below root: String, in reader: MirrorReader) async throws {
    var depths = [root: 0]
    var level = [root]
    var isCut = false
    for depth in 1...Self.mostSteps where !level.isEmpty && !isCut {
      var next: [String] = []
      for start in stride(from: 0, to: level.count, by: Self.chunk) where !isCut {
        let parents = Array(level[start..<min(start + Self.chunk, level.count)])
        let room = Self.mostMembers - depths.count
        let found = try await Self.children(of: parents, except: Array(depths.keys), limit: room + 1, in: reader)
        isCut = found.count > room
        for child in found.prefix(room) { depths[child] = depth }
        next += found.prefix(room)
      }
      level = next
    }
    self.isCut = isCut || !level.isEmpty
    members = depths.count > 1 ? try await Self.facts(of: depths, in: reader) : []
  }

  private static func children(
    of parents: [String], except known: [String], limit: Int, in reader: MirrorReader
  ) async throws -> [String] {
    try await reader.answer(
      """
      WITH parents AS MATERIALIZED (SELECT value AS session_id FROM json_each(:parents)),
      children AS (
        SELECT c.session_id FROM parents AS m JOIN sessions AS c ON c.parent_session_id IN (m.session_id, 'devin-' || m.session_id)
        WHERE c._deleted_at IS NULL
        UNION
        SELECT c.session_id FROM parents AS m JOIN session_children AS k ON k.session_id = m.session_id
          JOIN sessions AS c ON c.session_id = k.child_session_id
        WHERE c._deleted_at IS NULL AND c.parent_session_id IS NULL)
      SELECT session_id FROM children WHERE session_id NOT IN (SELECT value FROM json_each(:known)) LIMIT :limit
      """, ["parents": .text(try json(parents)), "known": .text(try json(known)), "limit": .integer(Int64(limit))]
    ).rows.compactMap { $0[0].text }
  }

  private static func facts(of depths: [String: Int], in reader: MirrorReader) async throws -> [SessionStory.Relative] {
    try await reader.answer(
      """
      WITH members AS MATERIALIZED (SELECT key AS session_id, value AS depth FROM json_each(:members))
      SELECT f.session_id, f.title, m.depth, f.status, f.acus, f.merged_pull_requests FROM members AS m JOIN session_facts AS f USING (session_id)
      ORDER BY m.depth, f.created_at
      """, ["members": .text(try json(depths))]
    ).rows.map { row in
      SessionStory.Relative(
        id: row[0].text ?? "", title: row[1].text, depth: row[2].integer ?? 0, status: row[3].text, acus: row[4].real,
        mergedPullRequests: row[5].integer ?? 0)
    }
  }

  private static func json(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }
}
