import Foundation

/// Makes playbooks, notes, folders, secrets and schedules: the n-th is the same whenever it is
/// made.
struct SmallObjects: Sendable {
  let scenario: SandboxScenario

  static func credential(_ scenario: SandboxScenario) -> [String: JSONValue] {
    switch scenario.principal {
    case .serviceUser, .enterpriseServiceUser:
      [
        "principal_type": "service_user",
        "service_user_id": "service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58",
        "service_user_name": "Mirror (read only)",
        "org_id": scenario.principal == .serviceUser ? .string(scenario.organizationID) : nil,
      ]
    case .personalToken:
      [
        "principal_type": "pat_user", "user_id": .string(Vocabulary.people[0]),
        "user_name": "Zoë Müller",
        "api_key_id": "key-3f19a0", "api_key_name": "laptop", "org_id": nil,
      ]
    }
  }

  /// - Parameter bornAt: Unix seconds when it is made by an edit; nil for one that the scenario begins with.
  func object(_ resource: SandboxResource, _ number: Int, bornAt: Int? = nil) -> JSONObject {
    switch resource {
    case .playbooks: playbook(number, bornAt: bornAt)
    case .knowledgeNotes: note(number, bornAt: bornAt)
    case .secrets: secret(number, bornAt: bornAt)
    case .schedules: schedule(number, bornAt: bornAt)
    default: bornAt == nil ? folder(number) : folder(number, in: nil)
    }
  }

  private func playbook(_ number: Int, bornAt: Int? = nil) -> JSONObject {
    var random = RandomStream(seed: scenario.seed, salt: 0xb100_0000 &+ UInt64(number))
    let id = "playbook-" + random.identifier()
    let createdAt =
      bornAt ?? scenario.startsAt - random.number(in: 90...400) * 86_400 - random.below(86_400)
    let isShared = number % 4 == 3
    var object: [String: JSONValue] = [
      "playbook_id": .string(id),
      "title": .string(Vocabulary.playbookTopics[number % Vocabulary.playbookTopics.count]),
      "body": .string(body(&random)),
      "macro": random.chance(50) ? .string("!macro_\(number)") : nil,
      "created_by": .string(random.pick(Vocabulary.people)),
      "updated_by": .string(random.pick(Vocabulary.people)),
      "created_at": .int(createdAt),
      "updated_at": .int(bornAt ?? createdAt + random.below(80 * 86_400)),
      "access_type": isShared ? "enterprise" : "org",
      "org_id": isShared ? nil : .string(scenario.organizationID),
    ]
    switch number % 3 {
    case 0: object["structured_output_schema"] = nil
    case 1: object["structured_output_schema"] = .null
    default:
      object["structured_output_schema"] = [
        "type": "object", "properties": ["summary": ["type": "string"]], "required": ["summary"],
      ]
    }
    return object
  }

  private func note(_ number: Int, bornAt: Int? = nil) -> JSONObject {
    var random = RandomStream(seed: scenario.seed, salt: 0x2073_0000 &+ UInt64(number))
    let id = "note-" + random.identifier()
    let createdAt =
      bornAt ?? scenario.startsAt - random.number(in: 61...300) * 86_400 - random.below(86_400)
    let isShared = number % 5 == 4
    let folder =
      scenario.folders > 0 && random.chance(70) ? self.folder(random.below(scenario.folders)) : nil
    let topic = Vocabulary.noteTopics[number % Vocabulary.noteTopics.count]
    return [
      "note_id": .string(id), "name": .string(number < 11 ? topic : "\(topic) (\(number))"),
      "body": .string(body(&random)),
      "trigger": .string("When \(random.pick(Vocabulary.sentences))"),
      "folder_id": folder?["folder_id"] ?? nil, "folder_path": folder?["path"] ?? "/",
      "is_enabled": .bool(random.chance(85)),
      "created_at": .int(createdAt),
      "updated_at": .int(bornAt ?? createdAt + random.below(60 * 86_400)),
      "access_type": isShared ? "enterprise" : "org",
      "org_id": isShared ? nil : .string(scenario.organizationID),
      "macro": random.chance(30) ? .string("!note_\(number)") : nil,
      "pinned_repo": random.chance(40) ? .string(random.pick(Vocabulary.repositories)) : nil,
    ]
  }

  private func folder(_ number: Int) -> JSONObject {
    folder(number, in: number >= 2 && number % 2 == 0 ? folder(number / 2 - 1) : nil)
  }

  private func folder(_ number: Int, in parent: JSONObject?) -> JSONObject {
    var random = RandomStream(seed: scenario.seed, salt: 0xf01d_0000 &+ UInt64(number))
    let id = "folder-" + random.identifier()
    let base = Vocabulary.folderNames[number % Vocabulary.folderNames.count]
    let name = number < Vocabulary.folderNames.count ? base : "\(base) \(number)"
    let path = (parent?["path"]?.text ?? "") + "/" + name
    var object: [String: JSONValue] = [
      "folder_id": .string(id), "name": .string(name), "path": .string(path), "note_count": 0,
    ]
    if let parent {
      object["parent_folder_id"] = parent["folder_id"]
    } else if number % 3 == 0 {
      object["parent_folder_id"] = .null
    }
    return object
  }

