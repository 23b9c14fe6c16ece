/// What the sandbox does on writes where the sources disagree or say nothing, so that a writer can be tried under each reading.
///
/// Members that a JSON text leaves out keep their default values.
package struct WriteRules: Sendable, Hashable {
  /// What a PUT of a playbook does to a macro or a schema that it leaves out.
  package enum AbsentMembers: String, Sendable, Codable, CaseIterable { case kept, cleared }

  /// What a second playbook of the same macro gets, and a second secret of the same key.
  package enum Duplicates: String, Sendable, Codable, CaseIterable {
    case allowed
    /// 409.
    case conflict
  }

  /// What a DELETE of what is gone gets.
  package enum Gone: String, Sendable, Codable, CaseIterable {
    /// 403 for secrets, 404 for everything else.
    case documented
    case notFound = "not_found"
    case forbidden
  }

  /// To what an organization was moved.
  package enum Move: String, Sendable, Codable, CaseIterable {
    /// Schedules are no longer made: 403.
    case automations
    /// There are no notes any more: 404.
    case skills
  }

  package var absentMembers = AbsentMembers.cleared
  /// What a PATCH of an automation does to a group that it names: `merge_patch`, `replace_groups`; any other word is told
  /// and means `merge_patch`.
  package var updateSemantics = "replace_groups"
  package var duplicates = Duplicates.allowed
  package var gone = Gone.documented
  package var moves: Set<Move> = []
  /// So many readings of a list show it as it was before a write.
  package var staleLists = 0
  /// The same of readings of a single object.
  package var staleObjects = 0
  /// Whether a session needs exactly one tag, of those that its organization allows.
  package var enforcesTags = false
  /// Whether texts are trimmed and tags sorted on their way in.
  package var normalizes = false

  package init() {}
}

extension WriteRules: Codable {
  enum CodingKeys: String, CodingKey {
    case duplicates, gone, moves, normalizes
    case absentMembers = "absent_members"
    case updateSemantics = "update_semantics"
    case enforcesTags = "enforces_tags"
    case staleLists = "stale_lists"
    case staleObjects = "stale_objects"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    func read<Value: Decodable>(_ path: WritableKeyPath<Self, Value>, _ key: CodingKeys) throws {
      self[keyPath: path] = try container.decodeIfPresent(Value.self, forKey: key) ?? self[keyPath: path]
    }
    try read(\.absentMembers, .absentMembers)
    try read(\.updateSemantics, .updateSemantics)
    try read(\.duplicates, .duplicates)
    try read(\.gone, .gone)
    try read(\.moves, .moves)
    try read(\.staleLists, .staleLists)
    try read(\.staleObjects, .staleObjects)
    try read(\.normalizes, .normalizes)
    try read(\.enforcesTags, .enforcesTags)
  }
}
