import DevinAPI
import DevinModel

// The one place where facts become text. Every message says what happened, where, what was done about it, and what the
// reader can do.

extension APIError {
  /// `GET /v3/… answered 503 (request 7c1e): overloaded`.
  public var message: String {
    let asked = attempts > 1 ? " (\(attempts) tries)" : ""
    let server = [status.map { "answered \($0)" }, requestID.map { "(request \($0))" }].compactMap(\.self).joined(separator: " ")
    let said = detail.map { ": \($0)" } ?? ""
    return switch reason {
    case .unauthorized, .forbidden, .notFound, .rejected, .server: "\(endpoint) \(server)\(asked)\(said)"
    case .busy(let wait):
      "\(endpoint) \(server)\(asked)\(said)" + (wait.map { "; the server asks to wait \($0.inWords)" } ?? "")
    case .rateLimited: "\(endpoint) \(server)\(asked)\(said): the server refused every request for five minutes"
    case .redirected(let host): "\(endpoint) \(server), a redirect to \(host), which is not followed: the key would go along"
    case .untrusted(let why): "\(endpoint) was not sent, since the server did not prove who it is: \(why)"
    case .connection(let why): "\(endpoint) brought no answer\(asked): \(why)"
    case .notJSON(let what): "\(endpoint) \(server) with \(what)\(asked)"
    case .unexpectedShape(let what): "\(endpoint) \(server) with JSON of another shape: \(what)"
    case .tooLarge(let limit): "\(endpoint) answered more than \(limit >> 20) MiB"
    case .cancelled: "\(endpoint) was given up"
    case .unavailable: "\(endpoint) was not asked: too many requests in a row had failed"
    }
  }
}

extension Problem {
  /// One sentence or a few, for a line of its own; begins with the resource where there is one.
  public var message: String {
    (resource.map { "\($0)\(organization.map { " of \($0)" } ?? ""): " } ?? Self.beginning(lists)) + words
  }

  /// Names a few lists, and counts many.
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

