import DevinSandbox
import TrialSupport

/// Every kind of fault in the sandbox from which the mirror can recover later.
enum FaultDeck {
  private static let lists = [
    "/self$", "/sessions$", "/insights$", "/playbooks$", "/notes$", "/folders$", "/secrets$", "/schedules$", "/automations$",
  ]
  private static let below = ["/messages$", "/attachments$"]

  /// The resource about whose rows an answer with this rule contains false data; nil: the answer is unusable, or true.
  static func lie(of rule: FaultRule) -> SandboxResource? {
    switch rule.fault.kind {
    case .loneSurrogate, .duplicateMember, .hugeMessage: resources[rule.path]
    default: nil
    }
  }

  private static let resources: [String: SandboxResource] = [
    "/sessions$": .sessions, "/insights$": .sessionInsights, "/playbooks$": .playbooks, "/notes$": .knowledgeNotes,
    "/folders$": .knowledgeFolders, "/secrets$": .secrets, "/schedules$": .schedules,
  ]

  /// - Returns: rules for one run, and their names.
  static func draw(_ random: inout SeededGenerator) -> [(name: String, rule: FaultRule)] {
    (0..<random.number(1...3)).map { _ in
      let (name, fault, paths) = card(&random)
      let skip = random.chance(50) ? 0 : random.number(1...4)
      let isLasting = ["status", "reset", "html", "truncate_json"].contains(name) && random.chance(25)
      return (name, FaultRule(fault, path: random.pick(paths), skip: skip, times: isLasting ? nil : random.number(1...3)))
    }
  }

  private static func card(_ random: inout SeededGenerator) -> (String, Fault, [String]) {
    let anywhere = lists + below + ["", ""]
    let anyList = lists + below
    switch random.number(1...26) {
    case 1: return ("status", .status(random.pick([500, 502, 503, 504, 529]), body: body(&random)), anywhere)
    case 2: return ("status", .status(429, retryAfter: random.pick([nil, "1", "30", "x"]), body: body(&random)), anywhere)
    case 3: return ("status", .status(random.pick([400, 409, 422]), body: body(&random)), anyList)
    case 4: return ("status", .status(random.pick([401, 403]), body: body(&random), echoKey: true), anyList)
    // Not for single objects: that would be false data about a row.
    case 5: return ("status", .status(404, body: body(&random)), anyList)
    case 6: return ("latency", .latency(milliseconds: random.number(1...60)), anywhere)
    case 7: return ("reset", .reset, anywhere)
    case 8: return ("truncate_connection", .truncateConnection, anywhere)
    case 9: return ("truncate_json", .truncateJSON, anywhere)
    case 10: return ("html", .html, anywhere)
    case 11: return ("redirect", .redirect(location: "http://127.0.0.1:9/elsewhere"), anyList)
    case 12: return ("invalid_cursor", .invalidCursor, anyList)
    case 13: return ("repeat_cursor", .repeatCursor, anyList)
    case 14: return ("empty_cursor", .emptyCursor(isNull: random.chance(50)), anyList)
    case 15: return ("endless_cursor", .endlessCursor, anyList)
    case 16: return ("empty_pages", .emptyPages(count: random.number(1...25)), anyList)
    case 17: return ("missing_items", .missingItems, anyList)
    case 18: return ("items_not_list", .itemsNotList(random.pick([.number, .object])), anyList)
    case 19: return ("ignore_filters", .ignoreFilters, ["/sessions$", "/insights$"])
    case 20: return ("wrong_total", .wrongTotal(delta: random.pick([-3, -1, 1, 5])), anyList)
    case 21:
      let item = random.pick([Fault.Poison.text, .number, .null, .objectWithoutKey, .keyNull])
      return ("poison", .poison(position: random.number(0...5), item), anyList)
    // Folders have neither a total nor single reads, so the same false data twice would be accepted.
    case 22: return ("drop_item", .dropItem(position: random.number(0...5)), lists.filter { $0 != "/folders$" })
    case 23: return ("secret_value", .secretValue, ["/secrets$"])
    case 24: return ("duplicate_row", .duplicateRow, anyList)
    case 25: return ("invalid_utf8", .invalidUTF8, anyList)
    // For data that is read only once, such as messages, false data would be kept.
    default:
      return random.pick([
        ("lone_surrogate", .loneSurrogate, lists), ("duplicate_key", .duplicateMember, lists),
        ("huge_message", .hugeMessage(bytes: random.number(1_000...400_000)), lists),
      ])
    }
  }

  private static func body(_ random: inout SeededGenerator) -> Fault.ErrorBody {
    random.pick([.problem, .legacy, .html, .plain, .validation, .empty])
  }
}
