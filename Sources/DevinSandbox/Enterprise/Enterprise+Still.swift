/// The rows that stay as they are made: dispatch by kind.
extension Enterprise {
  func still(_ resource: SandboxResource) -> [EnterpriseRow] {
    switch resource {
    case .users, .idpUsers, .serviceUsers, .serviceUserAPIKeys, .idpGroups, .registeredIdpGroups, .roles, .rolePermissions:
      people(resource)
    case .organizationMembers, .organizationIdpMembers, .organizationServiceUsers, .organizationIdpGroups:
      perOrganization { members(resource, $0) }
    case .gitConnections, .gitConnectionRepositories: connections(resource)
    case .repositories, .indexedRepositories, .gitPermissions: perOrganization { repositories(resource, $0) }
    case .codeScans, .codeScanFindings: perOrganization { codeScans(resource, $0) }
    case .codeScanProfiles, .codeScanProfileGuidance:
      codeScanProfiles(resource, nil) + perOrganization { codeScanProfiles(resource, $0) }
    case .blueprints, .blueprintFiles, .blueprintContents:
      blueprints(resource, nil) + perOrganization { blueprints(resource, $0) }
    case .snapshotBuilds, .snapshotBuildLogs: perOrganization { snapshotBuilds(resource, $0) }
    case .automations, .automationSchemas, .automationTemplates: perOrganization { automations(resource, $0) }
    case .searches: perOrganization { searches($0) }
    case .allowedTags, .defaultTags: perOrganization { tags(resource, $0) }
    default: settings(resource)
    }
  }

  private func perOrganization(_ rows: (Int) -> [EnterpriseRow]) -> [EnterpriseRow] {
    organizationIDs.indices.flatMap(rows)
  }

  /// A stream of its own for everything of one kind in one organization.
  func random(_ resource: SandboxResource, _ number: Int?) -> RandomStream {
    let salt = resource.rawValue.utf8.reduce(UInt64(number ?? 99)) { RandomStream.mix($0 ^ UInt64($1)) }
    return RandomStream(seed: scenario.seed, salt: salt)
  }

  /// A time before the anchor.
  func moment(_ random: inout RandomStream, days: ClosedRange<Int> = 1...300) -> Int {
    SandboxScenario.anchor - random.number(in: days) * Self.day + random.below(Self.day)
  }

  func scope(_ number: Int?) -> JSONObject { ["org_id": .text(number.map { organizationIDs[$0] })] }
}
