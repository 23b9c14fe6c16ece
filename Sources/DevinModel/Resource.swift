/// A kind of thing to mirror, declared: where its lists are, how they page, what its key is, how it moves forward. One
/// engine walks them all; the shape of the rows is written in `Schema/`.
public struct Resource: Hashable, Sendable {
  /// Name of the resource and of its table.
  public let name: String
  /// One line for people.
  public let summary: String
  /// The group that it belongs to; a group's name stands for all of its resources.
  public let group: ResourceGroup
  /// Whether a run reads it without being told to. What costs a request per row is read on request.
  public let isDefault: Bool
  /// Where the API lists it; never empty.
  package let sources: [ListSource]
  /// Whether each source tells something of its own. Else the first one that the key can read stands for all: a list of
  /// the whole enterprise for those of its organizations.
  package let readsEverySource: Bool
  package let rows: RowsPlace
  package let paging: Paging
  package let strategy: SyncStrategy
  /// Nil: the lists stand below no other rows.
  package let parents: Parents?
  /// Whether people empty the whole list in one act, so that an empty one is nothing odd.
  package let mayBeEmptied: Bool
  /// What the service is replacing this kind of thing with, as the beginning of a sentence; nil: nothing is known.
  package let successor: String?
  package let table: MirrorTable

  /// - Parameters:
  ///   - scope: columns that the list says and the item does not.
  ///   - scopeKey: those of them that belong to the key.
  ///   - keptMembers: the only members to store; nil: all.
  package init(
    _ name: String, _ summary: String, in group: ResourceGroup, isDefault: Bool = true, from sources: [ListSource],
    readsEverySource: Bool = false, rows: RowsPlace = .member("items"), paging: Paging = .cursor(pageSize: 200),
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

  /// The resource whose rows this one's lists stand below; nil: it has none.
  public var parent: String? { parents?.resource }

  /// The permission of its first source, for people.
  public var permission: String { sources[0].permission }

  /// Whether a complete walk tells what is gone.
  package var findsDeletions: Bool {
    switch strategy {
    case .changedSince, .snapshot: true
    case .append, .series, .single: false
    }
  }
}

/// One place where the API lists a resource.
package struct ListSource: Hashable, Sendable {
  /// Whose rows it lists, which follows from its path.
  package enum Reach: Hashable, Sendable {
    /// The key's own; any key may ask.
    case key
    /// One organization's.
    case organization
    /// One organization's, told to keys of the enterprise only.
    case organizationOfEnterprise
    /// The whole enterprise's.
    case enterprise
  }

  /// How sure the facts are that a source is declared from, in the words of the reference.
  package enum Certainty: String, Hashable, Sendable {
    case official = "official document"
    case sdk = "SDK"
    case docs = "docs page"
    case clients = "clients only"
    case inferred = "inferred"
  }

  package let path: PathTemplate
  /// The path of one object, where the API has it: the way to ask whether a row that a list left out still exists.
  package let objectPath: PathTemplate?
  package let query: [QueryItem]
  /// The permission that the documentation names.
  package let permission: String
  package let certainty: Certainty
  /// What tells several lists of one scope apart; empty: there is one.
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

/// The rows that lists stand below: one list for each.
package struct Parents: Hashable, Sendable {
  package let resource: String
  /// The column of the child that holds the parent's id, where it has one.
  package let column: String
  /// The query parameter that names the parent; nil: the path does.
  package let parameter: String?
  /// Whether 404 is what a parent without anything below it answers.
  package let absentMeansNone: Bool
  package let query: ParentQuery

  /// Seconds after which a list is read again though nothing is seen to have changed, 0: in each run; nil: never.
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

/// What belongs together for those who choose what to mirror.
public enum ResourceGroup: String, CaseIterable, Hashable, Sendable {
  /// Sessions and what stands below them.
  case work
  case knowledge
  case automation
  case billing
  case metrics
  case code
  case machines
  case people
  case settings
  case audit
}

extension RowsPlace {
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
