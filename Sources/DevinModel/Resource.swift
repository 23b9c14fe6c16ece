/// The declaration of a resource to mirror: where its lists are, how they are paged, what its key is, and how it is synced. The same
/// engine reads all resources; the columns of the rows are defined in `Schema/`.
public struct Resource: Hashable, Sendable {
  /// Name of the resource and of its table.
  public let name: String
  /// One line for people.
  public let summary: String
  /// The group that it belongs to; the name of a group means all of its resources.
  public let group: ResourceGroup
  /// Whether a run reads it by default. Resources that need a request per row are only read on request.
  public let isDefault: Bool
  /// Where the API lists it; never empty.
  package let sources: [ListSource]
  /// Whether each source has rows of its own. Otherwise the first source that the key can read is sufficient: a list of the
  /// whole enterprise replaces those of its organizations.
  package let readsEverySource: Bool
  package let rows: RowLocation
  package let paging: Paging
  package let strategy: SyncStrategy
  /// Nil: its lists are top-level lists.
  package let parents: Parents?
  /// Whether users empty the whole list at once, so that an empty list is plausible.
  package let mayBeEmptied: Bool
  /// What the service is replacing this resource with, as the beginning of a sentence; nil: unknown.
  package let successor: String?
  package let table: MirrorTable

  /// - Parameters:
  ///   - scope: columns whose values come from the list and not from the item.
  ///   - scopeKey: those of them that are part of the key.
  ///   - keptMembers: the only members to store; nil: all.
  package init(
    _ name: String, _ summary: String, in group: ResourceGroup, isDefault: Bool = true, from sources: [ListSource],
    readsEverySource: Bool = false, rows: RowLocation = .member("items"), paging: Paging = .cursor(pageSize: 200),
    key: MirrorTable.ItemKey, scope: [String] = [], scopeKey: [String] = [], keptMembers: [String]? = nil,
    strategy: SyncStrategy = .snapshot, below parents: Parents? = nil, mayBeEmptied: Bool = false, successor: String? = nil
  ) {
    self.name = name
    self.summary = summary
    self.group = group
    self.isDefault = isDefault
    self.sources = sources
    self.readsEverySource = readsEverySource
    self.rows = rows
    self.paging = paging
    self.strategy = strategy
    self.parents = parents
    self.mayBeEmptied = mayBeEmptied
    self.successor = successor
    var modified: String?
    if case .changedSince = strategy { modified = "updated_at" }
    let reaches = Set(sources.map(\.reach))
    let isListedAtTwoLevels = !readsEverySource && parents == nil && reaches.contains(.enterprise) && reaches.count > 1
    table = MirrorTable(
      name, rows: rows.inSQL, itemKey: key, scopeColumns: scope, scopeKey: scopeKey, modified: modified,
      keptMembers: keptMembers, isListedAtTwoLevels: isListedAtTwoLevels)
  }

  /// The parent resource of its child lists; nil: its lists are top-level lists.
  public var parent: String? { parents?.resource }

  /// The permission of its first source, for people.
  public var permission: String { sources[0].permission }

  /// Whether a complete walk shows which rows were deleted.
  package var findsDeletions: Bool {
    switch strategy {
    case .changedSince, .snapshot: true
    case .append, .series, .single: false
    }
  }
}

extension Resource: Encodable {
  private enum CodingKeys: String, CodingKey {
    case name = "resource"
    case summary, group, path, permission, strategy, list, isDefault, parent, sources
  }

  /// `list` is the strategy; for child lists, `strategy` says that there is one for each parent.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(name, forKey: .name)
    try members.encode(summary, forKey: .summary)
    try members.encode(group.rawValue, forKey: .group)
    try members.encode(sources[0].path.description, forKey: .path)
    try members.encode(permission, forKey: .permission)
    try members.encode(parents == nil ? strategy.name : "per_parent", forKey: .strategy)
    try members.encode(strategy.name, forKey: .list)
    try members.encode(isDefault, forKey: .isDefault)
    try members.encodeIfPresent(parent, forKey: .parent)
    try members.encode(sources, forKey: .sources)
  }
}

