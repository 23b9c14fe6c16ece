import DevinAPI
import MirrorStore

/// A kind of thing to mirror, declared: where its list is, how it pages, what its key is, how it moves forward, which
/// permission it needs. One engine walks them all; the shape of the rows is written in `Schema/`.
public struct Resource: Hashable, Sendable {
  /// Name of the resource and of its table.
  public let name: String
  /// One line for people.
  public let summary: String
  public let path: PathTemplate
  /// The path of one object, where the API has it: the way to ask whether a row that a list left out still exists.
  public let objectPath: PathTemplate?
  public let rows: RowsPlace
  public let paging: Paging
  public let strategy: SyncStrategy
  /// The permission that the documentation of the list names.
  public let permission: String
  package let table: MirrorTable

  /// - Parameters:
  ///   - scope: columns that the list says and the item does not.
  ///   - scopeKey: those of them that belong to the key.
  ///   - keptMembers: the only members to store; nil: all.
  package init(
    _ name: String, _ summary: String, path: PathTemplate, objectPath: PathTemplate? = nil, rows: RowsPlace = .member("items"),
    paging: Paging = .cursor(pageSize: 200), key: MirrorTable.ItemKey, scope: [String] = [], scopeKey: [String] = [],
    keptMembers: [String]? = nil, strategy: SyncStrategy, permission: String
  ) {
    self.name = name
    self.summary = summary
    self.path = path
    self.objectPath = objectPath
    self.rows = rows
    self.paging = paging
    self.strategy = strategy
    self.permission = permission
    var modified: String?
    if case .changedSince = strategy { modified = "updated_at" }
    let place: MirrorTable.Rows =
      switch rows {
      case .member(let member): .list(path: "$.\(member)")
      case .wholeAnswer: .list(path: "$")
      case .object: .object
      }
    table = MirrorTable(
      name, rows: place, itemKey: key, scopeColumns: scope, scopeKey: scopeKey, modified: modified, keptMembers: keptMembers)
  }

  /// The resource whose rows this one's lists stand below; nil: it has none.
  public var parent: String? {
    if case .perParent(let parent, _) = strategy { parent } else { nil }
  }

  /// Whether a complete walk tells what is gone.
  var findsDeletions: Bool {
    switch strategy {
    case .changedSince, .snapshot, .perParent(_, isAppendOnly: false): true
    case .perParent(_, isAppendOnly: true), .single: false
    }
  }
}
