import DevinAPI
import DevinModel
import Foundation
package import MirrorReading
import MirrorStore

/// What pushing files would do.
package struct PushPlan: Sendable {
  package struct Change: Sendable {
    package internal(set) var decision: PushDecision
    package let kind: ContentKind
    /// Nil: the object does not exist yet.
    package internal(set) var key: String?
    /// For messages; of a deletion: where the file was.
    package let path: String
    package internal(set) var scope: ContentScope
    /// What is wished; nil: a deletion.
    var content: Content?
    /// What the server had when the plan was made; nil: nothing.
    var now: ServerRow?
    /// The version that the file was made from; nil: neither the server nor the mirror has it any more.
    var base: Content?
    /// The folder that was exported into, and the file's path in it; the first is empty where there is no file.
    let root: String
    let place: String
    /// The object that it is made from: of another organization, or deleted; nil: none.
    var origin: PushOrigin?
    /// Ids of playbooks of the origin's organization that its content names and that the plan makes first.
    var awaited: Set<String> = []
    /// What becomes of it otherwise than the file says, and what is not done with it, for people.
    package internal(set) var remarks: [String] = []

    /// The resource.
    package var resource: String { kind.resourceName }
    /// Of the object that it is made from: nil: it is made from none.
    package var fromKey: String? { origin?.key }
    package var fromOrganization: String? { origin?.organization }

    /// Line by line, as `git diff` shows it: the file against the server. Of a conflict: what the file changed, and what the server did.
    package var diffs: [UnifiedDiff] {
      func shown(_ content: Content?) -> String { content.map(ContentFile.shown) ?? "" }
      func diff(_ before: Content?, _ after: Content?, _ names: (String, String)) -> UnifiedDiff {
        let after = before.flatMap { after?.written(like: $0) } ?? after
        return UnifiedDiff(shown(before), shown(after), names: (before: names.0, after: names.1))
      }
      switch decision {
      case .unchanged, .blocked: return []
      case .create: return [diff(nil, content, ("/dev/null", "b/\(place)"))]
      case .delete: return [diff(now?.content, nil, ("a/\(place)", "/dev/null"))]
      case .update: return [diff(now?.content, content, ("a/\(place)", "b/\(place)"))]
      case .conflict:
        guard let base else { return [diff(now?.content, content, ("server/\(place)", "file/\(place)"))] }
        return [
          diff(base, content, ("base/\(place)", "file/\(place)")), diff(base, now?.content, ("base/\(place)", "server/\(place)")),
        ]
      }
    }
  }

  /// In the order in which they are applied: what others refer to first, deletions last and the other way round.
  package internal(set) var changes: [Change] = []
  /// Files that say what the version says from which they were made; the server was not asked about them.
  package internal(set) var unedited = 0
  /// What holds for the whole plan, for people.
  package internal(set) var notices: [String] = []

  package func count(_ action: String) -> Int { changes.count { $0.decision.action == action } }
  package var writes: [Change] { changes.filter(\.decision.isWrite) }
  /// Whether something that was wished cannot be done as it is.
  package var hasConflicts: Bool { count("conflict") + count("blocked") > 0 }
}

/// What is asked of a push beyond its files.
package struct PushOptions: Sendable {
  /// Empty: all.
  package var kinds: Set<ContentKind> = []
  /// Whether an object goes whose file is deleted.
  package var deletes = false
  /// Whether a version of the server's goes that nobody has seen.
  package var overwrites = false
  package var allowsMassDeletion = false
  /// The most changes; nil: all.
  package var limit: Int?
  /// The organization that objects of other ones are made in, as copies; nil: they are not.
  package var target: String?
  /// What a plan was that was saved; nil: any plan is carried out.
  package var expected: [SavedPlan.Entry]?

  package init() {}

  func includes(_ kind: ContentKind) -> Bool { kinds.isEmpty || kinds.contains(kind) }
}

/// Makes a plan: which files are wishes, and what the server has now.
struct PushPlanner {
  static let sinceSync = "the last sync"
  let server: ServerContent
  let options: PushOptions
  /// Whose key it is, as far as that is known.
  let principal: Principal?
  /// Those that were named; empty: the key's own.
  let organizations: [String]
  /// Nil: there is none.
  let mirror: MirrorReader?

