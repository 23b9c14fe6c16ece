/// What edits do to organizations and to rows.
extension Enterprise {
  mutating func edit(_ edit: SandboxEdit) throws -> SandboxEditResult {
    guard edit.resource.isKept else {
      defer { edits += 1 }
      return SandboxEditResult(try editRow(edit))
    }
    guard let number = edit.organization.map({ number(of: $0) }) ?? 0 else {
      throw SandboxControlError("no organization \(edit.organization ?? "")")
    }
    if number > 0 { others[number - 1].now = now }
    return try self[organization: number].edit(edit)
  }

  private mutating func editRow(_ edit: SandboxEdit) throws -> [String] {
    if edit.operation == .create { return [try insert(edit)] }
    guard let id = edit.id else { throw SandboxControlError("\(edit.operation.rawValue) needs an id") }
    if edit.operation == .restore {
      guard case .some(.none) = changes[edit.resource]?[id] else {
        throw SandboxControlError("no \(edit.resource.rawValue) \(id) to restore")
      }
      changes[edit.resource]?[id] = nil
      return [id]
    }
    guard var row = try rows(edit.resource).first(where: { $0.id == id }) else {
      throw SandboxControlError("no \(edit.resource.rawValue) \(id)")
    }
    let place = inserted[edit.resource]?.firstIndex { $0.id == id }
    switch edit.operation {
    case .delete:
      if let place {
        inserted[edit.resource]?.remove(at: place)
      } else {
        changes[edit.resource, default: [:]].updateValue(nil, forKey: id)
      }
    case .update:
      let organization = row.organization
      if edit.touch, row.object["updated_at"]?.integer != nil { row.object["updated_at"] = .int(now) }
      row.object.merge(edit.set) { $1 }
      row.scope.merge(edit.scope) { $1 }
      if row.organization != organization { moved.insert(edit.resource) }
      if let place {
        inserted[edit.resource]?[place] = row
      } else {
        changes[edit.resource, default: [:]].updateValue(row, forKey: id)
      }
    default:
      throw SandboxControlError("\(edit.resource.rawValue) knows no \(edit.operation.rawValue)")
    }
    return [id]
  }

  private mutating func insert(_ edit: SandboxEdit) throws -> String {
    var row = EnterpriseRow(edit.resource, edit.scope, edit.set)
    if edit.resource.scopeColumns.contains("org_id"), row.scope["org_id"] == nil {
      row.scope["org_id"] = .string(edit.organization ?? scenario.organizationID)
    }
    guard try !rows(edit.resource).contains(where: { $0.id == row.id }) else {
      throw SandboxControlError("there is a \(edit.resource.rawValue) \(row.id) already")
    }
    // Behind every row that was made, and behind those inserted before.
    row.ordinal = 1 << 60 + edits
    inserted[edit.resource, default: []].append(row)
    return row.id
  }
}
