/// Figures for a range of time, for one organization or all.
extension Enterprise {
  mutating func metrics(_ call: Call) throws -> JSONValue {
    if case .queue = call.endpoint.shape { return queue }
    var isRequired = true
    if case .usage = call.endpoint.shape { isRequired = false }
    let range = try call.query.range(now: now, isLimited: true, isRequired: isRequired)
    let numbers = numbers(of: call.values["org_id"].map { [$0] } ?? call.query.all("org_ids"))
    var filter = SessionFilter()
    (filter.createdAfter, filter.createdBefore) = (range.lowerBound, range.upperBound)
    filter.users = call.query.all("user_ids")
    filter.serviceUsers = call.query.all("service_user_ids")
    filter.playbook = call.query["playbook_id"]
    let sessions = numbers.flatMap { number in
      self[organization: number].sessions.filter { !$0.isDeleted && filter.admits($0.facts) }
    }
    switch call.endpoint.shape {
    case .usage:
      let states = Self.pullRequestStates(sessions)
      return [
        "sessions_count": .int(sessions.count), "searches_count": .int(searchCount(range, numbers)),
        "prs_created_count": .int(states.count), "prs_merged_count": .int(states.filter { $0 == "merged" }.count),
      ]
    case .sessionMetrics: return Self.sessionMetrics(sessions)
    case .pullRequestMetrics:
      let states = Self.pullRequestStates(sessions)
      func count(_ state: String) -> JSONValue { .int(states.filter { $0 == state }.count) }
      var object: JSONObject = [
        "prs_created_count": .int(states.count), "prs_opened_count": count("open"), "prs_merged_count": count("merged"),
        "prs_closed_count": count("closed"),
      ]
      if states.count % 2 == 0 { object["prs_taken_over_count"] = .int(states.count / 8) }
      return .object(object)
    case .searchMetrics: return ["searches_created_count": .int(searchCount(range, numbers))]
    case .categoryMetrics:
      return [
        "sessions_by_category": .object(
          Dictionary(grouping: sessions) { $0.facts.category ?? "uncategorized" }.mapValues { .int($0.count) })
      ]
    case .activeUsers(let days): return try activeUsers(days, range, numbers, call.query)
    default: return try codeScanMetrics(range, numbers)
    }
  }

  /// The length changes every minute.
  private var queue: JSONValue {
    let minute = (now - scenario.startsAt + SandboxScenario.anchor) / 60
    let size = Int(RandomStream.mix(UInt64(bitPattern: Int64(minute))) % 30)
    return ["queue_size": .int(size), "status": size < 10 ? "normal" : size < 20 ? "elevated" : "high"]
  }

  private static func pullRequestStates(_ sessions: [SessionRecord]) -> [String?] {
    sessions.flatMap { $0.facts.pullRequests.map(\.state) }
  }

  private static func sessionMetrics(_ sessions: [SessionRecord]) -> JSONValue {
    var origins: JSONObject = [:]
    var sizes: JSONObject = [:]
    var merged: JSONObject = [:]
    var mergedCount = 0
    var acus = 0.0
    func count(_ name: String, in counts: inout JSONObject) { counts[name] = .int((counts[name]?.integer ?? 0) + 1) }
    for record in sessions {
      let size = record.size
      acus += record.facts.acus
      if let origin = record.facts.origin { count(origin, in: &origins) }
      count(size, in: &sizes)
      if pullRequestStates([record]).contains("merged") {
        mergedCount += 1
        count(size, in: &merged)
      }
    }
    return [
      "sessions_created_count": .int(sessions.count),
      "avg_acus_per_session": .double(sessions.isEmpty ? 0 : acus / Double(sessions.count)),
      "sessions_created_by_origin": .object(origins), "sessions_created_by_size": .object(sizes),
      "sessions_created_with_playbook_count": .int(sessions.filter { $0.facts.playbook != nil }.count),
      "sessions_created_with_search_count": .int(sessions.count / 5), "sessions_with_merged_prs_count": .int(mergedCount),
      "sessions_with_merged_prs_by_size": .object(merged),
    ]
  }

  /// A number of searches for each hour that has passed.
  private func searchCount(_ range: Range<Int>, _ numbers: [Int]) -> Int {
    let first = max(range.lowerBound, scenario.startsAt - max(1, scenario.historyDays) * Self.day)
    let end = min(range.upperBound, now)
    guard first < end else { return 0 }
    let shift = daysShifted / 3_600
    return numbers.reduce(0) { sum, number in
      sum
        + stride(from: (first + 3_599) / 3_600, to: (end + 3_599) / 3_600, by: 1).reduce(0) {
          $0 + Int(RandomStream.mix(scenario.seed &+ UInt64(($1 - shift) * 10 + number)) % 3)
        }
    }
  }

  private func activeUsers(_ days: Int?, _ range: Range<Int>, _ numbers: [Int], _ query: QueryItems) throws -> JSONValue {
    let least = max(1, try query.integer("min_sessions", in: 0...Int.max, default: 0))
    func users(_ window: Range<Int>) -> JSONValue {
      let records = numbers.flatMap { self[organization: $0].sessions }.filter {
        !$0.isDeleted && window.contains($0.facts.createdAt)
      }
      let counts = Dictionary(grouping: records.compactMap(\.facts.user).filter { $0 != "bot_apk" }) { $0 }
      return [
        "start_time": .int(window.lowerBound), "end_time": .int(window.upperBound),
        "active_users": .int(counts.values.filter { $0.count >= least }.count),
      ]
    }
    guard let days else { return users(range) }
    return .array(
      stride(from: range.lowerBound, to: range.upperBound, by: days * Self.day).map {
        users($0..<min(range.upperBound, $0 + days * Self.day))
      })
  }

  private mutating func codeScanMetrics(_ range: Range<Int>, _ numbers: [Int]) throws -> JSONValue {
    let ids = Set(numbers.map { organizationIDs[$0] })
    let extent = numbers.count == 1 ? Extent.organization(numbers[0]) : .all
    func chosen(_ resource: SandboxResource) throws -> [EnterpriseRow] {
      try rows(resource, extent).filter { ids.contains($0.organization ?? "") && range.contains($0.createdAt) }
    }
    let scans = try chosen(.codeScans)
    let findings = try chosen(.codeScanFindings)
    let requests = findings.filter { $0.object["pr_url"]?.text != nil }.count
    var object: JSONObject = [
      "scans_count": .int(scans.count), "repos_scanned_count": .int(Set(scans.compactMap { $0.object["repo_name"]?.text }).count),
      "prs_created_count": .int(requests), "prs_open_count": .int(requests), "prs_merged_count": 0, "prs_closed_count": 0,
      "avg_pr_time_to_merge_seconds": nil, "avg_pr_open_duration_seconds": requests == 0 ? nil : 3_600.5,
    ]
    for severity in ["critical", "high", "medium", "low"] {
      object["open_\(severity)_findings_count"] = .int(
        findings.filter { $0.object["severity"]?.text == severity && $0.object["status"]?.text == "open" }.count)
    }
    return .object(object)
  }
}