  private var lists: [ListKey: [String: ServerRow]] = [:]
  /// Paths of new files, by what may be there once.
  private var newNames: [NameKey: String] = [:]
  /// What playbooks of other organizations are by this plan.
  var copies: [PushOrigin: References.Playbook] = [:]
  /// By organization.
  var folders: [String: [String: String]?] = [:]
  var secretNames: [String: Set<String>?] = [:]

  private struct ListKey: Hashable {
    let kind: ContentKind
    let scope: ContentScope
  }
  private struct NameKey: Hashable {
    let list: ListKey
    let name: String
  }

  init(
    server: ServerContent, options: PushOptions, principal: Principal?, organizations: [String], mirror: MirrorReader?
  ) {
    self.server = server
    self.options = options
    self.principal = principal
    self.organizations = organizations
    self.mirror = mirror
  }

  /// - Throws: `APIError`; `MirrorError`.
  mutating func plan(_ tree: ContentTree) async throws -> PushPlan {
    var plan = PushPlan()
    for kind in ContentKind.allCases where options.includes(kind) {
      for item in tree.items where item.file.kind == kind {
        if let target = options.target, item.file.isOfEnterprise || (item.file.organization ?? target) != target {
          plan.changes.append(try await copy(item, to: target))
          continue
        }
        guard item.file.isWish else {
          plan.unedited += 1
          continue
        }
        plan.changes.append(try await change(item))
      }
    }
    let missing = options.deletes ? tree.missing() : []
    for kind in ContentKind.allCases.reversed() where options.includes(kind) {
      let deleted = missing.filter { $0.kind == kind }
      let total = tree.roots.flatMap { $0.manifest?.content ?? [:] }.count { $0.value.resource == kind.resourceName }
      let isTooMuch = !options.allowsMassDeletion && !PushDecision.mayDelete(deleted.count, of: total)
      for entry in deleted { plan.changes.append(try await deletion(entry, isTooMuch: isTooMuch)) }
    }
    if plan.changes.contains(where: { $0.origin.map { $0.organization != options.target } ?? false }) {
      plan.notices = Self.leftBehind
    }
    return plan
  }

  private mutating func change(_ item: ContentTree.Item) async throws -> PushPlan.Change {
    let file = item.file
    func change(_ decision: PushDecision, _ scope: ContentScope, now: ServerRow? = nil, base: Content? = nil) -> PushPlan.Change {
      PushPlan.Change(
        decision: decision, kind: file.kind, key: file.key, path: file.path, scope: scope, content: file.content, now: now,
        base: base, root: item.root, place: item.place)
    }
    let scope: ContentScope
    switch self.scope(organization: file.organization, isOfEnterprise: file.isOfEnterprise, file.kind) {
    case .success(let found): scope = found
    case .failure(let objection): return change(.blocked(objection.why), .organization(file.organization ?? ""))
    }
    guard let key = file.key else {
      let namesake = try await namesake(of: file.content, file.path, scope)
      if let row = try await list(file.kind, scope)[namesake ?? ""], row.content.hash == file.content.hash {
        return change(.unchanged("the server has it already, as \(row.key)"), scope, now: row)
      }
      return change(PushDecision(newBeside: namesake, named: String(file.content.name.prefix(80))), scope)
    }
    let (now, row) = try await state(file.kind, scope, key)
    var decision = PushDecision(base: file.base?.hash, mine: file.content.hash, now: now, overwrites: options.overwrites)
    if decision == .update, let row, let objection = PushBody.objection(to: file.content, from: row.content) {
      decision = .blocked(objection)
    }
    guard case .conflict = decision else { return change(decision, scope, now: row) }
    return change(decision, scope, now: row, base: try await base(file.base?.hash, file.kind, key))
  }

