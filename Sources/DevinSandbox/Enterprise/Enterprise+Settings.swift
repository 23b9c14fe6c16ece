/// Machines, automations, and what the enterprise is set to.
extension Enterprise {
  private func blueprintID(_ number: Int?, _ index: Int) -> String {
    "blueprint-" + Hexadecimal.text(RandomStream.mix(scenario.seed &+ UInt64(9_000 + Self.slot(number, index))))
  }

  private func buildID(_ number: Int, _ index: Int) -> String {
    "build-" + Hexadecimal.text(RandomStream.mix(scenario.seed &+ UInt64(70_000 + number * 100 + index)))
  }

  /// - Parameter number: of the organization; nil: the enterprise's own.
  func blueprints(_ resource: SandboxResource, _ number: Int?) -> [EnterpriseRow] {
    (0..<(number == nil ? 2 : 3)).flatMap { index -> [EnterpriseRow] in
      let id = blueprintID(number, index)
      var random = random(resource, Self.slot(number, index))
      let time = moment(&random)
      switch resource {
      case .blueprints:
        let isOfRepository = number != nil && index > 0
        return [
          EnterpriseRow(
            resource, scope(number),
            [
              "blueprint_id": id.json, "type": number == nil ? "enterprise" : isOfRepository ? "repo" : "org",
              "repo_name": isOfRepository ? Vocabulary.repositories[index].json : nil, "created_at": .int(time),
              "updated_at": .int(min(scenario.startsAt, time + 3_600)),
            ])
        ]
      case .blueprintFiles:
        return (0..<index).map { file in
          EnterpriseRow(
            resource, scope(number),
            [
              "file_id": "file-\(random.identifier())".json, "blueprint_id": id.json, "name": "settings \"\(file)\".env".json,
              "env_var_name": "FILE_\(file)".json, "size_bytes": .int(file * 900), "created_at": .int(time),
              "updated_at": .int(time),
            ])
        }
      default:
        let text = "# \(id)\ninitialize:\n  - run: echo \"hi 👋\"\n" + (index == 1 ? "\tend\r\n" : "")
        return [
          EnterpriseRow(
            resource, scope(number).merging(["blueprint_id": id.json]) { $1 }, ["contents": .string(index == 2 ? "" : text)])
        ]
      }
    }
  }

  func snapshotBuilds(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    let states = ["succeeded", "failed", "running", "pending", "cancelled", "succeeded"]
    return (0..<(number == 0 ? 6 : 3)).compactMap { index in
      let id = buildID(number, index)
      if resource == .snapshotBuildLogs {
        // What has not begun has no log.
        guard index < 3 || index == 5 else { return nil }
        return EnterpriseRow(
          resource, scope(number).merging(["build_id": id.json]) { $1 },
          ["log": "+ build \(id)\n\u{1b}[32mok ✓\u{1b}[0m \"done\"\n".json])
      }
      var random = random(resource, number * 100 + index)
      let time = moment(&random, days: 1...40)
      let end = min(scenario.startsAt, time + 600)
      return EnterpriseRow(
        resource, scope(number),
        [
          "build_id": id.json, "status": states[index].json, "trigger": [JSONValue]([nil, "manual", "auto"])[index % 3],
          "pinned": .bool(index == 0), "started_at": index == 3 ? nil : .int(min(end, time + 5)),
          "completed_at": index == 2 || index == 3 ? nil : .int(end), "created_at": .int(time), "updated_at": .int(end),
          "triggered_by_user_id": index % 3 == 1 ? Self.people[index].id.json : nil,
        ])
    }
  }

  func searches(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    (0..<(number == 0 ? 5 : 2)).map { index in
      var random = random(.searches, number * 100 + index)
      return EnterpriseRow(
        .searches, scope(number),
        [
          "search_id": "search-\(random.identifier())".json, "query": "where is \"\(index)\"? 🔎".json,
          "user_id": Self.people[index].id.json, "created_at": .int(moment(&random, days: 1...60)),
        ])
    }
  }

  func tags(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    if resource == .defaultTags {
      return [EnterpriseRow(resource, scope(number), ["default_tag": number == 1 ? nil : Vocabulary.tags[7].json])]
    }
    return Vocabulary.tags.dropFirst(number % Vocabulary.tags.count).prefix(9).map {
      EnterpriseRow(resource, scope(number), ["tag": $0.json])
    }
  }

  private static let outposts = ["outpost-1c0ffee5", "outpost-2c0ffee5"]

  /// The second organization runs on an outpost that it may not see the name of, the third has nothing set.
  func defaultPlatform(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    let pool: JSONValue = number % 3 == 1 ? Self.outposts[0].json : nil
    return [
      EnterpriseRow(
        resource, scope(number),
        ["platform": (["linux", "outpost", nil] as [JSONValue])[number % 3], "outpost_pool_id": pool, "outpost_pool_name": nil])
    ]
  }

  func skills(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    (0..<(number == 0 ? 3 : 1)).map { index in
      EnterpriseRow(
        .knowledgeSkills, scope(number),
        [
          "skill_id": "skill-\(number)-\(index)".json, "name": "review \"\(index)\"".json,
          "description": "When a pull request is reviewed ✓", "body": .string("Run `make test`.\n"),
        ])
    }
  }

