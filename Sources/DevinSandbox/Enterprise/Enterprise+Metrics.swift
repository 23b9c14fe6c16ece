/// Figures for a range of time, for one organization or all.
extension Enterprise {
  mutating func metrics(_ call: Call) throws -> JSONValue {
    guard case .metrics(let metric) = call.endpoint.shape, metric != .queue else { return queue }
    let (query, now) = (call.query, now)
    let range = try query.range(now: now, isLimited: true, isRequired: metric != .usage)
    let numbers = numbers(of: call.values["org_id"].map { [$0] } ?? query.all("org_ids"))
    let filters: [Filter] = [
      .equal("user_ids", member: "user_id"), .equal("service_user_ids", member: "service_user_id"), .equal("playbook_id"),
    ]
    let sessions = try numbers.flatMap { number in
      try self[organization: number].sessions.filter { record in
        try !record.isDeleted && range.contains(record.createdAt)
          && filters.allSatisfy { try $0.admits(record.facts, organization: nil, query, now: now) }
      }
    }
    let states = sessions.flatMap(\.pullRequestStates)
    func count(_ state: String) -> JSONValue { .int(states.count { $0 == state }) }
    switch metric {
    case .usage:
      return [
        "sessions_count": .int(sessions.count), "searches_count": .int(searchCount(range, numbers)),
        "prs_created_count": .int(states.count), "prs_merged_count": count("merged"),
      ]
    case .sessions: return Self.sessionMetrics(sessions)
    case .pullRequests:
      var object: JSONObject = [
        "prs_created_count": .int(states.count), "prs_opened_count": count("open"), "prs_merged_count": count("merged"),
        "prs_closed_count": count("closed"),
      ]
      if states.count % 2 == 0 { object["prs_taken_over_count"] = .int(states.count / 8) }
      return .object(object)
    case .searches: return ["searches_created_count": .int(searchCount(range, numbers))]
    case .categories:
      return ["sessions_by_category": Self.counts(sessions.map { $0.facts["category"]?.text ?? "uncategorized" })]
    case .dailyUsers: return try activeUsers(1, range, numbers, query)
    case .weeklyUsers: return try activeUsers(7, range, numbers, query)
    case .monthlyUsers: return try activeUsers(30, range, numbers, query)
    case .activeUsers: return try activeUsers(nil, range, numbers, query)
    case .codeScans, .queue: return try codeScanMetrics(range, numbers)
    }
  }

  /// The length changes every minute.
  private var queue: JSONValue {
    let minute = (now - scenario.startsAt + SandboxScenario.anchor) / 60
    let size = Int(RandomStream.mix(UInt64(bitPattern: Int64(minute))) % 30)
    return ["queue_size": .int(size), "status": size < 10 ? "normal" : size < 20 ? "elevated" : "high"]
  }

  /// How often each text occurs.
  private static func counts(_ texts: [String]) -> JSONValue {
    .object(Dictionary(grouping: texts) { $0 }.mapValues { .int($0.count) })
  }

  private static func sessionMetrics(_ sessions: [SessionRecord]) -> JSONValue {
    let merged = sessions.filter { $0.pullRequestStates.contains("merged") }
    let acus = sessions.reduce(0) { $0 + $1.acus }
    return [
      "sessions_created_count": .int(sessions.count),
      "avg_acus_per_session": .double(sessions.isEmpty ? 0 : acus / Double(sessions.count)),
      "sessions_created_by_origin": counts(sessions.compactMap { $0.facts["origin"]?.text }),
      "sessions_created_by_size": counts(sessions.map(\.size)),
      "sessions_created_with_playbook_count": .int(sessions.count { $0.facts["playbook_id"]?.text != nil }),
      "sessions_created_with_search_count": .int(sessions.count / 5), "sessions_with_merged_prs_count": .int(merged.count),
      "sessions_with_merged_prs_by_size": counts(merged.map(\.size)),
    ]
  }

  /// A number of searches for each hour that has passed.
  private func searchCount(_ range: Range<Int>, _ numbers: [Int]) -> Int {
    let first = max(range.lowerBound, scenario.startsAt - max(1, scenario.historyDays) * Self.day)
    let end = min(range.upperBound, now)
    guard first < end else { return 0 }
    let shift = daysShifted / 3_600
    let hours = (first + 3_599) / 3_600..<(end + 3_599) / 3_600
    return numbers.reduce(0) { sum, number in
      hours.reduce(sum) { $0 + Int(RandomStream.mix(scenario.seed &+ UInt64(($1 - shift) * 10 + number)) % 3) }
    }
  }

  /// - Parameter days: nil: the complete range, which is answered without a list.
  private func activeUsers(_ days: Int?, _ range: Range<Int>, _ numbers: [Int], _ query: QueryItems) throws -> JSONValue {
    let least = max(1, try query.integer("min_sessions", in: 0...Int.max, default: 0))
    func users(_ window: Range<Int>) -> JSONValue {
      let records = numbers.flatMap { self[organization: $0].sessions }.filter {
        !$0.isDeleted && window.contains($0.createdAt)
      }
      let counts = Dictionary(grouping: records.compactMap { $0.facts["user_id"]?.text }.filter { $0 != "bot_apk" }) { $0 }
      return [
        "start_time": .int(window.lowerBound), "end_time": .int(window.upperBound),
        "active_users": .int(counts.values.count { $0.count >= least }),
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
    let requests = findings.count { $0.object["pr_url"]?.text != nil }
    var object: JSONObject = [
      "scans_count": .int(scans.count), "repos_scanned_count": .int(Set(scans.compactMap { $0.object["repo_name"]?.text }).count),
      "prs_created_count": .int(requests), "prs_open_count": .int(requests), "prs_merged_count": 0, "prs_closed_count": 0,
      "avg_pr_time_to_merge_seconds": nil, "avg_pr_open_duration_seconds": requests == 0 ? nil : 3_600.5,
    ]
    for severity in ["critical", "high", "medium", "low"] {
      object["open_\(severity)_findings_count"] = .int(
        findings.count { $0.object["severity"]?.text == severity && $0.object["status"]?.text == "open" })
    }
    return .object(object)
  }
}