/// One list in the API with rows of a resource.
package struct ListSource: Hashable, Sendable {
  /// Which rows it lists; this follows from its path.
  package enum Reach: Hashable, Sendable {
    /// Those of the key itself; any key may read them.
    case key
    /// Those of one organization.
    case organization
    /// Those of one organization, readable with enterprise keys only.
    case organizationOfEnterprise
    /// Those of the whole enterprise.
    case enterprise
  }

  /// How reliable the declaration of a source is, in the terms of the API reference.
  package enum Certainty: String, Hashable, Sendable {
    case official = "official document"
    case sdk = "SDK"
    case docs = "docs page"
    case clients = "clients only"
    case inferred = "inferred"
  }

  package let path: PathTemplate
  /// The path of a single object, if the API has it: used to check whether a row that a list omitted still exists.
  package let objectPath: PathTemplate?
  package let query: [QueryItem]
  /// The required permission, according to the documentation.
  package let permission: String
  package let certainty: Certainty
  /// Distinguishes several lists of one scope; empty: there is only one.
  package let label: String

  package init(
    _ path: PathTemplate, object: PathTemplate? = nil, query: [QueryItem] = [], needs permission: String,
    _ certainty: Certainty, label: String = ""
  ) {
    self.path = path
    objectPath = object
    self.query = query
    self.permission = permission
    self.certainty = certainty
    self.label = label
  }

  package var reach: Reach {
    let namesOrganization = path.names.contains("org_id")
    if path.description.contains("/enterprise/") { return namesOrganization ? .organizationOfEnterprise : .enterprise }
    return namesOrganization ? .organization : .key
  }
}

extension ListSource: Encodable {
  private enum CodingKeys: String, CodingKey {
    case path, permission, certainty
  }

  package func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(path.description, forKey: .path)
    try members.encode(permission, forKey: .permission)
    try members.encode(certainty.rawValue, forKey: .certainty)
  }
}

/// The parent rows of child lists: each parent has one list.
package struct Parents: Hashable, Sendable {
  package let resource: String
  /// The column of the child row with the parent's id, if there is one.
  package let column: String
  /// The query parameter for the parent's id; nil: the id is in the path.
  package let parameter: String?
  /// Whether the API answers 404 for a parent without child rows.
  package let absentMeansNone: Bool
  package let query: ParentQuery

  /// Seconds after which a list is read again although no change is known; 0: in each run; nil: never.
  package var reread: Int? { query.every }

  package init(
    _ resource: String, as column: String, parameter: String? = nil, absentMeansNone: Bool = false,
    query: ParentQuery
  ) {
    self.resource = resource
    self.column = column
    self.parameter = parameter
    self.absentMeansNone = absentMeansNone
    self.query = query
  }
}

/// Resources that users usually mirror together.
public enum ResourceGroup: String, CaseIterable, Hashable, Sendable {
  /// Sessions and their child lists.
  case work
  /// Notes, playbooks and what sessions are given to know.
  case knowledge
  /// What starts sessions by itself.
  case automation
  /// Consumption in ACUs and its limits.
  case billing
  /// Figures about use, as Devin counts them.
  case metrics
  /// Repositories, reviews and scans.
  case code
  /// How the machines of sessions are set up and built.
  case machines
  /// Users, service users, roles and organizations.
  case people
  /// Settings of the organization and the enterprise.
  case settings
  /// The audit log.
  case audit
}

extension RowLocation {
  fileprivate var inSQL: MirrorTable.Rows {
    switch self {
    case .member(let member): .list(path: "$.\(member)")
    case .wholeAnswer: .list(path: "$")
    case .object, .download: .object
    case .firstMember(let names):
      .query(
        """
        SELECT type, value AS raw FROM json_each(:page, CASE
        \(names.map { "WHEN json_type(:page, '$.\($0)') IS NOT NULL THEN '$.\($0)'" }.joined(separator: " ")) END)
        """)
    case .texts(let member, as: let name):
      .query(
        """
        SELECT iif(type = 'text', 'object', type) AS type, CASE WHEN type <> 'text' THEN value
          WHEN has_escapes THEN json_object('\(name)', :page -> fullkey) ELSE json_object('\(name)', value) END AS raw
        FROM json_each(:page, '$.\(member)'), (SELECT instr(:page -> '$.\(member)', '\\u') > 0 AS has_escapes)
        """)
    case .map(let member, let name):
      .query(
        """
        SELECT type, CASE WHEN type <> 'object' THEN value
          WHEN instr(fullkey, '\\u') THEN json_set(value, '$.\(name)', json('false')) ELSE json_set(value, '$.\(name)', key) END AS raw
        FROM json_each(:page, '$.\(member)')
        """)
    case .mapOfMaps(let member):
      .query("SELECT row.type, row.value AS raw FROM json_each(:page, '$.\(member)') AS part, json_each(part.value) AS row")
    case .listOrObject:
      .query(
        """
        SELECT type, value AS raw
        FROM json_each(CASE json_type(:page) WHEN 'array' THEN :page ELSE json_array(json(:page)) END)
        """)
    }
  }
}
