/// Daily consumption. Sums are computed from numbers, not from rows, of which there are many with hundreds of organizations.
extension Enterprise {
  /// Sums by day; the key is the start of the day in Unix seconds.
  private typealias Days = [Int: Spending]

  mutating func consumption(_ resource: SandboxResource, _ number: Int) throws -> [EnterpriseRow] {
    let scope: JSONObject = ["org_id": .string(organizationIDs[number])]
    switch resource {
    case .sessionDailyConsumption: return sessionConsumption(number)
    case .dailyConsumption:
      return Self.rows(resource, scope, try sum(of: [.userDailyConsumption, .serviceUserDailyConsumption], [number]))
    default:
      return Self.spenders(resource, number).flatMap { id in
        Self.rows(resource, scope.merging([Self.spenderColumn(resource): .string(id)]) { $1 }, days(of: id, number))
      }
    }
  }

  /// The days of all organizations combined.
  mutating func enterpriseConsumption() throws -> [EnterpriseRow] {
    let parts: [SandboxResource] =
      isEdited(.dailyConsumption) ? [.dailyConsumption] : [.userDailyConsumption, .serviceUserDailyConsumption]
    return Self.rows(.enterpriseDailyConsumption, [:], try sum(of: parts, organizationIDs.indices))
  }

  /// The days of one user or service user in all organizations combined.
  mutating func consumptionEverywhere(_ resource: SandboxResource, of id: String) throws -> [EnterpriseRow] {
    Self.rows(resource, [:], try sum(of: [resource], organizationIDs.indices, spender: id))
  }

  /// Adds the days of organizations. Those that edits have changed are added from their rows.
  private mutating func sum(of resources: [SandboxResource], _ numbers: some Sequence<Int>, spender: String? = nil) throws -> Days
  {
    var sums: Days = [:]
    for number in numbers {
      for resource in resources where isEdited(resource) {
        for row in try rows(resource, .organization(number)) where row.organization == organizationIDs[number] {
          guard spender == nil || row[Self.spenderColumn(resource)]?.text == spender else { continue }
          sums[row.object["date"]?.integer ?? 0, default: Spending()] += Spending(of: row.object)
        }
      }
      for resource in resources where !isEdited(resource) {
        for id in Self.spenders(resource, number) where spender == nil || id == spender {
          for (day, spending) in days(of: id, number) { sums[day, default: Spending()] += spending }
        }
      }
    }
    return sums
  }

  private static func rows(_ resource: SandboxResource, _ scope: JSONObject, _ days: Days) -> [EnterpriseRow] {
    days.sorted { $0.key < $1.key }.map { EnterpriseRow(resource, scope, $0.value.object(day: $0.key)) }
  }

  private func isEdited(_ resource: SandboxResource) -> Bool {
    changes[resource]?.isEmpty == false || inserted[resource]?.isEmpty == false
  }

  private static func spenderColumn(_ resource: SandboxResource) -> String {
    resource == .userDailyConsumption ? "user_id" : "service_user_id"
  }

  private static func spenders(_ resource: SandboxResource, _ number: Int) -> [String] {
    let (all, count) = resource == .userDailyConsumption ? (Vocabulary.users, 6) : (Vocabulary.serviceUsers, 3)
    return (0..<count).map { all[(number + $0) % all.count] }
  }

  /// The consumption of one user of an organization.
  private func days(of id: String, _ number: Int) -> Days {
    let noise = RandomStream.mix((id + organizationIDs[number]).utf8, from: scenario.seed)
    // The current day contains only its share so far, updated every hour.
    let end = scenario.activeOrganizations.map { number < $0 } ?? true ? now : scenario.startsAt
    let hour = end - end % 3_600
    var days: Days = [:]
    for day in billingDays where day <= end {
      var random = RandomStream(seed: noise, salt: UInt64(bitPattern: Int64(day - daysShifted)))
      guard random.chance(80) else { continue }
      let passed = min(Self.day, hour - day + 1)
      func amount(_ most: Int) -> Int { random.below(most) * passed / Self.day }
      let (devin, cascade, terminal) = (amount(900), amount(120), amount(60))
      days[day] = Spending(devin: devin, cascade: cascade, terminal: terminal, review: random.chance(60) ? amount(90) : nil)
    }
    return days
  }

  /// A session's consumption counts on the billing day on which it begins.
  private func sessionConsumption(_ number: Int) -> [EnterpriseRow] {
    self[organization: number].sessions.filter { !$0.isDeleted && $0.acus > 0 }.map { record in
      EnterpriseRow(
        .sessionDailyConsumption, ["session_id": .string(record.id), "org_id": .string(organizationIDs[number])],
        Spending(devin: Int(record.acus * 64)).object(day: Self.billingDay(record.createdAt)))
    }
  }
}
