/// Who belongs to the enterprise and to its organizations, and what they may do.
extension Enterprise {
  struct Person {
    let id: String
    let email: String?
    let name: String?
  }

  static let people: [Person] = [
    Person(id: Vocabulary.people[0], email: "zoe.mueller@example.com", name: "Zoë Müller"),
    Person(id: Vocabulary.people[1], email: "sam@example.com", name: "Sam \"the Ram\" O’Neil"),
    Person(id: Vocabulary.people[2], email: "li.wei@example.com", name: "李伟"),
    Person(id: Vocabulary.people[3], email: nil, name: "octo-fan 🐙"),
    Person(id: Vocabulary.people[4], email: "n.amari@example.com", name: nil),
    Person(id: Vocabulary.people[5], email: nil, name: nil),
    Person(id: "okta|acme-okta|00u1a2b3c4", email: "ana+devin@example.com", name: "Ana \\ Backslash"),
    Person(id: "email|68c3e1f5a0b7d2194e60", email: "new@example.com", name: "Newcomer"),
  ]

  private static let roleNames = [
    ("account_admin", "Admin", "enterprise"), ("account_member", "Member", "enterprise"),
    ("org_admin", "Organization admin", "org"), ("org_member", "Organization member", "org"),
    ("role-3d5f", "Reviewer \"read only\" 👀", "org"),
  ]
  private static let groupNames = ["engineering", "Zürich/Platform team", "on call & ops", "empty | group"]

  private static func role(_ number: Int) -> JSONValue {
    let (id, name, type) = roleNames[number]
    var role: JSONObject = ["role_id": id.json, "role_name": name.json]
    if number != 4 { role["role_type"] = type.json }
    return .object(role)
  }

  /// - Parameter organization: nil: of the enterprise.
  private static func assignment(_ role: Int, organization: String?, group: String? = nil) -> JSONValue {
    var assignment: JSONObject = ["role": Self.role(role), "org_id": .text(organization)]
    if let group { assignment["idp_group_name"] = group.json }
    if organization == nil, role == 1 { assignment["org_id"] = nil }
    return .object(assignment)
  }

  static func serviceUserID(_ number: Int) -> String {
    [
      "service-user-0c5e2b7741f94d6a8e13b6f2a9d07c58", "service-user-1d6f3c8852a05e7b9f24c7a3bae18d69",
      "service-user-2e7a4d9963b16f8ca035d8b4cbf29e7a", "service-user-3f8b5eaa74c27a9db146e9c5dca3af8b",
    ][number]
  }

  private func person(_ person: Person, _ roles: JSONValue, idp: Bool = false) -> JSONObject {
    [
      "user_id": person.id.json, "email": .text(person.email), "name": .text(person.name),
      idp ? "idp_role_assignments" : "role_assignments": roles,
    ]
  }

  private func serviceUser(_ number: Int, _ roles: JSONValue) -> JSONObject {
    let start = scenario.startsAt
    return [
      "service_user_id": Self.serviceUserID(number).json,
      "name": ["Mirror (read only)", "CI 🤖", "left \"over\"", "trial"][number].json,
      "expires_at": number == 3 ? .int(start - 9 * Self.day) : number == 1 ? .int(start + 90 * Self.day) : nil,
      "deleted_at": number == 2 ? .int(start - 30 * Self.day) : nil, "role_assignments": roles,
    ]
  }

  func people(_ resource: SandboxResource) -> [EnterpriseRow] {
    let start = scenario.startsAt
    switch resource {
    case .users:
      return Self.people.enumerated().map { number, one in
        var roles = [Self.assignment(number == 0 ? 0 : 1, organization: nil)]
        for (index, id) in organizationIDs.enumerated() where (number + index) % 2 == 0 {
          roles.append(Self.assignment(2 + number % 3, organization: id))
        }
        var object = person(one, .array(number == 7 ? [] : roles))
        if number % 3 < 2 { object["enterprise_joined_at"] = number % 3 == 0 ? .int(start - (400 - number) * Self.day) : .null }
        return EnterpriseRow(resource, object)
      }
    case .idpUsers:
      return Self.people.prefix(6).enumerated().map { number, one in
        EnterpriseRow(
          resource,
          person(one, [Self.assignment(number % 2, organization: nil, group: Self.groupNames[number % 3])], idp: true))
      }
    case .serviceUsers:
      return (0..<4).map {
        EnterpriseRow(
          resource,
          serviceUser($0, $0 == 3 ? [] : [Self.assignment($0 == 0 ? 1 : 3, organization: $0 == 0 ? nil : organizationIDs[0])]))
      }
    case .serviceUserAPIKeys:
      return (0..<6).map { number in
        let isRevoked = number % 3 == 2
        let isExpired = number == 1
        return EnterpriseRow(
          resource, ["service_user_id": Self.serviceUserID(number % 4).json],
          [
            "api_key_id": "key-\(number)f19a\(number)".json, "api_key_name": "key \"\(number)\"".json,
            "created_at": .int(start - (200 - number) * Self.day),
            "expires_at": isExpired ? .int(start - Self.day) : number == 0 ? .int(start + 100 * Self.day) : nil,
            "is_active": .bool(!isRevoked && !isExpired),
            "last_used_at": number % 2 == 0 ? .int(start - number * 3_600) : nil,
            "revoked_at": isRevoked ? .int(start - 5 * Self.day) : nil,
          ])
      }
    case .idpGroups:
      return Self.groupNames.prefix(3).enumerated().map { number, name in
        EnterpriseRow(
          resource, ["idp_group_name": name.json, "role_assignments": [Self.assignment(number % 2, organization: nil)]])
      }
    case .registeredIdpGroups:
      return Self.groupNames.map { EnterpriseRow(resource, ["idp_group_name": $0.json]) }
    default:
      return Self.roleNames.enumerated().map { number, role in
        var object: JSONObject = ["role_id": role.0.json, "role_name": role.1.json]
        if resource == .roles {
          if number != 4 { object["role_type"] = role.2.json }
        } else {
          object["role_type"] = role.2.json
          if number != 3 { object["permissions"] = .texts(number == 4 ? [] : ["ViewOrgSessions", "UseReviewManual", role.0]) }
        }
        return EnterpriseRow(resource, object)
      }
    }
  }

  /// Who of `people` belongs to an organization.
  static func memberNumbers(_ organization: Int) -> [Int] { people.indices.filter { ($0 + organization) % 4 != 3 } }

  static func serviceUserNumbers(_ organization: Int) -> [Int] { (0..<4).filter { ($0 + organization) % 3 != 1 } }

  func members(_ resource: SandboxResource, _ number: Int) -> [EnterpriseRow] {
    let id = organizationIDs[number]
    switch resource {
    case .organizationMembers:
      return Self.memberNumbers(number).map { index in
        EnterpriseRow(resource, scope(number), person(Self.people[index], [Self.assignment(2 + index % 3, organization: id)]))
      }
    case .organizationIdpMembers:
      return Self.people.prefix(5).dropFirst(number % 3).enumerated().map { index, one in
        EnterpriseRow(
          resource, scope(number),
          person(one, [Self.assignment(3, organization: id, group: Self.groupNames[index % 3])], idp: true))
      }
    case .organizationServiceUsers:
      return Self.serviceUserNumbers(number).map {
        EnterpriseRow(resource, scope(number), serviceUser($0, [Self.assignment(3, organization: id)]))
      }
    default:
      return Self.groupNames.prefix(2).map {
        EnterpriseRow(
          resource, scope(number), ["idp_group_name": $0.json, "role_assignments": [Self.assignment(3, organization: id)]])
      }
    }
  }
}
