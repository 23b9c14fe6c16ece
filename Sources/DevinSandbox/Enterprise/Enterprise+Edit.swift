/// Edits of organizations and rows.
extension Enterprise {
  /// - Throws: `SandboxControlError` when there is no such object, or the operation makes no sense for it.
  mutating func edit(_ edit: SandboxEdit) throws -> SandboxEditResult {
    guard let number = edit.organization.map({ number(of: $0) }) ?? 0 else {
      throw SandboxControlError("no organization \(edit.organization ?? "")")
    }
    guard !edit.resource.isKept else {
      return SandboxEditResult(try inOrganization(number) { try $0.edit(edit) })
    }
    defer { edits += 1 }
    guard edit.operation == .create else { return SandboxEditResult([try change(edit, in: number)]) }
    guard edit.resource.count(in: scenario) != nil else { return SandboxEditResult([try insert(edit)]) }
    return SandboxEditResult(try (0..<edit.count).map { _ in try create(edit, in: number) })
  }

  /// Changes an organization at the moment of everyone's clock.
  mutating func inOrganization<R>(_ number: Int, _ change: (inout Organization) throws -> R) rethrows -> R {
    if number > 0 { others[number - 1].now = now }
    return try change(&self[organization: number])
  }

  private mutating func change(_ edit: SandboxEdit, in number: Int) throws -> String {
    guard let id = edit.id else { throw SandboxControlError("\(edit.operation.rawValue) needs an id") }
    var change = changes[edit.resource]?[id] ?? RowChange()
    // Rows of the further kinds are identified by their ids alone.
    let extent = edit.resource.count(in: scenario) == nil ? Extent.all : .organization(number)
    let row = edit.operation == .restore ? nil : try rows(edit.resource, extent).first { $0.id == id }
    guard row != nil || (edit.operation == .restore && change.isDeleted) else {
      throw SandboxControlError("no \(edit.resource.rawValue) \(id) to \(edit.operation.rawValue)")
    }
    switch edit.operation {
    case .delete: change.isDeleted = true
    case .restore: change.isDeleted = false
    case .update:
      var changed = row
      if edit.resource.count(in: scenario) != nil { changed?.keepID() }
      if edit.touch { changed?.touch(now) }
      changed?.object.merge(edit.set) { $1 }
      changed?.scope.merge(edit.scope) { $1 }
      if changed?.organization != row?.organization { moved.insert(edit.resource) }
      change.row = changed
    default: throw SandboxControlError("\(edit.resource.rawValue) knows no \(edit.operation.rawValue)")
    }
    changes[edit.resource, default: [:]][id] = change
    return id
  }

  private mutating func insert(_ edit: SandboxEdit) throws -> String {
    var row = EnterpriseRow(edit.resource, edit.scope, edit.set)
    if edit.resource.scopeColumns.contains("org_id"), row.scope["org_id"] == nil {
      row.scope["org_id"] = .string(edit.organization ?? scenario.organizationID)
    }
    guard try !rows(edit.resource).contains(where: { $0.id == row.id }) else {
      throw SandboxControlError("there is a \(edit.resource.rawValue) \(row.id) already")
    }
    return append(row)
  }

  private mutating func create(_ edit: SandboxEdit, in number: Int) throws -> String {
    self[organization: number].created += 1
    // Far away from the numbers of the scenario's initial objects.
    var row = try grown(edit.resource, 1_000_000 + self[organization: number].created, number)
    row.object.merge(edit.set) { $1 }
    return append(row)
  }

  /// Adds a row after all generated rows and after those added before.
  @discardableResult mutating func append(_ row: EnterpriseRow) -> String {
    var row = row
    row.ordinal = 1 << 60 + edits << 20 + (inserted[row.resource]?.count ?? 0)
    changes[row.resource]?[row.id] = nil
    inserted[row.resource, default: []].append(row)
    return row.id
  }
}

extension EnterpriseRow {
  /// Updates `updated_at`, in the form that the object uses.
  mutating func touch(_ now: Int) {
    switch object["updated_at"] {
    case .string: object["updated_at"] = .string(ISOTime.text(now))
    case .int, .null: object["updated_at"] = .int(now)
    default: break
    }
  }
}
