/// Repositories, the connections to where they live, and scans of their code.
extension Enterprise {
  private static let providers = [
    "github_app", "github_token", "github_individual_token", "gitlab_token", "gitlab_oauth", "azure_devops_oauth",
    "azure_devops_token", "bitbucket_oauth", "bitbucket_token", "perforce",
  ]

  static func connectionID(_ number: Int) -> String { "git-connection-\(Hexadecimal.text(RandomStream.mix(UInt64(number) + 3)))" }

  private static func host(_ number: Int) -> String { number < 3 ? "github.com" : "\(providers[number].prefix(6)).example.com" }

  /// The members that both lists of repositories have.
  private func repository(_ connection: Int, _ number: Int) -> JSONObject {
    let path = Vocabulary.repositories[number % Vocabulary.repositories.count] + (connection == 0 ? "" : "-\(connection)")
    return [
      "provider_repository_id": "\(connection)00\(number)".json, "git_connection_id": Self.connectionID(connection).json,
      "git_connection_host": Self.host(connection).json,
      "repo_name": (path.split(separator: "/").last.map(String.init) ?? path).json, "repo_path": path.json,
      "repo_description": number % 3 == 1 ? nil : "The \"\(path)\" service 📦".json,
      "repo_language": number % 4 == 2 ? nil : "Swift",
      // The first one changed when the clock started: `DemoCommand` finds out from it when that was.
      "last_updated_at": number % 5 == 3 ? nil : .int(scenario.startsAt - number * 7_000),
    ]
  }

  func connections(_ resource: SandboxResource) -> [EnterpriseRow] {
    Self.providers.enumerated().flatMap { number, provider -> [EnterpriseRow] in
      guard resource == .gitConnections else {
        return (0..<(number == 0 ? 7 : number % 3)).map { EnterpriseRow(resource, repository(number, $0)) }
      }
      var object: JSONObject = [
        "git_connection_id": Self.connectionID(number).json, "git_provider_type": provider.json,
        "name": number % 3 == 2 ? nil : "\(provider) of acme".json, "host": Self.host(number).json,
        "created_at": .int(scenario.startsAt - (500 - number) * Self.day),
      ]
      if provider == "perforce" { object["perforce_depot_paths"] = ["//depot/main", "//depot/ä b"] }
      if number % 4 == 1 {
        object["web_viewer_url"] = .null
      } else if number % 4 == 3 {
        object["web_viewer_url"] = "https://v.example.com"
      }
      if number == 5 { object["perforce_depot_paths"] = .null }
      return [EnterpriseRow(resource, object)]
    }
  }

  func repositories(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    var random = random(resource, number)
    func job(_ state: String) -> JSONValue {
      [
        "job_id": "job-\(random.identifier())".json, "status": state.json, "branch_name": random.chance(50) ? "main" : nil,
        "commit": random.chance(50) ? random.identifier().json : nil, "created_at": .int(moment(&random)),
      ]
    }
    func status(_ index: Int) -> JSONValue {
      var status: JSONObject = ["indexing_enabled": .bool(index % 3 != 2)]
      if index % 2 == 0 {
        status["latest_completed_search_index_job"] = job("completed")
        status["latest_completed_wiki_index_job"] = .null
        status["latest_indexes"] = .array([job("running"), job("failed")])
      } else {
        status["latest_indexes"] = .null
      }
      return .object(status)
    }
    return (0..<(number == 0 ? 7 : 3)).map { index in
      let connection = index % 3 == 2 ? 3 : number % Self.providers.count
      var object = repository(connection, index)
      let path = object["repo_path"] ?? nil
      switch resource {
      case .repositories:
        if index % 4 != 3 { object["indexing_status"] = index % 4 == 1 ? .null : status(index) }
      case .indexedRepositories:
        object = [
          "repository_path": path, "indexing_enabled": .bool(index % 3 != 2),
          "branches": .texts(index == 1 ? [] : ["main", "release/\(index)"]), "indexing_status": index == 1 ? nil : status(index),
        ]
      default:
        object = [
          "git_permission_id": "git-permission-\(random.identifier())".json,
          "git_connection_id": Self.connectionID(connection).json, "repo_path": index % 2 == 0 ? path : nil,
        ]
        if index % 2 == 1 { object["group_prefix"] = "acme/ünits" }
        if index == 4 { object["depot_path"] = "//depot/main" }
        if index == 6 {
          for name in ["group_prefix", "prefix_path", "depot_path"] { object[name] = .null }
        }
        if index == 3 { object["prefix_path"] = "acme/web/src" }
        if index % 3 != 2 { object["read_only"] = .bool(index % 3 == 0) }
        object["created_at"] = index == 2 ? .null : .int(moment(&random))
      }
      return EnterpriseRow(resource, scope(number), object)
    }
  }

  // MARK: Code scans

  private static let scanTypes = [
    "security", "performance", "db-queries", "test-coverage", "dead-code", "code-quality", "telemetry", "accessibility",
    "general", "migration-docs",
  ]

  private func profileID(_ number: Int?, _ index: Int) -> String {
    "csprof-" + Hexadecimal.text(RandomStream.mix(scenario.seed &+ UInt64(Self.slot(number, index))))
  }

