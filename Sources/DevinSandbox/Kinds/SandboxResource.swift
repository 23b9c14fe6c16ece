import Foundation

/// A kind of objects in the sandbox, named like the table of the mirror. `Templates/kinds.json` declares all of them; their objects
/// are examples in another file of `Templates`, or are computed: see `SandboxResource+Kinds.swift`.
@dynamicMemberLookup
package struct SandboxResource: RawRepresentable, Hashable, Sendable, Codable, CaseIterable,
  CustomStringConvertible
{
  /// The order in which rows are listed.
  enum Order: String {
    case made
    /// The latest `created_at` first.
    case newestFirst = "newest first"
    /// The same, in reverse order for `order=asc`.
    case turning
  }

  /// Who can see a row that belongs to no organization.
  enum Unowned: String {
    case enterprise
    /// Every organization too.
    case all
    /// Only the enterprise, whose paths then contain no other rows.
    case enterpriseAlone = "enterprise alone"
  }

  /// How long a list of all rows is cached.
  enum Lifetime: String {
    case edit, second
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
    case scenario(@Sendable (SandboxScenario) -> Int)
    /// From the kind's template: numbers for the first organization and for each other one.
    case template(Int, Int)
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
    /// The member with an object's own id; nil: there is none.
    let id: String?
    /// The values that identify a row, in the order in which they form its id: members of the object or of its scope. By default only
    /// `id`.
    let keyColumns: [String]
    /// The values that come from the list of a row and not from the row itself.
    let scopeColumns: [String]
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
    /// The number of rows that the enterprise has in addition to those of organizations.
    let sharedCount: Int
    let endpoints: [Endpoint]

    fileprivate init(_ members: JSONObject) {
      func texts(_ name: String) -> [String]? { members[name]?.elements.compactMap(\.text) }
      func choice<Value: RawRepresentable<String>>(_ name: String, _ standard: Value) -> Value {
        members[name].flatMap { $0.text.flatMap(Value.init) } ?? standard
      }
      (name, id, textMember) = (members["name"]?.text ?? "", members["id"]?.text, members["text"]?.text)
      (keyColumns, scopeColumns) = (texts("key") ?? id.map { [$0] } ?? [], texts("scope") ?? [])
      (order, unowned, lifetime) = (choice("order", .made), choice("unowned", .enterprise), choice("lifetime", .edit))
      (isText, hasTotal) = (members["is_text"] == true, members["has_total"] != false)
      sharedCount = members["shared"]?.integer ?? 0
      let counts = members["rows"]?.elements.compactMap(\.integer) ?? []
      rows =
        if let computed = SandboxResource.computed[name] { computed } else if let count = members["count"]?.text {
          .scenario { $0.count(count) }
        } else if let first = counts.first { counts.count > 1 ? .template(first, counts[1]) : .once(first) } else { .kept }
      endpoints = (texts("endpoints") ?? []).flatMap { Endpoint.parsed($0) }
    }
  }

  /// The file of kinds: their declarations, and the endpoints with figures instead of objects.
  private struct File: Decodable {
    let kinds: [JSONObject]
    let figures: [String]
  }

  private static let file: File = Template.read(EmbeddedTexts.kinds_json)
  package static let every = file.kinds.map { SandboxResource(Declaration($0)) }
  private static let byName = Dictionary(uniqueKeysWithValues: every.map { ($0.rawValue, $0) })
  static let figures = file.figures.flatMap { Endpoint.parsed($0) }

  private let declaration: Declaration

  package subscript<Value>(dynamicMember member: KeyPath<Declaration, Value>) -> Value { declaration[keyPath: member] }

  private init(_ declaration: Declaration) { self.declaration = declaration }

  /// A kind that is declared; another one is a defect.
  init(_ name: String) {
    guard let known = Self.byName[name] else { preconditionFailure("kinds.json has no \(name)") }
    self = known
  }

  package init?(rawValue: String) {
    guard let known = Self.byName[rawValue] else { return nil }
    self = known
  }

  package var rawValue: String { declaration.name }
  package var description: String { rawValue }

  package static func == (left: Self, right: Self) -> Bool { left.declaration === right.declaration }

  package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(declaration)) }

  /// The member with an object's own id; nil: there is none, as for the credential, which exists only once.
  package var key: String? { declaration.id }

  var isNewestFirst: Bool { declaration.order != .made }

  /// Whether each organization stores these objects from its beginning.
  var isKept: Bool { if case .kept = declaration.rows { true } else { false } }

  /// How many of these an organization has initially, if its scenario says so.
  func count(in scenario: SandboxScenario) -> Int? {
    guard case .scenario(let count) = declaration.rows else { return nil }
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
