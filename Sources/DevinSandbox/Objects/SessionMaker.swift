/// Creates the sessions of an organization: the n-th session is always the same.
struct SessionMaker: Sendable {
  let scenario: SandboxScenario
  let playbookIDs: [String]
  let scheduleIDs: [String]
  let analyses: [[UInt8]]

  /// Number of days before the start over which the sessions' creation times are distributed.
  static let days = 60

  func id(_ number: Int) -> String {
    var random = RandomStream(seed: scenario.seed, salt: 0x1d00_0000 &+ UInt64(number))
    return random.identifier()
  }

  /// The number of the session that started this one; nil: none. It is always an earlier session, so that families are trees.
  func parent(_ number: Int) -> Int? {
    var random = RandomStream(seed: scenario.seed, salt: 0x9a00_0000 &+ UInt64(number))
    guard number > 6, random.chance(22) else { return nil }
    return number - random.number(in: 1...6)
  }

  /// Creation time of a session of the scenario, in Unix seconds. Every tenth has the same time as the one before.
  func createdAt(_ number: Int) -> Int {
    if number % 10 == 5 { return createdAt(number - 1) }
    let whole = Self.days * 86_400
    let slot = max(1, whole / max(1, scenario.sessions))
    var random = RandomStream(seed: scenario.seed, salt: 0xc300_0000 &+ UInt64(number))
    let start = scenario.startsAt - whole + whole * number / max(1, scenario.sessions)
    return start + random.below(slot * 9 / 10)
  }

  func messageCount(_ number: Int) -> Int {
    var random = RandomStream(seed: scenario.seed, salt: 0x3e00_0000 &+ UInt64(number))
    let long = [3: 214, 17: 405, 11: 268]
    if scenario.sessions >= 20, scenario.messagesPerSession >= 8, let count = long[number] { return count }
    let mean = scenario.messagesPerSession
    // The sum of two random numbers favours values near the mean, and keeps the mean.
    return (random.number(in: 0...max(0, mean)) + random.number(in: 0...max(0, mean)))
  }

  /// - Parameters:
  ///   - number: the number of the session, from 0, oldest first.
  ///   - children: the ids of the sessions that it started.
  ///   - bornAt: Unix seconds if it is created by news; nil: it is part of the initial scenario.
  func session(_ number: Int, children: [String], bornAt: Int? = nil) throws -> SessionRecord {
    var random = RandomStream(seed: scenario.seed, salt: 0x5e00_0000 &+ UInt64(number))
    let id = id(number)
    let isNew = bornAt != nil
    let createdAt = bornAt ?? createdAt(number)
    let messages = isNew ? 1 : messageCount(number)
    let age = scenario.startsAt - createdAt
    let span = isNew ? 0 : min(age, random.number(in: 60...(messages * 90 + 7_200)))
    let updatedAt = createdAt + span
    let state = state(number, age: age, isNew: isNew, random: &random)

    var object: JSONObject = [
      "session_id": .string(id), "url": .string("https://app.devin.ai/sessions/\(id)"),
      "org_id": .string(scenario.organizationID), "status": .string(state.status), "created_at": .int(createdAt),
      "updated_at": .int(updatedAt), "is_archived": .bool(age > 30 * 86_400 && random.chance(40)),
      "child_session_ids": .texts(children), "parent_session_id": .text(parent(number).map(self.id)),
      "acus_consumed": random.chance(25) ? 0 : .double(Double(random.below(4_000)) / 64), "tags": .texts(tags(&random)),
    ]
    let origin = number < 12 ? Vocabulary.origins[number] : Vocabulary.origins[random.below(random.number(in: 1...12))]
    let schedule = origin == "scheduled" && !scheduleIDs.isEmpty ? random.pick(scheduleIDs) : nil
    describe(&object, number: number, origin: origin, state: state, random: &random)
    object["pull_requests"] = pullRequests(number, random: &random)

    let analysis = !analyses.isEmpty && (state.isFinal || random.chance(20)) && random.chance(75) ? random.pick(analyses) : nil
    return try SessionRecord(
      object, schedule: schedule,
      thread: MessageThread(
        start: createdAt, span: span, initialCount: messages, userEvery: random.number(in: 2...6), seed: random.next()),
      analysis: analysis, attachments: attachments(id, random: &random))
  }

  private func tags(_ random: inout RandomStream) -> [String] {
    let count = random.pick([0, 0, 1, 1, 2, 3])
    let first = random.below(Vocabulary.tags.count - count)
    return Array(Vocabulary.tags[first..<first + count])
  }

  private struct State {
    var status: String
    var detail: String?
    var isFinal: Bool { ["exit", "error", "suspended"].contains(status) }
  }

