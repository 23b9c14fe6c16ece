/// What goes on from day to day: the audit log and violations of guardrails. It grows with the clock.
extension Enterprise {
  static let day = 86_400
  /// Seconds of a day before a billing day begins.
  static let billingHour = 8 * 3_600

  /// The beginning of the billing day of a moment.
  static func billingDay(_ time: Int) -> Int {
    Int(((Double(time - billingHour)) / Double(day)).rounded(.down)) * day + billingHour
  }

  /// Beginnings of the billing days of which there is history, oldest first.
  var billingDays: [Int] {
    let first = Self.billingDay(scenario.startsAt) - max(0, scenario.historyDays - 1) * Self.day
    return Array(stride(from: first, through: max(first, Self.billingDay(now)), by: Self.day))
  }

  /// Whole days, as seconds, by which the clock's start differs from the usual one.
  var daysShifted: Int { Self.billingDay(scenario.startsAt) - Self.billingDay(SandboxScenario.anchor) }

  static let auditActions = [
    "login", "session_created", "delete_playbook", "update_knowledge_note", "create_secret", "invite_user",
    "remove_user", "create_service_user_api_key", "update_acu_limit", "export_audit_logs", "archive_session",
  ]

  func history(_ resource: SandboxResource) -> [EnterpriseRow] {
    billingDays.flatMap { day in
      let number = UInt64(bitPattern: Int64((day - daysShifted) / Self.day))
      var random = RandomStream(seed: scenario.seed, salt: number &+ (resource == .auditLogs ? 0xa0d1_0000 : 0x9a4d_0000))
      let count = resource == .auditLogs ? 1 + random.below(4) : random.below(3)
      return (0..<count).map { index in
        // The first of each tenth day stands on the boundary itself.
        let onBoundary = index == 0 && number % 10 == UInt64(SandboxScenario.anchor / Self.day) % 10
        let time = onBoundary ? day : day + 1 + random.below(Self.day - 2)
        return resource == .auditLogs ? auditLog(time, &random) : violation(time, number, index, &random)
      }.filter { $0.createdAt <= now }
    }
  }

  private func auditLog(_ time: Int, _ random: inout RandomStream) -> EnterpriseRow {
    let isMachine = random.chance(30)
    let person = random.pick(Self.people)
    let action = random.pick(Self.auditActions)
    return EnterpriseRow(
      .auditLogs,
      [
        "audit_log_id": .string("audit-" + random.identifier()), "action": .string(action), "created_at": .int(time),
        "data": [
          "target": .string("\(action) of \"\(random.pick(Vocabulary.titles))\""), "ip": "203.0.113.\(random.below(255))".json,
          "changes": random.chance(50) ? nil : ["before": nil, "after": .int(random.below(90))],
        ],
        "org_id": random.chance(25) ? nil : .string(random.pick(organizationIDs)),
        "user_id": isMachine ? nil : .string(person.id), "user_email": isMachine ? nil : .text(person.email),
        "service_user_id": isMachine ? .string(Self.serviceUserID(0)) : nil,
        "service_user_name": isMachine ? "Mirror (read only)" : nil,
      ])
  }

  private func violation(_ time: Int, _ day: UInt64, _ index: Int, _ random: inout RandomStream) -> EnterpriseRow {
    let number = random.below(organizationIDs.count)
    // Sessions made later by news do not change what happened.
    let session =
      scenario.sessions > 0 ? self[organization: number].sessions.prefix(scenario.sessions / 3).randomElement(&random) : nil
    var object: JSONObject = [
      "violation_id": .int(Int(day) * 10 + index), "created_at": .int(time),
      "org_id": .string(organizationIDs[number]), "session_id": random.chance(10) ? nil : .text(session?.id),
      "guardrail_id": random.chance(90) ? "guardrail-\(random.below(3))".json : nil,
      "guardrail_name": "No \"production\" data 🚫", "event_id": random.chance(50) ? nil : "event-\(random.identifier())".json,
      "action_taken": .string(random.pick(["log_only", "warn_user", "block_message", "kill_session"])),
      "confidence_score": random.chance(20) ? nil : .double(Double(random.below(64)) / 64),
      "user_message": .string(random.pick(Vocabulary.prompts)),
    ]
    if random.chance(70) { object["reasoning"] = random.chance(30) ? .null : .string(random.pick(Vocabulary.sentences)) }
    return EnterpriseRow(.guardrailViolations, object)
  }
}

extension Collection {
  fileprivate func randomElement(_ random: inout RandomStream) -> Element? {
    isEmpty ? nil : self[index(startIndex, offsetBy: random.below(count))]
  }
}

extension String {
  var json: JSONValue { .string(self) }
}

extension JSONValue {
  /// A number of either kind.
  var fraction: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
}