  private func scanID(_ number: Int, _ index: Int) -> String {
    "scan-" + Hexadecimal.text(RandomStream.mix(scenario.seed &+ UInt64(5_000 + number * 100 + index)))
  }

  func codeScanProfiles(_ resource: SandboxResource, _ number: Int?) -> [EnterpriseRow] {
    (0..<(number == nil ? 3 : number == 0 ? 10 : 2)).map { index in
      var random = random(.codeScanProfiles, Self.slot(number, index))
      var object: JSONObject = [
        "profile_id": profileID(number, index).json, "name": "Profile \"\(index)\" 🛡".json,
        "description": index % 3 == 1 ? nil : random.pick(Vocabulary.sentences).json,
        "visibility": number == nil ? "account" : "org", "org_id": .text(number.map { organizationIDs[$0] }),
        "scan_type": Self.scanTypes[index % Self.scanTypes.count].json, "mode": index % 2 == 0 ? "discover" : "ingest",
        "created_at": .int(moment(&random)),
      ]
      guard resource == .codeScanProfileGuidance else { return EnterpriseRow(resource, object) }
      for name in ["threat_model", "investigation", "triage", "validation", "report", "remediation", "ingestion_source"] {
        object["\(name)_guidance"] = random.chance(40) ? .null : random.pick(Vocabulary.sentences).json
      }
      object["post_ingestion_guidance"] = nil as JSONValue
      object["include_globs"] = index % 2 == 0 ? ["src/**", "*.swift"] : .null
      object["exclude_globs"] = index % 3 == 0 ? [] : .null
      if index % 2 == 1 {
        object["communication_guidance"] = "Be brief.\nBe kind."
        object["scan_paths"] = .texts(["src"])
        object["validation_severities"] = .texts(["critical", "high"])
        object["type_config"] = ["depth": 3, "note": nil]
      }
      return EnterpriseRow(resource, object)
    }
  }

  func codeScans(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    let states = ["waiting", "pending", "running", "awaiting_user_input", "completed", "failed", "cancelled", "completed"]
    let severities = ["critical", "high", "medium", "low"]
    // Sessions made later by edits and news do not change what was found.
    let sessions = self[organization: number].sessions.prefix(max(0, self[organization: number].scenario.sessions))
    return (0..<(number == 0 ? 8 : 3)).flatMap { index -> [EnterpriseRow] in
      var random = random(resource, number * 100 + index)
      let repository = Vocabulary.repositories[index % Vocabulary.repositories.count]
      // Early enough for its findings.
      let createdAt = scenario.startsAt - 600 - index * 5 * Self.day - number * 1_000
      if resource == .codeScans {
        var object: JSONObject = [
          "scan_id": scanID(number, index).json, "org_id": organizationIDs[number].json, "repo_name": repository.json,
          "host": index % 3 == 1 ? nil : "github.com", "status": states[(index + 4) % states.count].json,
          "profile": index % 4 == 2 ? nil : ["profile_id": profileID(number, index % 2).json, "name": "Profile"],
          "created_at": .int(createdAt),
        ]
        if index % 2 == 0 { object["scan_type"] = Self.scanTypes[index % 10].json }
        return [EnterpriseRow(resource, object)]
      }
      guard states[(index + 4) % states.count] == "completed" || index < 3 else { return [] }
      return (0..<4).map { finding in
        func maybe(_ value: JSONValue) -> JSONValue { random.chance(30) ? nil : value }
        var object: JSONObject = [
          "finding_id": "sfind-\(random.identifier())".json, "scan_id": scanID(number, index).json,
          "repo_name": repository.json, "title": maybe("Injection in \"\(finding)\" 💉".json),
          "description": maybe(random.pick(Vocabulary.sentences).json), "category": maybe("sql-injection"),
          "severity": severities[finding].json, "status": ["open", "dismissed", "resolved"][(finding + index) % 3].json,
          "recommendation": maybe("Bind parameters."), "note": maybe("ok"),
          "code_owners": .texts(finding == 0 ? [] : ["@acme/security"]),
          "reference_snippets": finding == 3
            ? []
            : [
              [
                "file_path": "Sources/\u{00fc}.swift", "start_line": .int(finding + 1), "end_line": .int(finding + 9),
                "commentary": "Here.", "code": finding == 1 ? nil : "let a = \"\\(b)\"\n",
              ]
            ],
          "session_id": sessions.isEmpty ? nil : maybe(sessions[finding % sessions.count].id.json),
          "orchestrator_session_id": sessions.isEmpty ? nil : sessions[0].id.json,
          "pr_url": finding == 2 ? "https://github.com/\(repository)/pull/7".json : nil,
          "created_at": .int(createdAt + finding * 60),
        ]
        if finding % 2 == 0 { object["related_finding_ids"] = .texts(["sfind-0"]) }
        if finding > 1 { object["code_scan_run_id"] = finding == 2 ? .null : "csrun-\(random.identifier())".json }
        return EnterpriseRow(resource, scope(number), object)
      }
    }
  }
}