  private func state(_ number: Int, age: Int, isNew: Bool, random: inout RandomStream) -> State {
    if isNew { return State(status: "running", detail: "working") }
    // The first sessions cover every possible value, so that even a small organization has all of them.
    let suspended = Vocabulary.statusDetailsWhileSuspended
    let running = Vocabulary.statusDetailsWhileRunning
    switch number {
    case 0..<suspended.count: return State(status: "suspended", detail: suspended[number])
    case 12...14: return State(status: ["new", "claimed", "resuming"][number - 12], detail: nil)
    case 15...18: return State(status: "running", detail: running[number - 15])
    case 19: return State(status: "error", detail: nil)
    default: break
    }
    let isYoung = age < 2 * 86_400
    switch random.below(100) {
    case ..<(isYoung ? 45 : 12): return State(status: "running", detail: random.pick(running))
    case ..<(isYoung ? 65 : 62):
      return State(status: "suspended", detail: random.chance(70) ? "inactivity" : random.pick(suspended))
    case ..<70: return State(status: "error", detail: random.chance(50) ? "error" : nil)
    default: return State(status: "exit", detail: random.chance(50) ? "finished" : nil)
    }
  }

  /// Sets the members that may be null or missing, some of them to null or not at all.
  private func describe(
    _ object: inout JSONObject, number: Int, origin: String, state: State, random: inout RandomStream
  ) {
    let category = number < 15 ? Vocabulary.categories[number] : random.pick(Vocabulary.categories)
    func set(_ name: String, _ value: JSONValue, missing: Int = 8) { if !random.chance(missing) { object[name] = value } }
    set("status_detail", .text(state.detail))
    set("origin", .string(origin), missing: number < 12 ? 0 : 4)
    let title = number < Vocabulary.titles.count ? Vocabulary.titles[number] : random.pick(Vocabulary.titles)
    set("title", random.chance(6) ? nil : .string(random.chance(30) ? "\(title) (#\(number))" : title))
    if state.isFinal || number < 15 {
      set("category", .string(category), missing: number < 15 ? 0 : 8)
      set("subcategory", .string(random.pick(Vocabulary.subcategories)))
    } else {
      set("category", nil)
      set("subcategory", nil)
    }
    let isMachine = ["api", "automation", "scheduled", "code_scan"].contains(origin) && random.chance(80)
    set("user_id", .string(isMachine ? "bot_apk" : random.pick(Vocabulary.people)), missing: 2)
    set("service_user_id", isMachine ? .string("service-user-" + random.identifier()) : nil)
    set("automation_id", origin == "automation" ? .string("automation-" + random.identifier()) : nil)
    set("playbook_id", playbookIDs.isEmpty || !random.chance(25) ? nil : .string(random.pick(playbookIDs)))
    set("devin_mode", number % 11 == 4 ? .string(random.pick(Vocabulary.modes)) : "normal", missing: 20)
    if random.chance(30) {
      object["security_profile"] =
        random.chance(25)
        ? ["selection": "profile", "profile_id": .string("secprof-" + random.identifier())]
        : ["selection": .string(random.pick(["inherit", "none"])), "profile_id": nil]
    }
    if random.chance(18) {
      object["structured_output"] = [
        "summary": .string(random.pick(Vocabulary.sentences)), "confidence": .double(Double(random.below(100)) / 128),
        "findings": .array((0..<random.below(4)).map { .object(["line": .int($0 * 17), "ok": .bool($0 > 1)]) }),
        "ünïcode \"key\"": nil,
      ]
    } else {
      set("structured_output", nil, missing: 50)
    }
  }

  private func pullRequests(_ number: Int, random: inout RandomStream) -> JSONValue {
    .array(
      (0..<random.pick([0, 0, 1, 1, 1, 2])).map { _ in
        [
          "pr_url": .string(
            "https://github.com/\(random.pick(Vocabulary.repositories))/pull/\(number + 1 + random.below(9_000))"),
          "pr_state": random.pick(["open", "merged", "merged", "closed", nil]),
        ]
      })
  }

  private func attachments(_ session: String, random: inout RandomStream) -> [Attachment] {
    guard random.chance(20) else { return [] }
    return (0..<random.number(in: 1...3)).map { _ in Self.attachment(of: session, random: &random) }
  }

  static func attachment(of session: String, random: inout RandomStream) -> Attachment {
    let id = random.identifier()
    let (name, type) = random.pick(Vocabulary.files)
    var object: JSONObject = [
      "attachment_id": .string(id), "name": .string(name), "url": Attachment.url(name, of: session),
      "source": .string(random.chance(70) ? "devin" : "user"),
    ]
    if let type { object["content_type"] = .string(type) } else if random.chance(50) { object["content_type"] = .null }
    return Attachment(id: id, object: object)
  }
}
