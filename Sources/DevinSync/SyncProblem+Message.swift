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
    case 1: " One more list was not requested after that."
    default: " \(listsNotAsked) more lists were not requested after that."
    }
  }

  private var text: String {
    let answer = error.map(\.message) ?? "a request failed"
    return switch kind {
    case .keyRefused:
      "the key was refused. \(answer). No more requests were sent."
    case .permissionLost(let permission):
      "this key has lost the permission \(permission). \(answer). Rows in the mirror were not changed."
    case .forbidden(let permission):
      "this key may not read it. \(answer). It needs \(permission)."
    case .absent:
      "not available on this deployment. \(answer). Rows in the mirror were not changed."
    case .withdrawn:
      "the list was available before, but is not found any more. \(answer). Rows in the mirror were not changed.\(likelyReason)"
    case .requestFailed: "\(answer).\(notAsked)"
    case .unsoundWalk(let what):
      "the list could not be read completely: \(what). What was read is kept, and nothing was marked as deleted. The next run reads the list again."
    case .massDeletion(let missing, let known):
      "\(missing) of \(known) rows are missing from the list, which is more than the deletion limit allows. Nothing was marked as deleted."
    case .emptied(let count):
      "the list is empty, but had \(count) rows before. Nothing was marked as deleted.\(likelyReason)"
    case .seenWithAnotherKey(let count):
      "\(count) \(count == 1 ? "row" : "rows") that another key could read \(count == 1 ? "is" : "are") missing from the list of this key. This key may lack permission to see them, so they were not marked as deleted."
    case .undecided(let count):
      "\(count) \(count == 1 ? "row" : "rows") of the enterprise's list \(count == 1 ? "is" : "are") missing from the organization's list. This key may not read the enterprise's list to check whether \(count == 1 ? "it still exists" : "they still exist"), so \(count == 1 ? "it was" : "they were") not marked as deleted."
    case .quarantine(let items, let parents):
      "\(Self.list(items, parents)) could not be parsed and \(items + parents == 1 ? "is" : "are") in sync_quarantine, with the reason. The next run tries again."
    case .unusablePage(let why): "a page could not be used: \(why). Earlier pages are kept. The next run requests it again."
    case .organizationsUnknown:
      "this enterprise key may not list the organizations (it lacks ManageOrganizations), so only the lists of the enterprise were read."
    case .foreignOrganization(let named, let own, let ofEnterprise):
      "the key\(origin) does not belong to the organization \(named): \(ofEnterprise ? "its enterprise has \(Self.list(own))" : "GET /v3/self says it belongs to \(Self.list(own))"), and \(answer). Nothing was read."
    case .nothingReadable(let forbidden, let absent):
      "the key\(origin) was accepted, but may read none of the requested resources: \(Self.refusals(forbidden, absent))."
    case .nothingFound(let count):
      "nothing was found at this address: GET /v3/self and \(count) \(count == 1 ? "list" : "lists") answered 404."
    case .outOfReach(let permission):
      "needs an enterprise key with \(permission). This key belongs to one organization."
    case .listsPending(let count):
      "\(count) \(count == 1 ? "list is" : "lists are") still pending, although no problem occurred. What was read is kept. The next run reads the rest."
    case .parentsUnread(let parent):
      "not known to be complete, because the list of \(parent) was never read to its end, and this run left it out. What was read is kept."
    case .filesRefused(let count, let reasons):
      "the contents of \(count.grouped) \(count == 1 ? "attachment are" : "attachments are") not stored\(Self.examples(reasons, of: count)) The table files has each reason. They are requested again after a day."
    case .filesUnread(let count, let reasons):
      "the contents of \(count.grouped) \(count == 1 ? "attachment are" : "attachments are") not read yet\(Self.examples(reasons, of: count)) The next run requests them again."
    case .databaseFailed(let error): "\(error.message) Everything committed before is kept. The next run continues there."
    case .defect(let what): "internal error, a bug in devin-sync: \(what). Please report it. Everything committed before is kept."
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
