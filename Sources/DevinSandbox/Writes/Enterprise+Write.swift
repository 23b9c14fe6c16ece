import Foundation

/// What requests that change something do to rows. Each answers with the row.
extension Enterprise {
  mutating func write(_ write: Endpoint.Write, _ call: Call) throws -> Response {
    guard let resource = call.endpoint.resource else { throw Refusal.notFound("Path") }
    if resource == .allowedTags { return try writeAllowedTags(write, call) }
    if resource == .defaultTags { return try writeDefaultTag(write, call) }
    var given = call.given
    if call.rules.normalizes { given = given.mapValues(\.normalized) }
    let changes = call.endpoint.body?.changes(write, given, keepsUndecided: call.rules.absentMembers == .kept) ?? [:]
    defer { edits += 1 }
    switch write {
    case .create:
      if resource == .schedules, call.rules.moves.contains(.automations) {
        throw Refusal.forbidden("Schedules cannot be created: this organization was moved to automations")
      }
      if resource == .knowledgeNotes, call.endpoint.isOfEnterprise, try rows(resource).count(where: \.isShared) >= 300 {
        throw Refusal.badRequest("An enterprise has at most 300 notes")
      }
      var row = newRow(resource, call)
      let answer = try settle(changes, into: &row, call)
      append(row)
      return Response(status: resource == .automations ? 201 : 200, body: try JSONBytes.encode(answer))
    case .replace, .patch:
      var row = try written(resource, call, orElse: .notFound("Object"))
      row.touch(now)
      if let editor = Self.editors[resource] {
        row.object[editor] = resource == .automations ? call.author.actor : call.author.text
      }
      let answer = try settle(changes, into: &row, call)
      self.changes[resource, default: [:]][row.id, default: RowChange()].row = row
      return try .json(answer)
    case .delete:
      let row = try written(resource, call, orElse: call.rules.gone.refusal(of: resource))
      self.changes[resource, default: [:]][row.id, default: RowChange()].isDeleted = true
      return Response(body: try row.bytes())
    }
  }

  /// The members that name who changed a row last.
  private static let editors: [SandboxResource: String] = [
    .playbooks: "updated_by", .schedules: "last_edited_by", .automations: "last_edited_by",
  ]

  /// The row that the path names.
  ///
  /// - Parameter refusal: where there is none.
  private mutating func written(_ resource: SandboxResource, _ call: Call, orElse refusal: Refusal) throws -> EnterpriseRow {
    let found = try rows(resource, extent(resource, call)).first { fits($0, call) }
    guard let found else { throw refusal }
    // What the enterprise shares is changed under its own path, and what an organization has under that of the organization.
    guard call.endpoint.isOfEnterprise == (found.organization == nil) else {
      throw Refusal.forbidden("The object belongs to \(call.endpoint.isOfEnterprise ? "an organization" : "the enterprise")")
    }
    return found
  }

  /// A row with what nobody can set.
  private func newRow(_ resource: SandboxResource, _ call: Call) -> EnterpriseRow {
    let organization = JSONValue.text(call.values["org_id"])
    let author = call.author.text
    let time: JSONValue = resource == .schedules ? .string(ISOTime.text(now)) : .int(now)
    let access: JSONValue = organization == .null ? "enterprise" : "org"
    var (prefix, object): (String, JSONObject) =
      switch resource {
      case .playbooks:
        ("playbook", ["access_type": access, "org_id": organization, "created_by": author, "updated_by": author])
      case .knowledgeNotes: ("note", ["access_type": access, "org_id": organization, "macro": nil])
      case .schedules:
        (
          "sched",
          [
            "org_id": organization, "created_by": author, "last_edited_by": author, "enabled": true, "last_executed_at": nil,
            "last_error_at": nil, "last_error_message": nil, "consecutive_failures": 0,
          ]
        )
      case .automations:
        ("automation", ["created_by": call.author.actor, "last_edited_by": nil, "last_invocation": nil, "next_run_at": nil])
      default: ("secret", ["access_type": access, "created_by": author, "updated_by": nil])
      }
    let scope: JSONObject = object["org_id"] == nil ? ["org_id": organization] : [:]
    var random = RandomStream(seed: scenario.seed, salt: 0x3717_e000 &+ UInt64(edits))
    object[resource.key ?? ""] = .string("\(prefix)-\(random.identifier())")
    object["created_at"] = time
    object["updated_at"] = resource == .secrets ? .null : time
    return EnterpriseRow(resource, scope, object)
  }
}

extension WriteRules.MissingObject {
  fileprivate func refusal(of resource: SandboxResource) -> Refusal {
    switch self {
    case .documented where resource == .secrets, .forbidden: .forbidden("You do not have access to this object")
    default: .notFound("Object")
    }
  }
}

extension JSONValue {
  /// A value as a service may keep it that does not keep what it got: texts trimmed, lists of texts sorted.
  fileprivate var normalized: JSONValue {
    switch self {
    case .string(let text): .string(text.trimmingCharacters(in: .whitespacesAndNewlines))
    case .array(let elements) where !elements.isEmpty && elements.allSatisfy { $0.text != nil }:
      .texts(elements.compactMap(\.normalized.text).sorted())
    default: self
    }
  }
}