  /// Limits for the local agent.
  func limits(_ resource: SandboxResource) -> [EnterpriseRow] {
    func limit(_ acus: Int?) -> JSONObject { ["local_agent": acus.map { ["cycle_acu_limit": .int($0)] } ?? .null] }
    let people = Self.people.indices
    switch resource {
    case .localAgentLimits:
      return people.filter { $0 % 3 == 0 }.map {
        EnterpriseRow(
          resource, ["scope": "user", "cycle_acu_limit": .int(10 * $0), "org_id": nil, "user_id": Self.people[$0].id.json])
      }
    case .userLimits:
      return people.map { EnterpriseRow(resource, ["user_id": Self.people[$0].id.json], limit($0 % 3 == 0 ? 10 * $0 : nil)) }
    case .defaultUserLimits: return [EnterpriseRow(resource, ["limit_scope": "default"], limit(40))]
    default:
      return organizationIDs.indices.map { EnterpriseRow(resource, scope($0), limit($0 == 1 ? nil : 500 + $0)) }
    }
  }

  func settings(_ resource: SandboxResource) -> [EnterpriseRow] {
    let start = scenario.startsAt
    switch resource {
    case .organizations:
      return organizationIDs.enumerated().map { number, id in
        let isEven = number % 2 == 0
        let object: JSONObject = [
          "org_id": id.json, "name": number == 0 ? "Acme \"Web\" 🚀" : "Acme \(number + 1)".json,
          "created_at": .int(start - (700 - number % 600) * Self.day),
          "updated_at": .int(start - (20 - number % 20) * Self.day),
          "max_session_acu_limit": isEven ? .int(50) : .null, "max_cycle_acu_limit": isEven ? .null : .int(2_000),
        ]
        return EnterpriseRow(resource, object)
      }
    case .billingCycles:
      let first = Self.billingDay(start) - 10 * Self.day
      let newest = max(0, (now - first) / (30 * Self.day))
      return (-newest..<max(1, scenario.historyDays / 30 + 1)).map { number in
        let after = first - 30 * number * Self.day
        return EnterpriseRow(resource, ["after": .int(after), "before": .int(after + 30 * Self.day)])
      }
    case .acuLimits:
      var rows: [JSONObject] = [["scope": "enterprise", "cycle_acu_limit": 10_000]]
      for (number, id) in organizationIDs.enumerated() {
        rows.append(["scope": "org", "cycle_acu_limit": .int(2_000 + number), "org_id": id.json, "user_id": nil])
        rows.append(
          ["scope": "user", "cycle_acu_limit": .int(100 + number), "org_id": id.json, "user_id": Self.people[number % 6].id.json])
      }
      rows.append(["scope": "user", "cycle_acu_limit": 0, "org_id": nil, "user_id": Self.people[6].id.json])
      return rows.map { EnterpriseRow(resource, $0) }
    case .hypervisors:
      return ["available", "restarting", "disconnected", "terminated", "draining", "available"].enumerated().map {
        number, state in
        EnterpriseRow(
          resource,
          [
            "hypervisor_id": "hv-\(number)".json, "status": state.json, "utilization_percentage": .double(Double(number) * 12.5),
            "cloud_provider_instance_id": number == 1 ? nil : "i-0a\(number)".json,
            "created_at": number == 2 ? nil : .int(start - number * Self.day),
            "last_heartbeat": number == 3 ? nil : .int(start - number),
          ])
      }
    case .outposts:
      return Self.outposts.enumerated().map { number, id in
        let ids: JSONValue = number == 0 ? .texts([organizationIDs[0]]) : .null
        return EnterpriseRow(
          resource, ["outpost_id": id.json],
          [
            "metadata": ["outpost_id": id.json, "account_id": "account-1", "created_at": .int(start - 9 * Self.day)],
            "spec": ["name": "rack \"\(number)\"".json, "platform": "linux", "description": nil, "allowed_org_ids": ids],
          ])
      }
    case .ipAccessList:
      return ["203.0.113.0/24", "198.51.100.7/32", "2001:db8::/48"].map { EnterpriseRow(resource, ["ip_range": $0.json]) }
    case .organizationGroups:
      return [
        EnterpriseRow(
          resource, ["group_name": "product \"one\""], ["org_ids": .texts(organizationIDs), "max_cycle_acus": 5_000]),
        EnterpriseRow(resource, ["group_name": "leer"], ["org_ids": [], "max_cycle_acus": nil]),
        EnterpriseRow(resource, ["group_name": "ohne Grenze"], ["org_ids": .texts([organizationIDs[0]])]),
      ]
    default:
      return []
    }
  }

  /// The enterprise's own folders of notes.
  func enterpriseFolders() -> [JSONObject] {
    let ids = ["folder-e0a1b2c3d4e5f60718293a4b5c6d7e8f", "folder-e1b2c3d4e5f60718293a4b5c6d7e8f90"]
    return [
      ["folder_id": ids[0].json, "name": "company", "path": "/company", "note_count": 0, "parent_folder_id": nil],
      [
        "folder_id": ids[1].json, "name": "\"legal\" ⚖️", "path": "/company/legal", "note_count": 0,
        "parent_folder_id": ids[0].json,
      ],
    ]
  }
}
