/// What the sandbox does on writes where the sources disagree or say nothing, so that a writer can be tried under each reading.
///
/// Members that a JSON text leaves out keep their default values.
package struct WriteRules: Sendable, Hashable, Codable {
  /// What a PUT of a playbook does to a macro or a schema that it leaves out.
  package enum AbsentMembers: String, Sendable, Codable, CaseIterable { case kept, cleared }

  /// What a second playbook of the same macro gets, and a second secret of the same key.
  package enum Duplicates: String, Sendable, Codable, CaseIterable {
    case allowed
    /// 409.
    case conflict
  }

  /// What a DELETE of an object that does not exist gets.
  package enum MissingObject: String, Sendable, Codable, CaseIterable {
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
  package var gone = MissingObject.documented
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