  private var words: String {
    let answer = error.map(\.message) ?? "a request failed"
    return switch kind {
    case .keyRefused:
      "the key was refused. \(answer). Nothing more was asked. Check \(keySource ?? "DEVIN_API_KEY"): the key may be revoked, expired or of another deployment."
    case .permissionLost(let permission):
      "a permission that worked before is gone. \(answer). Its rows stay as they were. Give the service user \(permission) again, or pass --skip with the names of what is not needed."
    case .forbidden(let permission):
      "this key may not read it. \(answer). It needs \(permission)."
    case .absent:
      "not available on this deployment. \(answer). Its rows stay as they were."
    case .withdrawn(let permission):
      "the list answered before, and is not found any more. \(answer). Its rows stay as they were.\(likelyReason) \(likelyReason.isEmpty ? "The" : "Otherwise the") service user may have lost \(permission), or the organization is gone. Pass --skip with the names of what is not needed any more."
    case .requestFailed: "\(answer).\(notAsked) \(advice)"
    case .unsoundWalk(let what):
      "the list could not be read to its end: \(what). What was read is kept, nothing was marked deleted; the next run begins it again."
    case .massDeletion(let missing, let known):
      "\(missing) of \(known) rows are missing from the list, which is more than one expects. Nothing was marked deleted. Check in Devin whether they are really gone, then run once with --allow-mass-deletion."
    case .emptied(let count):
      "the list is empty and held \(count) rows before. Nothing was marked deleted.\(likelyReason) If the rows are really gone, run once with --allow-mass-deletion; --skip \(resource ?? "it") leaves the resource out and its rows as they are."
    case .seenWithAnotherKey(let count):
      "\(count) \(count == 1 ? "row" : "rows") that another key had seen \(count == 1 ? "is" : "are") not in the list that this key is given. This key may have no sight of them, so they were not marked deleted. Check in Devin: give this key's user the same sight; or, if they are really gone, run once with --allow-mass-deletion."
    case .quarantine(let items, let parents):
      "\(Self.list(items, parents)) could not be read and \(items + parents == 1 ? "stands" : "stand") in sync_quarantine with the reason; tried again in later runs."
    case .unusablePage(let why): "a page could not be used: \(why). What was read before it is kept; the next run asks again."
    case .organizationsUnknown:
      "the key belongs to the enterprise and may not list its organizations (ManageOrganizations), so only the enterprise's own lists were read. Give it that permission, or name organizations with DEVIN_ORG_ID or --org."
    case .foreignOrganization(let named, let own, let ofEnterprise):
      "the key\(origin) is not of the organization \(named): \(ofEnterprise ? "its enterprise lists \(Self.list(own))" : "GET /v3/self says it belongs to \(Self.list(own))"), and \(answer). Nothing was read. Correct DEVIN_ORG_ID or --org, or use a key of that organization."
    case .nothingReadable(let forbidden, let absent):
      "the key\(origin) is accepted and may read nothing that was asked for: \(Self.refusals(forbidden, absent)). Give its service user permissions in Devin (`devin-sync check` names those that each resource needs), and see that DEVIN_ORG_ID is its organization."
    case .nothingFound(let count):
      "nothing was found at this address: GET /v3/self and \(count) \(count == 1 ? "list" : "lists") answered 404. Check DEVIN_API_URL and DEVIN_ORG_ID."
    case .outOfReach(let permission):
      "only a key of the enterprise can read it, with \(permission). This key belongs to one organization."
    case .listsPending(let count):
      "\(count) \(count == 1 ? "list is" : "lists are") still pending although the run met no problem. What was read is kept; the next run reads the rest."
    case .databaseFailed(let why): "\(why). Everything committed before stays; the next run goes on there."
    case .defect(let what): "a defect of devin-sync: \(what). Please report it. What was committed stays."
    }
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

  /// What the API's provider does with this kind of thing, where that explains why a list is empty or has disappeared.
  private var likelyReason: String {
    resource.flatMap { Catalogue.resource(named: $0)?.successor }.map { " \($0), which is the likely reason." } ?? ""
  }

  /// What to do where nothing could be read because of it.
  var adviceAtOnce: String {
    switch error?.reason {
    case .connection: "Nothing was read. Check the network, DEVIN_API_URL and any proxy, and run again."
    case .redirected, .notJSON, .unexpectedShape, .tooLarge:
      "Nothing was read. Check DEVIN_API_URL, and any proxy or login page before the API."
    default: "Nothing was read. Run again later."
    }
  }

  private var advice: String {
    switch error?.reason {
    case .redirected: "Check DEVIN_API_URL."
    case .untrusted:
      "Check DEVIN_API_URL and this machine's clock. If a company's own authority signs here, name its certificate with --ca-file; a bare system may lack the package ca-certificates."
    case .rejected: "Please report it: devin-sync asked something that the server does not take. What was read before is kept."
    case .notJSON, .unexpectedShape, .tooLarge: "What was read before is kept. Check DEVIN_API_URL, and any proxy in between."
    default: "What was read is kept; run again to go on there."
    }
  }

  private static func list(_ items: Int, _ parents: Int) -> String {
    [(items, "item"), (parents, "list")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(
      separator: " and ")
  }
}

extension SyncError {
  public var message: String {
    switch self {
    case .unknownResource(let name):
      "there is no resource or group `\(name)`. `devin-sync resources` lists them; `all` and `default` are words too. The groups are: \(ResourceGroup.allCases.map(\.rawValue).joined(separator: ", ")). The resources are: \(Catalogue.all.map(\.name).joined(separator: ", "))."
    case .noOrganization(let principal):
      "the key belongs to no organization\(principal.map { " (it is a \($0))" } ?? ""). Say which one to mirror with DEVIN_ORG_ID or --org."
    case .keyRefused(let problem), .serverUntrusted(let problem), .foreignOrganization(let problem): problem.message
    case .apiUnusable(let problem): "\(problem.error?.message ?? "the API does not answer"). \(problem.adviceAtOnce)"
    case .organizationUnknown(let problem):
      "the key's organization could not be asked for: \(problem.message) With DEVIN_ORG_ID or --org it need not be asked."
    case .mirror(let error): error.message
    }
  }
}
