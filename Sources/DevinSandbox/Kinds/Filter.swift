/// The filters that a query may use. Sessions have filters of their own: `SessionFilter`.
enum Filter: Sendable {
  /// The member equals one of the values.
  case equals(String, member: String)
  /// One of the members contains the value.
  case contains(String, members: [String])
  case organizations
  case status(default: String)
  /// Deleted and expired rows are omitted unless requested.
  case active
  case keyStatus
  case creator
  case eventType
  /// A range of `created_at`; at most 100 days if limited.
  case time(isLimited: Bool, after: String = "time_after", before: String = "time_before")

  /// - Parameter member: nil: the member with the same name.
  static func equal(_ name: String, member: String? = nil) -> Filter { .equals(name, member: member ?? name) }

  static let search = Filter.contains("search", members: ["name", "body"])

  /// Whether a row matches.
  func admits(_ object: JSONObject, organization: String?, _ query: QueryItems, now: Int) throws(Refusal) -> Bool {
    func text(_ member: String) -> String? { object[member]?.text ?? object[member]?.flag.map { String($0) } }
    switch self {
    case .equals(let name, let member):
      let wanted = query.all(name)
      return wanted.isEmpty || text(member).map(wanted.contains) == true
    case .contains(let name, let members):
      guard let wanted = query[name]?.lowercased() else { return true }
      return members.compactMap(text).joined(separator: "\n").lowercased().contains(wanted)
    case .organizations:
      let wanted = query.all("org_ids")
      return wanted.isEmpty || organization.map(wanted.contains) == true
    case .status(let standard):
      let wanted = query["status"] ?? standard
      return wanted == "all" || text("status") == wanted
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
    case .time(let isLimited, let after, let before):
      return try query.range(now: now, isLimited: isLimited, after: after, before: before).contains(
        object["created_at"]?.integer ?? 0)
    }
  }

  /// Rejects invalid values of the filter, even if there are no rows.
  func check(_ query: QueryItems, now: Int) throws(Refusal) {
    guard case .time(let isLimited, let after, let before) = self else { return }
    _ = try query.range(now: now, isLimited: isLimited, after: after, before: before)
  }
}

extension QueryItems {
  /// The range of time in a query: from `after` up to, but not including, `before`.
  ///
  /// - Throws: a `Refusal` if the range has an end but no start, or is longer than 100 days.
  func range(now: Int, isLimited: Bool, isRequired: Bool = false, after: String = "time_after", before: String = "time_before")
    throws(Refusal) -> Range<Int>
  {
    let first = try integer(after)
    let end = try integer(before)
    for (name, value) in [(after, first), (before, end)] where isRequired && value == nil {
      throw .invalid(name, input: "", type: "missing", message: "Field required")
    }
    if isLimited, let end, first == nil {
      throw .invalid(before, input: String(end), type: "value_error", message: "\(before) needs \(after)")
    }
    if isLimited, let first, (end ?? now) - first > 100 * Enterprise.day {
      throw .invalid(after, input: String(first), type: "value_error", message: "The range is longer than 100 days")
    }
    return (first ?? .min)..<max(first ?? .min, end ?? .max)
  }

  /// Whether `order=asc` requests a list in reverse order.
  func asksForOldestFirst() throws(Refusal) -> Bool {
    if let order = self["order"], order != "asc", order != "desc" {
      throw .invalid("order", input: order, type: "literal_error", message: "Input should be 'asc' or 'desc'")
    }
    return self["order"] == "asc"
  }
}