  private mutating func deletion(
    _ missing: (root: String, place: String, kind: ContentKind, entry: ContentManifest.Entry), isTooMuch: Bool
  ) async throws -> PushPlan.Change {
    let (kind, entry) = (missing.kind, missing.entry)
    func change(_ decision: PushDecision, _ scope: ContentScope, now: ServerRow? = nil) -> PushPlan.Change {
      PushPlan.Change(
        decision: decision, kind: kind, key: entry.key, path: ContentTree.shown("\(missing.root)/\(missing.place)"), scope: scope,
        content: nil, now: now, base: nil, root: missing.root, place: missing.place)
    }
    let scope: ContentScope
    switch self.scope(organization: entry.organization, isOfEnterprise: entry.organization == nil, kind) {
    case .success(let found): scope = found
    case .failure(let objection): return change(.blocked(objection.why), .organization(entry.organization ?? ""))
    }
    if isTooMuch {
      return change(
        .blocked("more than ten and more than a fifth of all would be deleted; --allow-mass-deletion allows it"), scope)
    }
    let (now, row) = try await state(kind, scope, entry.key)
    return change(PushDecision(deletedFrom: entry.hash, now: now, overwrites: options.overwrites), scope, now: row)
  }

  // MARK: - Whose it is

  struct Objection: Error { let why: String }

  func scope(
    organization: String?, isOfEnterprise: Bool, _ kind: ContentKind
  ) -> Result<ContentScope, Objection> {
    if isOfEnterprise {
      return principal?.isOfEnterprise == true && ServerContent.endpoint(kind, .enterprise) != nil
        ? .success(.enterprise)
        : .failure(Objection(why: "it belongs to the enterprise, which only an enterprise key may write"))
    }
    let allowed = principal?.organization.map { [$0] } ?? organizations
    guard let organization = organization ?? (allowed.count == 1 ? allowed[0] : nil) else {
      return .failure(Objection(why: "the file does not say to which organization it belongs: org_id is missing"))
    }
    guard allowed.isEmpty || allowed.contains(organization) else {
      let named = allowed.joined(separator: ", ")
      return .failure(Objection(why: "it belongs to the organization \(organization), and the key to \(named)"))
    }
    return .success(.organization(organization))
  }

  // MARK: - What there is

  mutating func list(_ kind: ContentKind, _ scope: ContentScope) async throws -> [String: ServerRow] {
    let key = ListKey(kind: kind, scope: scope)
    if let known = lists[key] { return known }
    let rows = try await server.list(kind, scope)
    lists[key] = rows
    return rows
  }

  mutating func state(
    _ kind: ContentKind, _ scope: ContentScope, _ key: String
  ) async throws -> (PushDecision.Now, ServerRow?) {
    let isListed = try await list(kind, scope)[key] != nil
    guard let row = try await server.object(kind, scope, key: key) else { return (.missing, nil) }
    return (isListed ? .version(row.content.hash) : .unlisted, row)
  }

  /// What has the same name, or is called by the same macro, so that a second one would be no wish of anybody's.
  mutating func namesake(of content: Content, _ path: String, _ scope: ContentScope) async throws -> String? {
    let list = ListKey(kind: content.kind, scope: scope)
    for row in try await self.list(list.kind, scope).values.sorted(by: { $0.key < $1.key }) {
      if row.content.name.utf8.elementsEqual(content.name.utf8) { return row.key }
      if list.kind == .playbooks, let macro = content["macro"].text, row.content["macro"].text == macro { return row.key }
    }
    let name = NameKey(list: list, name: content.name)
    if let other = newNames[name] { return other }
    newNames[name] = path
    return nil
  }

  /// The version that a file was made from, if the mirror knows it.
  func base(_ hash: String?, _ kind: ContentKind, _ key: String) async throws -> Content? {
    guard let hash, let mirror else { return nil }
    let sql = """
      SELECT _raw FROM \(kind.resourceName) WHERE \(kind.keyMember) = :key
      UNION ALL SELECT before FROM sync_changes WHERE resource = :resource AND key = :key AND before IS NOT NULL
      """
    let rows = try await mirror.answer(sql, ["key": .text(key), "resource": .text(kind.resourceName)]).rows
    return rows.lazy.compactMap { $0[0].text.flatMap(JSONValue.object(of:)).map { Content(kind, row: $0) } }.first {
      $0.hash == hash
    }
  }
}
