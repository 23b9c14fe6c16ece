/// A kind of objects that the sandbox holds, named like the table of the mirror. `SandboxResource+Kinds.swift` declares all of them.
package struct SandboxResource: RawRepresentable, Hashable, Sendable, Codable, CaseIterable,
  CustomStringConvertible
{
  /// The order in which rows are listed.
  enum Order: Sendable {
    case made
    /// The row of the greatest `created_at` first; where `turns`, the other way round for `order=asc`.
    case newestFirst(turns: Bool = false)
  }

  /// Whom a row is shown to that belongs to no organization.
  enum Unowned: Sendable {
    case enterprise
    /// Every organization too.
    case all
    /// The enterprise, whose paths lead to nothing else.
    case enterpriseAlone
  }

  /// Until when a list of all rows is kept.
  enum Lifetime: Sendable {
    case edit, second, day
    /// Until a session changes.
    case session
    /// Not at all: the rows change all the time, or are too large together.
    case request
  }

  /// Where the rows come from. The functions get the kind; rows are made when they are asked for.
  enum Rows: Sendable {
    /// Kept by each organization, from its beginning: sessions, what hangs on them, and the credential.
    case kept
    /// By the kind's template, as many as the organization's scenario says. Edits and news make more of them. Of the first
    /// organization's those belong to the enterprise that say so.
    case scenario(@Sendable (SandboxScenario) -> Int, shared: Int = 0)
    /// So many by the kind's template: for the first organization, for each other, and beside them for the enterprise itself.
    case template(Int, Int, shared: Int = 0)
    /// So many by the kind's template, which belong to no organization.
    case once(Int)
    /// Made for each organization, by its number.
    case each(@Sendable (inout Enterprise, SandboxResource, Int) throws -> [EnterpriseRow])
    /// Made all at once.
    case whole(@Sendable (inout Enterprise, SandboxResource) throws -> [EnterpriseRow])
  }

  /// What is declared of a kind.
  struct Declaration: Sendable {
    let name: String
    let key: String?
    let keyColumns: [String]
    let scopeColumns: [String]
    let textMember: String?
    let order: Order
    let unowned: Unowned
    let lifetime: Lifetime
    let isText: Bool
    let hasTotal: Bool
    let rows: Rows
    let endpoints: [Endpoint]
  }

  /// One for each kind, so that a row does not carry a copy.
  private final class Box: Sendable {
    let declaration: Declaration
    init(_ declaration: Declaration) { self.declaration = declaration }
  }

  private let box: Box
  var declaration: Declaration { box.declaration }

  /// - Parameters:
  ///   - key: the values that tell a row from the others, in the order in which they make up its id: members of the object or of
  ///     its scope. The last one is the object's own id.
  ///   - hasID: whether the object has an id of its own.
  ///   - scope: what the list that a row is in says about it and the row itself does not.
  ///   - text: a member of free text.
  ///   - isText: whether a row is sent as its only text.
  ///   - hasTotal: whether a page tells how many rows there are.
  init(
    _ name: String, key: [String] = [], hasID: Bool = true, scope: [String] = [], text: String? = nil, order: Order = .made,
    unowned: Unowned = .enterprise, lifetime: Lifetime = .edit, isText: Bool = false, hasTotal: Bool = true, rows: Rows = .kept,
    _ endpoints: [Endpoint]...
  ) {
    box = Box(
      Declaration(
        name: name, key: hasID ? key.last.flatMap { scope.contains($0) ? nil : $0 } : nil, keyColumns: key, scopeColumns: scope,
        textMember: text, order: order, unowned: unowned, lifetime: lifetime, isText: isText, hasTotal: hasTotal, rows: rows,
        endpoints: endpoints.flatMap(\.self)))
  }

  package init?(rawValue: String) {
    guard let known = Self.byName[rawValue] else { return nil }
    self = known
  }

  private static let byName = Dictionary(uniqueKeysWithValues: every.map { ($0.rawValue, $0) })

  package var rawValue: String { declaration.name }
  package var description: String { rawValue }

  package static func == (left: Self, right: Self) -> Bool { left.box === right.box }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(box)) }

  /// The member that holds an object's own id; nil where there is none, as for the credential, of which there is one.
  package var key: String? { declaration.key }

  var keyColumns: [String] { declaration.keyColumns }
  var scopeColumns: [String] { declaration.scopeColumns }
  var textMember: String? { declaration.textMember }

  var isNewestFirst: Bool { if case .newestFirst = declaration.order { true } else { false } }

  /// Whether `order=asc` turns the list round.
  var turns: Bool { if case .newestFirst(turns: true) = declaration.order { true } else { false } }

  /// Whether each organization keeps these, from its beginning.
  var isKept: Bool { if case .kept = declaration.rows { true } else { false } }

  /// How many of these an organization begins with, where its scenario says so.
  func count(in scenario: SandboxScenario) -> Int? {
    guard case .scenario(let count, _) = declaration.rows else { return nil }
    return max(0, count(scenario))
  }

  /// Whether the rows are made organization by organization.
  var isOfEachOrganization: Bool {
    switch declaration.rows {
    case .scenario, .template, .each: true
    case .kept, .once, .whole: false
    }
  }

  /// Whether a key of one organization has a list of these.
  var isOfOrganizations: Bool { declaration.endpoints.contains { !$0.isOfEnterprise } }

  /// What a single organization was made of first: sessions and what is written for them.
  ///
  /// The kinds behind these are in `every`.
  package static let allCases = every.filter { $0.isKept || $0.count(in: SandboxScenario()) != nil }

  /// The kinds that are kept as rows of the enterprise and told with their scope.
  package static let further = every.filter { !allCases.contains($0) }
}
