/// What a request makes of an automation.
extension Enterprise {
  mutating func settleAutomation(_ changes: JSONObject, into row: inout EnterpriseRow, _ call: Call) throws -> JSONObject {
    var changes = changes
    let merges = call.rules.updateSemantics != "replace_groups"
    let groups = ["limits", "concurrency", "notifications", "tools", "session_settings"]
    for (name, value) in changes where groups.contains(name) {
      guard let given = value.members else { continue }
      changes[name] = Self.group(name, given, stored: row.object[name]?.members, merges: merges)
    }
    if let given = changes["metadata"]?.members {
      let kept = merges && call.given["metadata"] != .null ? row.object["metadata"]?.members ?? [:] : [:]
      changes["metadata"] = .object(kept.merging(given) { $1 }.filter { $0.value != .null })
    }
    if let given = changes["security_profile"] { changes["security_profile"] = Self.profile(given) }
    if let given = changes["actions"]?.elements {
      changes["actions"] = .array(try actions(given, stored: merges ? row.object["actions"]?.elements ?? [] : [], call))
    }
    var answered: JSONValue?
    if let given = changes["triggers"]?.elements {
      let stored = row.object["triggers"]?.elements ?? []
      try Self.checkTriggers(given)
      answered = .array(given.enumerated().map { trigger($1, number: $0, stored: stored) })
      changes["triggers"] = .array(answered?.elements.map(\.withoutSecret) ?? [])
    }
    // The members that a template leaves out have their defaults by now.
    row.object.merge(Self.filled(changes)) { $1 }
    try checkAutomation(row.object, changes, call)
    var answer = row.object
    if let answered { answer["triggers"] = answered }
    return answer
  }

  private static func filled(_ changes: JSONObject) -> JSONObject {
    let forms = Dictionary(uniqueKeysWithValues: Body.automation.of(.create).members.map { ($0.name, $0.form) })
    return Dictionary(
      uniqueKeysWithValues: changes.map { name, value in
        // Rows show triggers, actions and profiles otherwise than requests.
        let isAsSent = !["triggers", "actions", "security_profile"].contains(name)
        return (name, isAsSent ? forms[name]?.filled(value) ?? value : value)
      })
  }

  /// A group as it is afterwards.
  private static func group(_ name: String, _ given: JSONObject, stored: JSONObject?, merges: Bool) -> JSONValue {
    if merges { return JSONValue.object(stored ?? [:]).merged(with: .object(given)) }
    var group = given
    // Kept even where the group is replaced.
    if name == "tools", group["jira_projects"] == nil { group["jira_projects"] = stored?["jira_projects"] }
    // Without a policy nothing outside can be reached; null lifts it.
    if name == "session_settings", group["net_policy"] == nil { group["net_policy"] = ["allow": []] }
    return .object(group)
  }

  private static func profile(_ given: JSONValue) -> JSONValue {
    guard let group = given.members else { return ["selection": "inherit", "profile_id": nil, "warnings": []] }
    let id = group["profile_id"] ?? .null
    return ["selection": id == .null ? "none" : "profile", "profile_id": id, "warnings": []]
  }

  // MARK: Triggers

  private static func checkTriggers(_ triggers: [JSONValue]) throws(Refusal) {
    let types = triggers.compactMap { $0.members?["event_type"]?.text }
    try Refusal.require(
      types.count(where: { $0 == "webhook:incoming" }) <= 1, "triggers", "At most one trigger should be webhook:incoming")
    for (type, trigger) in zip(types, triggers) {
      let groups = trigger.members?["conditions"]?.members?["any"]?.elements.map { $0.members?["all"]?.elements ?? [] } ?? []
      if type == "slack:message", groups.isEmpty || groups.contains(where: \.isEmpty) {
        throw .invalidBody("triggers", "slack:message should be restricted to a channel, or by a filter in every group")
      }
      guard type == "schedule:recurring" else { continue }
      let condition = groups.count == 1 && groups[0].count == 1 ? groups[0][0].members : nil
      guard condition?["field"] == "rrule", condition?["operator"] == "recurrence",
        condition?["value"]?.text?.contains("FREQ=") == true
      else {
        throw .badRequest("triggers: schedule:recurring needs one condition on rrule with the operator recurrence and an RRULE")
      }
    }
  }

  /// A trigger as it is answered: with an id of its own, and with the secret of a webhook that is new.
  private func trigger(_ given: JSONValue, number: Int, stored: [JSONValue]) -> JSONValue {
    var random = RandomStream(seed: scenario.seed, salt: 0x7219_0000 &+ UInt64(edits) << 8 &+ UInt64(number))
    var trigger = given.members ?? [:]
    trigger["conditions"] = trigger["conditions"] ?? .null
    trigger["replies"] = trigger["replies"] ?? []
    trigger["trigger_id"] = .string("trigger-\(random.identifier())")
    guard trigger["event_type"] == "webhook:incoming" else { return .object(trigger) }
    let webhook = stored.lazy.compactMap { $0.members?["webhook"]?.members?["url"] }.first
    trigger["webhook"] =
      webhook.map { ["url": $0, "secret": nil] } ?? [
        "url": .string("https://hooks.example.com/\(random.identifier())"), "secret": .string("whsec_\(random.identifier())"),
      ]
    return .object(trigger)
  }

  // MARK: Actions

