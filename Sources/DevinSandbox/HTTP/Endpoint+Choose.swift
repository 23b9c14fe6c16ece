extension Endpoint {
  /// The range of time that a query asks for: from `after` on, up to but not including `before`.
  ///
  /// - Throws: a `Refusal` when the range has an end and no beginning, or is longer than 100 days.
  static func range(
    _ query: QueryItems, now: Int, isLimited: Bool, isRequired: Bool = false, after: String = "time_after",
    before: String = "time_before"
  ) throws(Refusal) -> Range<Int> {
    let first = try query.integer(after)
    let end = try query.integer(before)
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

  /// Whether a row passes the filters of a query.
  func admits(_ row: EnterpriseRow, _ query: QueryItems, now: Int) throws(Refusal) -> Bool {
    for filter in filters {
      guard try Self.admits(row, filter, query, now: now) else { return false }
    }
    return true
  }

  private static func admits(
    _ row: EnterpriseRow, _ filter: Filter, _ query: QueryItems, now: Int
  ) throws(Refusal) -> Bool {
    func text(_ member: String) -> String? {
      switch row.object[member] {
      case .string(let text): text
      case .bool(let flag): String(flag)
      default: nil
      }
    }
    switch filter {
    case .equal(let name, let member):
      let wanted = query.all(name)
      return wanted.isEmpty || text(member).map(wanted.contains) == true
    case .contains(let name, let member):
      guard let wanted = query[name]?.lowercased() else { return true }
      return text(member)?.lowercased().contains(wanted) == true
    case .organizations:
      let wanted = query.all("org_ids")
      return wanted.isEmpty || row.organization.map(wanted.contains) == true
    case .status(let standard):
      let wanted = query["status"] ?? standard
      return wanted == "all" || text("status") == wanted
    case .active:
      if try query.flag("include_inactive") == true { return true }
      let expiry = row.object["expires_at"]?.integer ?? .max
      return row.object["deleted_at"]?.integer == nil && expiry > now
    case .keyStatus:
      let isRevoked = row.object["revoked_at"]?.integer != nil
      switch query["status"] ?? "all" {
      case "active": return row.object["is_active"]?.flag == true
      case "revoked": return isRevoked
      case "expired": return !isRevoked && row.object["is_active"]?.flag == false
      default: return true
      }
    case .creator:
      guard let wanted = query["creator_id"] else { return true }
      return row.object["created_by"]?.members?["id"]?.text == wanted
    case .eventType:
      guard let wanted = query["event_type"] else { return true }
      return row.object["triggers"]?.elements.contains { $0.members?["event_type"]?.text == wanted } == true
    case .time(let isLimited, let after, let before):
      let range = try range(query, now: now, isLimited: isLimited, after: after, before: before)
      return range.contains(row.createdAt)
    }
  }

  /// Refuses what the filters do not understand, also when there are no rows.
  func check(_ query: QueryItems, now: Int) throws(Refusal) {
    for case .time(let isLimited, let after, let before) in filters {
      _ = try Self.range(query, now: now, isLimited: isLimited, after: after, before: before)
    }
    if let order = query["order"], order != "asc", order != "desc" {
      throw .invalid("order", input: order, type: "literal_error", message: "Input should be 'asc' or 'desc'")
    }
  }
}
