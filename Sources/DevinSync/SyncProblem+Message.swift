import DevinAPI
import DevinModel

extension SyncProblem {
  /// What happened, where, and what was done about it: one or more sentences, to be printed on a separate line. It begins with the
  /// resource, if there is one.
  public var message: String {
    (resource.map { "\($0)\(organization.map { " of \($0)" } ?? ""): " } ?? Self.beginning(lists)) + text
  }

  /// Names up to three lists; above that, gives their number and an example.
  private static func beginning(_ lists: [String]) -> String {
    guard !lists.isEmpty else { return "" }
    return lists.count > 3 ? "\(lists.count) lists, such as \(lists[0]): " : lists.joined(separator: ", ") + ": "
  }

  private var notAsked: String {
    switch listsNotAsked {
    case 0: ""
    case 1: " One more list was not asked after that."
    default: " \(listsNotAsked) more lists were not asked after that."
    }
  }

  private var text: String {
    let answer = error.map(\.message) ?? "a request failed"
    return switch kind {
    case .keyRefused:
      "the key was refused. \(answer). Nothing more was asked."
    case .permissionLost(let permission):
      "a permission that worked before is gone (\(permission)). \(answer). Its rows stay as they were."
    case .forbidden(let permission):
      "this key may not read it. \(answer). It needs \(permission)."
    case .absent:
      "not available on this deployment. \(answer). Its rows stay as they were."
    case .withdrawn:
      "the list answered before, and is not found any more. \(answer). Its rows stay as they were.\(likelyReason)"
    case .requestFailed: "\(answer).\(notAsked)"
    case .unsoundWalk(let what):
      "the list could not be read to its end: \(what). What was read is kept, nothing was marked deleted; the next run begins it again."
    case .massDeletion(let missing, let known):
      "\(missing) of \(known) rows are missing from the list, which is more than one expects. Nothing was marked deleted."
    case .emptied(let count):
      "the list is empty and held \(count) rows before. Nothing was marked deleted.\(likelyReason)"
    case .seenWithAnotherKey(let count):
      "\(count) \(count == 1 ? "row" : "rows") that another key had seen \(count == 1 ? "is" : "are") not in the list that this key is given. This key may have no sight of them, so they were not marked deleted."
    case .undecided(let count):
      "\(count) \(count == 1 ? "row" : "rows") that the enterprise's list held when it was last read \(count == 1 ? "is" : "are") not in the organization's list. This key could not ask the enterprise whether \(count == 1 ? "it still exists" : "they still exist"), so \(count == 1 ? "it was" : "they were") not marked deleted."
    case .quarantine(let items, let parents):
      "\(Self.list(items, parents)) could not be read and \(items + parents == 1 ? "is" : "are") in sync_quarantine with the reason; the next runs try again."
    case .unusablePage(let why): "a page could not be used: \(why). What was read before it is kept; the next run asks again."
    case .organizationsUnknown:
      "the key belongs to the enterprise and may not list its organizations (ManageOrganizations), so only the enterprise's own lists were read."
    case .foreignOrganization(let named, let own, let ofEnterprise):
      "the key\(origin) is not of the organization \(named): \(ofEnterprise ? "its enterprise lists \(Self.list(own))" : "GET /v3/self says it belongs to \(Self.list(own))"), and \(answer). Nothing was read."
    case .nothingReadable(let forbidden, let absent):
      "the key\(origin) is accepted and may read nothing that was asked for: \(Self.refusals(forbidden, absent))."
    case .nothingFound(let count):
      "nothing was found at this address: GET /v3/self and \(count) \(count == 1 ? "list" : "lists") answered 404."
    case .outOfReach(let permission):
      "only an enterprise key can read it, with \(permission). This key belongs to one organization."
    case .listsPending(let count):
      "\(count) \(count == 1 ? "list is" : "lists are") still pending although the run met no problem. What was read is kept; the next run reads the rest."
    case .filesRefused(let count, let reasons):
      "the contents of \(count.grouped) \(count == 1 ? "attachment are" : "attachments are") not kept\(Self.examples(reasons, of: count)) The table files has each reason; they are asked for again after a day."
    case .filesUnread(let count, let reasons):
      "the contents of \(count.grouped) \(count == 1 ? "attachment are" : "attachments are") still to be read\(Self.examples(reasons, of: count)) The next run asks for them again."
    case .databaseFailed(let why): "\(why). Everything committed before stays; the next run goes on there."
    case .defect(let what): "a defect of devin-sync: \(what). Please report it. What was committed stays."
    }
  }

  private static func examples(_ reasons: [String], of count: Int) -> String {
    reasons.isEmpty ? "." : (count > reasons.count ? ", such as: " : ": ") + reasons.joined(separator: "; ") + "."
  }

  private var origin: String { keySource.map { " from \($0)" } ?? "" }

  private static func list(_ organizations: [String]) -> String {
    let rest = organizations.count - 3
    return (organizations.isEmpty ? "none" : organizations.prefix(3).joined(separator: ", "))
      + (rest > 0 ? " and \(rest) more" : "")
  }

  private static func refusals(_ forbidden: Int, _ absent: Int) -> String {
    [(forbidden, 403), (absent, 404)].filter { $0.0 > 0 }
      .map { "\($0.0) \($0.0 == 1 ? "list" : "lists") answered \($0.1)" }.joined(separator: " and ")
  }

  /// A known change by the API's provider that explains why a list is empty or was removed.
  package var likelyReason: String {
    resource.flatMap { Catalogue.resource(named: $0)?.successor }.map { " \($0), which is the likely reason." } ?? ""
  }

  private static func list(_ items: Int, _ parents: Int) -> String {
    [(items, "item"), (parents, "list")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(
      separator: " and ")
  }
}