  /// - Parameter stored: actions that supply what one of their type leaves out.
  private mutating func actions(_ given: [JSONValue], stored: [JSONValue], _ call: Call) throws -> [JSONValue] {
    func of(_ type: JSONValue?, _ actions: [JSONValue]) -> [JSONValue] { actions.filter { $0.members?["type"] == type } }
    let merged = given.map { action in
      let type = action.members?["type"]
      let (old, new) = (of(type, stored), of(type, given))
      guard old.count == 1, new.count == 1 else { return action }
      return old[0].withoutDerived.merged(with: action)
    }
    let flaws = Body.actions.flaws(.array(merged), at: ["body", "actions"])
    guard flaws.isEmpty else { throw Refusal.invalidBody(flaws) }
    let types = merged.compactMap { $0.members?["type"]?.text }
    try Refusal.require(
      types.count(where: { $0 == "start_session" }) <= 1, "actions", "At most one action should be start_session")
    try Refusal.require(
      !types.contains("monitor_session") || types.count == 1, "actions", "monitor_session should be the only action")
    return try Body.actions.filled(.array(merged)).elements.map { try action($0.members ?? [:], call) }
  }

  /// An action as a row shows it.
  private mutating func action(_ given: JSONObject, _ call: Call) throws -> JSONValue {
    var action = given
    let references = try references(in: (action["prompt"] ?? action["setup_prompt"])?.text ?? "", call)
    switch action["type"] {
    case "start_session":
      var session = Body.sessionConfig.filled(action["session"] ?? [:]).members ?? [:]
      if let label = session["platform"]?.text { session["platform"] = .string(try Self.platform(label)) }
      session["playbook_id"] = .text(references.playbook)
      session["repos"] = .texts(references.repositories)
      action["session"] = .object(session)
    case "message_session":
      if action["auto_create"] == true {
        action["target_devin_id"] = .null
      } else if action["target_devin_id"]?.text == nil {
        throw Refusal.invalidBody("actions", "target_devin_id is needed unless auto_create is true")
      }
    default: break
    }
    return .object(action)
  }

  /// What the tokens of a prompt refer to.
  ///
  /// - Throws: a `Refusal` where one refers to nothing.
  private mutating func references(in prompt: String, _ call: Call) throws -> (playbook: String?, repositories: [String]) {
    let playbooks = prompt.matches(of: /@playbook:([A-Za-z0-9_-]+)/).map { String($0.1) }
    for id in playbooks where try playbook(id, call) == nil {
      throw Refusal.badRequest("@playbook:\(id): there is no such playbook")
    }
    let extent = Extent.organization(call.organization)
    let own = organizationIDs[call.organization]
    let secrets = try rows(.secrets, extent).filter { $0.organization == own }.compactMap { $0.object["key"]?.text }
    for match in prompt.matches(of: /\$\{([A-Za-z0-9_]+)\}/) where !secrets.contains(String(match.1)) {
      throw Refusal.badRequest("${\(match.1)}: there is no such secret")
    }
    let known = try rows(.repositories, extent).compactMap { $0.object["repo_path"]?.text }
    let named = prompt.matches(of: /@([A-Za-z0-9_.-]+\/[A-Za-z0-9_.-]+)/).map { String($0.1) }
    return (playbooks.first, named.filter(known.contains))
  }

  // MARK: The whole

  private func checkAutomation(_ object: JSONObject, _ changes: JSONObject, _ call: Call) throws(Refusal) {
    let isServiceUser = call.author.isServiceUser
    let runAs = changes["run_as"]?.members ?? [:]
    let creator = "An automation of a service user should not run as its creator"
    try Refusal.require(runAs["type"] != "creator" || !isServiceUser, "run_as", creator)
    let isNamed = runAs["type"] != "service_user" || runAs["service_user_id"]?.text != nil
    try Refusal.require(isNamed, "run_as", "service_user_id is needed")
    let email = changes["notifications"]?.members?["email"]?.members
    let isAddressed = email == nil || !isServiceUser || email?["recipients"]?.elements.isEmpty == false
    try Refusal.require(isAddressed, "notifications", "recipients are needed, because a service user has no address")
    let concurrency = object["concurrency"]?.members
    let isLimited = concurrency?["max_queue_depth"]?.integer == nil || concurrency?["max_concurrent_runs"]?.integer != nil
    try Refusal.require(isLimited, "concurrency", "max_queue_depth needs max_concurrent_runs")
    let destinations = object["session_settings"]?.members?["net_policy"]?.members?["allow"]?.elements ?? []
    let message = "A destination should have exactly one of hostname, ipv4 and ipv6"
    try Refusal.require(destinations.allSatisfy { $0.members?.count == 1 }, "session_settings", message)
  }
}

extension JSONValue {
  /// The members of another object put into this one, at every level; lists and everything else are replaced.
  fileprivate func merged(with other: JSONValue) -> JSONValue {
    guard let own = members, let members = other.members else { return other }
    return .object(own.merging(members) { $0.merged(with: $1) })
  }

  /// A trigger without its webhook's secret.
  fileprivate var withoutSecret: JSONValue {
    guard var trigger = members, var webhook = trigger["webhook"]?.members else { return self }
    webhook["secret"] = .null
    trigger["webhook"] = .object(webhook)
    return .object(trigger)
  }

  /// An action without what follows from its prompt.
  fileprivate var withoutDerived: JSONValue {
    guard var action = members, var session = action["session"]?.members else { return self }
    (session["playbook_id"], session["repos"]) = (nil, nil)
    action["session"] = .object(session)
    return .object(action)
  }
}
