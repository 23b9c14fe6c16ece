/// A kind of objects in the sandbox, named like the table of the mirror. `SandboxResource+Kinds.swift` declares all of them.
@dynamicMemberLookup
package struct SandboxResource: RawRepresentable, Hashable, Sendable, Codable, CaseIterable,
  CustomStringConvertible
{
  /// The order in which rows are listed.
  enum Order: Sendable {
    case made
    /// The latest `created_at` first.
    case newestFirst
    /// The same, in reverse order for `order=asc`.
    case turning
  }

  /// Who can see a row that belongs to no organization.
  enum Unowned: Sendable {
    case enterprise
    /// Every organization too.
    case all
    /// Only the enterprise, whose paths then contain no other rows.
    case enterpriseAlone
  }

  /// How long a list of all rows is cached.
  enum Lifetime: Sendable {
    case edit
    case second
    /// Until a session changes.
    case session
    /// Not at all: the rows change all the time, or are too large together.
    case request
  }

  /// Where the rows come from. The functions receive the kind; rows are created on request.
  enum Rows: Sendable {
    /// Stored by each organization from its beginning: sessions and their parts.
    case kept
    /// From the kind's template, as many as the organization's scenario says. Edits and news add more. Those of the first
    /// organization belong to the enterprise if they say so.
    case scenario(@Sendable (SandboxScenario) -> Int, shared: Int = 0)
    /// From the kind's template: numbers for the first organization, for each other one, and in addition for the enterprise itself.
    case template(Int, Int, shared: Int = 0)
    /// This many from the kind's template, which belong to no organization.
    case once(Int)
    /// Created for each organization, by its number.
    case each(@Sendable (inout Enterprise, SandboxResource, Int) throws -> [EnterpriseRow])
    /// Created all at once.
    case whole(@Sendable (inout Enterprise, SandboxResource) throws -> [EnterpriseRow])
  }

  /// The declaration of a kind: one instance for each, so that a row does not contain a copy.
  package final class Declaration: Sendable {
    let name: String
    /// The values that identify a row, in the order in which they form its id: members of the object or of its scope.
    let keyColumns: [String]
    /// The values that come from the list of a row and not from the row itself.
    let scopeColumns: [String]
    /// The member with an object's own id; nil: there is none.
    let ownKey: String?
    /// A member with free text.
    let textMember: String?
    let order: Order
    let unowned: Unowned
    let lifetime: Lifetime
    /// Whether a row is sent as a single text.
    let isText: Bool
    /// Whether a page contains the total number of rows.
    let hasTotal: Bool
    let rows: Rows
    let endpoints: [Endpoint]

    fileprivate init(
      _ name: String, _ key: [String], _ hasID: Bool, _ scope: [String], _ text: String?, _ order: Order, _ unowned: Unowned,
      _ lifetime: Lifetime, _ isText: Bool, _ hasTotal: Bool, _ rows: Rows, _ endpoints: [Endpoint]
    ) {
      (self.name, keyColumns, scopeColumns, textMember, self.order) = (name, key, scope, text, order)
      ownKey = hasID ? key.last.flatMap { scope.contains($0) ? nil : $0 } : nil
      (self.unowned, self.lifetime, self.isText, self.hasTotal) = (unowned, lifetime, isText, hasTotal)
      (self.rows, self.endpoints) = (rows, endpoints)
    }
  }

  private let declaration: Declaration

  package subscript<Value>(dynamicMember member: KeyPath<Declaration, Value>) -> Value { declaration[keyPath: member] }

  /// - Parameters:
  ///   - key: the last one is the object's own id, unless it is part of the scope.
  ///   - hasID: whether the object has an id of its own.
  init(
    _ name: String, key: [String] = [], hasID: Bool = true, scope: [String] = [], text: String? = nil, order: Order = .made,
    unowned: Unowned = .enterprise, lifetime: Lifetime = .edit, isText: Bool = false, hasTotal: Bool = true, rows: Rows = .kept,
    _ endpoints: [Endpoint]...
  ) {
    declaration = Declaration(
      name, key, hasID, scope, text, order, unowned, lifetime, isText, hasTotal, rows, endpoints.flatMap(\.self))
  }

  package init?(rawValue: String) {
    guard let known = Self.byName[rawValue] else { return nil }
    self = known
  }

  private static let byName = Dictionary(uniqueKeysWithValues: every.map { ($0.rawValue, $0) })

  package var rawValue: String { declaration.name }
  package var description: String { rawValue }

  package static func == (left: Self, right: Self) -> Bool { left.declaration === right.declaration }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(declaration)) }

  /// The member with an object's own id; nil: there is none, as for the credential, which exists only once.
  package var key: String? { declaration.ownKey }

  var isNewestFirst: Bool { declaration.order != .made }

  /// Whether each organization stores these objects from its beginning.
  var isKept: Bool { if case .kept = declaration.rows { true } else { false } }

  /// How many of these an organization has initially, if its scenario says so.
  func count(in scenario: SandboxScenario) -> Int? {
    guard case .scenario(let count, _) = declaration.rows else { return nil }
    return max(0, count(scenario))
  }

  /// Whether the rows are created separately for each organization.
  var isOfEachOrganization: Bool {
    switch declaration.rows {
    case .scenario, .template, .each: true
    case .kept, .once, .whole: false
    }
  }

  /// Whether a key of one organization can list these.
  var isOfOrganizations: Bool { declaration.endpoints.contains { !$0.isOfEnterprise } }

  /// The original kinds of a single organization: sessions, the objects written for them, and the owner of the key.
  ///
  /// The other kinds are in `every`.
  package static let allCases = every.filter { $0.isKept || $0.count(in: SandboxScenario()) != nil || $0 == .credential }

  /// The kinds that are dumped with their scope.
  package static let further = every.filter { !allCases.contains($0) }
}