  private func secret(_ number: Int, bornAt: Int? = nil) -> JSONObject {
    var random = RandomStream(seed: scenario.seed, salt: 0x5ec0_0000 &+ UInt64(number))
    let id = "secret-" + random.identifier()
    let createdAt = bornAt ?? scenario.startsAt - random.number(in: 10...500) * 86_400
    let name = Vocabulary.secretNames[number % Vocabulary.secretNames.count]
    var object: [String: JSONValue] = [
      "secret_id": .string(id),
      "key": number % 8 == 5
        ? nil : .string(number < Vocabulary.secretNames.count ? name : "\(name)_\(number)"),
      "note": random.chance(50) ? nil : .string(random.pick(Vocabulary.sentences)),
      "is_sensitive": .bool(random.chance(80)),
      "created_by": .string(random.chance(20) ? "bot_apk" : random.pick(Vocabulary.people)),
      "created_at": .int(createdAt),
      "secret_type": ["key-value", "key-value", "cookie", "key-value", "totp"][number % 5],
      "access_type": number % 7 == 6 ? "personal" : "org",
    ]
    if random.chance(60) {
      object["updated_at"] = random.chance(50) ? nil : .int(createdAt + random.below(9 * 86_400))
      object["updated_by"] = random.chance(50) ? .null : .string(random.pick(Vocabulary.people))
    }
    return object
  }

  private func schedule(_ number: Int, bornAt: Int? = nil) -> JSONObject {
    var random = RandomStream(seed: scenario.seed, salt: 0x5c4e_0000 &+ UInt64(number))
    let id = "sched-" + random.identifier()
    let createdAt =
      bornAt ?? scenario.startsAt - random.number(in: 5...200) * 86_400 - random.below(86_400)
    let isOnce = number % 6 == 5
    let runAt = createdAt + random.below(4 * 86_400)
    let failures = random.pick([0, 0, 0, 1, 4])
    let playbook =
      scenario.playbooks > 0 && random.chance(40)
      ? self.playbook(random.below(scenario.playbooks)) : nil
    var object: [String: JSONValue] = [
      "scheduled_session_id": .string(id), "org_id": .string(scenario.organizationID),
      "name": .string(Vocabulary.scheduleNames[number % Vocabulary.scheduleNames.count]),
      "prompt": .string(random.pick(Vocabulary.prompts)),
      "playbook": playbook.map {
        .object([
          "playbook_id": $0["playbook_id"] ?? nil,
          "title": random.chance(80) ? $0["title"] ?? nil : nil,
        ])
      } ?? nil,
      "frequency": isOnce
        ? nil : .string(random.pick(["0 3 * * *", "*/30 * * * 1-5", "0 9 * * 1"])),
      "interval_count": 1, "schedule_type": isOnce ? "one_time" : "recurring",
      "scheduled_at": isOnce ? Self.time(createdAt + 86_400) : nil,
      "enabled": .bool(random.chance(80)),
      "agent": .string(random.pick(["devin", "devin", "data_analyst"])),
      "notify_on": .string(random.pick(["always", "failure", "never"])),
      "bypass_approval": .bool(random.chance(10)),
      "created_by": random.chance(15) ? "bot_apk" : .string(random.pick(Vocabulary.people)),
      "created_at": Self.time(createdAt), "updated_at": Self.time(bornAt ?? runAt),
      "last_executed_at": bornAt == nil && random.chance(80) ? Self.time(runAt) : nil,
      "last_error_at": failures > 0 ? Self.time(runAt) : nil,
      "last_error_message": failures > 0 ? "usage limit \"monthly\" reached" : nil,
      "consecutive_failures": .int(failures),
    ]
    if random.chance(50) {
      object["tags"] = random.chance(30) ? .null : .texts([random.pick(Vocabulary.tags)])
      object["platform"] = .null
      object["last_edited_by"] = .string(random.pick(Vocabulary.people))
    }
    if number % 4 == 1 {
      object["slack_channel_id"] = "C0SANDBOX1"
      object["slack_team_id"] = "T0SANDBOX1"
    }
    return object
  }

  /// ISO 8601 text, as schedules write their times.
  static func time(_ unixSeconds: Int) -> JSONValue {
    .string(Date(timeIntervalSince1970: Double(unixSeconds)).formatted(.iso8601))
  }

  private func body(_ random: inout RandomStream) -> String {
    let lines = (0..<random.number(in: 2...9)).map {
      "\($0 + 1). \(random.pick(Vocabulary.sentences))"
    }
    return "## \(random.pick(Vocabulary.noteTopics))\n\n" + lines.joined(separator: "\n")
  }
}
