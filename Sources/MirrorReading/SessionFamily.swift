import DevinModel
import Foundation

/// A session, the root session of its family, and all descendants of that. Every session has at most one parent, according to the view
/// `session_parents`. The number of sessions read is limited, since sessions may list each other in cycles.
struct SessionFamily {
  /// The root session first, then by depth.
  let members: [SessionStory.Relative]
  /// Whether the family has more members than are listed, or more levels than are followed.
  let isCut: Bool

  private static let mostMembers = 1_000
  private static let mostSteps = 100
  /// Number of sessions whose children are queried at once.
  private static let chunk = 50

  /// A relation: a session names another as its child, or is named by it as its parent.
  private struct Tie {
    let parent: String
    /// A larger rank means a closer parent.
    let rank: String
  }

  /// - Throws: `MirrorError`.
  init(of id: String, in reader: MirrorReader) async throws {
    let root = try await Self.root(of: id, in: reader)
    var ties: [String: Tie] = [:]
    var level = [root]
    var isCut = false
    for _ in 1...Self.mostSteps where !level.isEmpty && !isCut {
      var next: [String] = []
      for start in stride(from: 0, to: level.count, by: Self.chunk) where !isCut {
        let parents = Array(level[start..<min(start + Self.chunk, level.count)])
        for (child, tie) in try await Self.children(of: parents, in: reader) where child != root {
          if ties[child] == nil {
            guard ties.count < Self.mostMembers - 1 else {
              isCut = true
              continue
            }
            next.append(child)
          }
          if let known = ties[child], known.rank > tie.rank { continue }
          ties[child] = tie
        }
      }
      level = next
    }
    self.isCut = isCut || !level.isEmpty
    let depths = Self.depths(below: root, ties)
    members = depths.count > 1 ? try await Self.facts(of: depths, in: reader) : []
  }

  /// The number of steps from the root to each session that can be reached.
  private static func depths(below root: String, _ ties: [String: Tie]) -> [String: Int] {
    let children = Dictionary(grouping: ties.keys) { ties[$0]?.parent ?? "" }
    var depths = [root: 0]
    var level = [root]
    while !level.isEmpty {
      level = level.flatMap { parent in
        (children[parent] ?? []).filter { depths[$0] == nil }.map { child in
          depths[child] = (depths[parent] ?? 0) + 1
          return child
        }
      }
    }
    return depths
  }

  /// The root session of the family.
  private static func root(of id: String, in reader: MirrorReader) async throws -> String {
    var known = [id]
    while let last = known.last, known.count < mostSteps {
      guard let parent = try await parent(of: last, in: reader), !known.contains(parent) else { break }
      known.append(parent)
    }
    return known.last ?? id
  }

  private static func parent(of id: String, in reader: MirrorReader) async throws -> String? {
    let asked: [String: MirrorValue] = ["id": .text(id)]
    let own = try await reader.answer(
      """
      SELECT p.session_id FROM sessions AS s JOIN sessions AS p ON p.session_id = \(ownParent("s"))
      WHERE s.session_id = :id AND p._deleted_at IS NULL AND p.session_id <> s.session_id
      """, asked
    ).rows.first?.first?.text
    if let own { return own }
    // This scans all sessions, but parses only those that contain the id.
    return try await reader.answer(
      """
      SELECT p.session_id FROM sessions AS s CROSS JOIN sessions AS p
      WHERE s.session_id = :id AND p._deleted_at IS NULL AND p.session_id <> s.session_id AND instr(p._raw, :id)
        AND EXISTS (SELECT 1 FROM session_children AS k WHERE k.session_id = p.session_id AND k.child_session_id = :id)
        AND \(isOlder)
      ORDER BY \(created("p")) DESC, p.session_id DESC LIMIT 1
      """, asked
    ).rows.first?.first?.text
  }

  /// For each child of these sessions, by the same rule, the closest parent among them.
  private static func children(of parents: [String], in reader: MirrorReader) async throws -> [(child: String, tie: Tie)] {
    try await reader.answer(
      """
      WITH parents AS MATERIALIZED (SELECT value AS session_id FROM json_each(:parents)),
      ties AS (
        SELECT m.session_id AS parent, c.session_id AS child, 1 AS is_own
        FROM parents AS m JOIN sessions AS c ON c.parent_session_id IN (m.session_id, 'devin-' || m.session_id)
        UNION ALL
        SELECT m.session_id, k.child_session_id, 0 FROM parents AS m JOIN session_children AS k USING (session_id))
      SELECT s.session_id, p.session_id, max(t.is_own || printf('%020d', \(created("p"))) || p.session_id) AS rank
      FROM ties AS t CROSS JOIN sessions AS s ON s.session_id = t.child CROSS JOIN sessions AS p ON p.session_id = t.parent
      WHERE s._deleted_at IS NULL AND p._deleted_at IS NULL AND s.session_id <> p.session_id AND (t.is_own OR (\(isOlder)
        AND NOT EXISTS (SELECT 1 FROM sessions AS o WHERE o.session_id = \(ownParent("s")) AND o._deleted_at IS NULL AND o.session_id <> s.session_id)))
      GROUP BY s.session_id ORDER BY s.session_id
      """, ["parents": .text(try json(parents))]
    ).rows.map { ($0[0].text ?? "", Tie(parent: $0[1].text ?? "", rank: $0[2].text ?? "")) }
  }

  private static func created(_ table: String) -> String { "coalesce(\(EngineTime.shown(sql: "\(table).created_at")), 0)" }

  private static func ownParent(_ table: String) -> String {
    "iif(\(table).parent_session_id LIKE 'devin-%', substr(\(table).parent_session_id, 7), \(table).parent_session_id)"
  }

  /// Whether `p` may be the parent of `s` because it lists it: `p` is older. If two were created in the same second and list each
  /// other, the one with the smaller id is the parent.
  private static let isOlder = """
    (\(created("p")) < \(created("s")) OR (\(created("p")) = \(created("s")) AND (p.session_id < s.session_id
      OR NOT EXISTS (SELECT 1 FROM session_children AS b WHERE b.session_id = s.session_id AND b.child_session_id = p.session_id))))
    """

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
