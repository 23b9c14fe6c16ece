/// The filters that a query may use. A filter that a query does not name matches every row.
///
/// In the declaration of an endpoint, `NAME` and `NAME=MEMBER` mean that the member equals a value, `NAME~MEMBER,MEMBER` that one of the
/// members contains it; the special filters are named after a colon.
enum Filter: Sendable {
  /// The member equals one of the values; if it is a list, it contains one.
  case equals(String, member: String)
  /// One of the members contains the value.
  case contains(String, members: [String])
  /// The member is true or false; one that is missing is false.
  case flag(String)
  /// The member is the id of a session, which the query may name with or without the prefix `devin-`.
  case session(String)
  case organizations
  case status(default: String)
  /// Deleted and expired rows are omitted unless requested.
  case active
  case keyStatus
  case creator
  case eventType
  /// A range of a time; at most 100 days if limited.
  case time(isLimited: Bool, member: String = "created_at", after: String = "time_after", before: String = "time_before")

  /// - Parameter member: nil: the member with the same name.
  static func equal(_ name: String, member: String? = nil) -> Filter { .equals(name, member: member ?? name) }

  private static let special: [String: Filter] = [
    ":organizations": .organizations, ":available": .status(default: "available"), ":active": .active, ":key_status": .keyStatus,
    ":creator": .creator, ":event_type": .eventType, ":time": .time(isLimited: true),
    ":created_at": .time(isLimited: false, after: "created_after", before: "created_before"),
  ]

  /// - Parameter text: as in the declaration of an endpoint; an unknown special filter is a defect.
  init(_ text: String) {
    if text.hasPrefix(":") {
      guard let known = Self.special[text] else { preconditionFailure("kinds.json: there is no filter \(text)") }
      self = known
      return
    }
    let parts = text.split(whereSeparator: { "=~".contains($0) }).map(String.init)
    let members = (parts.last ?? "").split(separator: ",").map(String.init)
    self = text.contains("~") ? .contains(parts[0], members: members) : .equal(parts[0], member: parts.last)
  }

  /// The filters of the session lists, beside ids and organizations. Times are Unix seconds; "after" includes its second,
  /// "before" does not.
  static let ofSessions: [Filter] = [
    .time(isLimited: false, after: "created_after", before: "created_before"),
    .time(isLimited: false, member: "updated_at", after: "updated_after", before: "updated_before"), .flag("is_archived"),
    .session("parent_session_id"), .equal("origins", member: "origin"), .equal("tags"), .equal("user_ids", member: "user_id"),
    .equal("service_user_ids", member: "service_user_id"), .equal("category"), .equal("playbook_id"), .equal("schedule_id"),
    .equal("automation_ids", member: "automation_id"), .equal("repo_names"),
  ]

  /// Whether a row matches.
  func admits(_ object: JSONObject, organization: String?, _ query: QueryItems, now: Int) throws(Refusal) -> Bool {
    switch self {
    case .equals(let name, let member):
      let wanted = query.all(name)
      guard !wanted.isEmpty, let value = object[member] else { return wanted.isEmpty }
      if let text = value.text ?? value.flag.map({ String($0) }) { return wanted.contains(text) }
      return value.elements.contains { $0.text.map(wanted.contains) == true }
    case .contains(let name, let members):
      guard let wanted = query[name]?.lowercased() else { return true }
      return members.compactMap { object[$0]?.text }.joined(separator: "\n").lowercased().contains(wanted)
    case .flag(let name): return try query.flag(name).map { $0 == (object[name] == true) } ?? true
    case .session(let name): return query[name].map { Organization.bareID($0) == object[name]?.text } ?? true
    case .organizations:
      let wanted = query.all("org_ids")
      return wanted.isEmpty || organization.map(wanted.contains) == true
    case .status(let standard):
      let wanted = query["status"] ?? standard
      return wanted == "all" || object["status"]?.text == wanted
    case .active:
      if try query.flag("include_inactive") == true { return true }
      return object["deleted_at"]?.integer == nil && object["expires_at"]?.integer ?? .max > now
    case .keyStatus:
      let isRevoked = object["revoked_at"]?.integer != nil
      switch query["status"] ?? "all" {
      case "active": return object["is_active"]?.flag == true
      case "revoked": return isRevoked
      case "expired": return !isRevoked && object["is_active"]?.flag == false
      default: return true
      }
    case .creator: return query["creator_id"].map { object["created_by"]?.members?["id"]?.text == $0 } ?? true
    case .eventType:
      guard let wanted = query["event_type"] else { return true }
      return object["triggers"]?.elements.contains { $0.members?["event_type"]?.text == wanted } == true
    case .time(let isLimited, let member, let after, let before):
      let value = object[member]?.integer ?? 0
      let range = try query.range(now: now, isLimited: isLimited, after: after, before: before)
      // The largest number is in an open range too.
      return range.contains(value) || value == .max && range.upperBound == .max
    }
  }

  /// Rejects invalid values of the filter, even if there are no rows.
  func check(_ query: QueryItems, now: Int) throws(Refusal) {
    switch self {
    case .time, .flag: _ = try admits([:], organization: nil, query, now: now)
    default: break
    }
  }
}
