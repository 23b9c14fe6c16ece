/// Data that grows with the clock from day to day: the audit log and guardrail violations.
extension Enterprise {
  static let day = 86_400
  /// Seconds from the start of a day to the start of its billing day.
  static let billingHour = 8 * 3_600

  /// The start of the billing day of a time.
  static func billingDay(_ time: Int) -> Int {
    Int(((Double(time - billingHour)) / Double(day)).rounded(.down)) * day + billingHour
  }

  /// Starts of the billing days with history, oldest first.
  var billingDays: [Int] {
    let first = Self.billingDay(scenario.startsAt) - max(0, scenario.historyDays - 1) * Self.day
    return Array(stride(from: first, through: max(first, Self.billingDay(now)), by: Self.day))
  }

  /// Complete days, in seconds, by which the clock's start differs from the default.
  var daysShifted: Int { Self.billingDay(scenario.startsAt) - Self.billingDay(SandboxScenario.anchor) }

  /// Billing cycles of 30 days, newest first.
  func billingCycles() -> [EnterpriseRow] {
    let first = Self.billingDay(scenario.startsAt) - 10 * Self.day
    let newest = max(0, (now - first) / (30 * Self.day))
    return (-newest..<max(1, scenario.historyDays / 30 + 1)).map { number in
      let after = first - 30 * number * Self.day
      return EnterpriseRow(.billingCycles, ["after": .int(after), "before": .int(after + 30 * Self.day)])
    }
  }

  func history(_ resource: SandboxResource) -> [EnterpriseRow] {
    guard let template = Template.all[resource.rawValue] else { return [] }
    return billingDays.flatMap { day in
      let number = UInt64(bitPattern: Int64((day - daysShifted) / Self.day))
      var random = RandomStream(seed: scenario.seed, salt: number &+ (resource == .auditLogs ? 0xa0d1_0000 : 0x9a4d_0000))
      let count = resource == .auditLogs ? 1 + random.below(4) : random.below(3)
      return (0..<count).map { index in
        // The first event of every tenth day is exactly on the boundary.
        let onBoundary = index == 0 && number % 10 == UInt64(SandboxScenario.anchor / Self.day) % 10
        let time = onBoundary ? day : day + 1 + random.below(Self.day - 2)
        let organization = random.below(organizationIDs.count)
        // Sessions created later must not change past events.
        let sessions = self[organization: organization].sessions.prefix(max(0, scenario.sessions / 3))
        let filling = Template.Row(
          n: random.below(5), organization: nil, organizationIDs: organizationIDs, sessionIDs: [], seed: scenario.seed,
          startsAt: scenario.startsAt, time: time, random: RandomStream(seed: scenario.seed, salt: random.next()))
        var row = template.row(resource, filling)
        if resource == .guardrailViolations {
          row.object["violation_id"] = .int(Int(number) * 10 + index)
          row.object["org_id"] = .string(organizationIDs[organization])
          row.object["session_id"] =
            sessions.isEmpty || random.chance(10) ? .null : .string(sessions[random.below(sessions.count)].id)
        }
        return row
      }.filter { $0.createdAt <= now }
    }
  }
}
