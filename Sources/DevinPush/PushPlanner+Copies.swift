import MirrorReading
import MirrorStore

/// Objects that are made from others: copies in another organization, and earlier versions.
extension PushPlanner {
  /// What no copy has, for people.
  static let leftBehind = [
    "Copies get new ids. Not copied: authors, times, macros of notes, values of secrets, addresses and secrets of webhooks.",
    "Texts, names of channels and email addresses are copied as they are, and can be read by everybody in the other organization.",
  ]

  // MARK: - In another organization

  /// - Parameter organization: the one that the copy belongs to.
  mutating func copy(_ item: ContentTree.Item, to organization: String) async throws -> PushPlan.Change {
    let file = item.file
    var change = PushPlan.Change(
      decision: .create, kind: file.kind, key: nil, path: file.path, scope: .organization(organization), content: file.content,
      now: nil, base: nil, root: item.root, place: item.place)
    if file.isOfEnterprise { return change.deciding(.unchanged("it belongs to the enterprise, and is not copied")) }
    guard let key = file.key, let from = file.organization else {
      return change.deciding(
        .blocked("it belongs to \(file.organization ?? "no organization") and has no id: push it there first"))
    }
    let origin = PushOrigin(organization: from, key: key)
    change.origin = origin
    switch scope(organization: organization, isOfEnterprise: false, file.kind) {
    case .success: break
    case .failure(let objection): return change.deciding(.blocked(objection.why))
    }
    let mapped = try await mapped(file.content, from: from, change.scope, folderPath: file.folderPath)
    change = change.saying(mapped)
    guard mapped.missing.isEmpty else { return change.deciding(.blocked(Self.missing(mapped.missing, in: organization))) }
    change = try await deciding(change, mapped.content, copiedFrom: origin)
    if file.kind == .playbooks {
      if let row = change.now { copies[origin] = .known(row.key) }
      if change.decision == .create { copies[origin] = .planned }
    }
    return change
  }

  /// Whether a copy is made, or the one that an earlier push made is changed.
  private mutating func deciding(
    _ change: PushPlan.Change, _ content: Content, copiedFrom origin: PushOrigin
  ) async throws -> PushPlan.Change {
    guard let copy = try await known(copyOf: origin, change.kind, in: change.scope) else {
      let namesake = try await namesake(of: content, change.path, change.scope)
      if let row = try await list(change.kind, change.scope)[namesake ?? ""], row.content.hash == content.hash {
        return change.deciding(.unchanged("the server has it already, as \(row.key)"), now: row)
      }
      return change.deciding(PushDecision(newBeside: namesake, named: String(content.name.prefix(80))))
    }
    // What the origin's version was does not matter here: the base is what was written into the copy last.
    let (now, row) = try await state(change.kind, change.scope, copy.key)
    var decision = PushDecision(
      base: copy.hash, mine: content.hash, now: now, overwrites: options.overwrites, since: "it was copied")
    if decision == .update, let row, let objection = PushBody.objection(to: content, from: row.content) {
      decision = .blocked(objection)
    }
    var base: Content?
    if case .conflict = decision { base = try await self.base(copy.hash, change.kind, copy.key) }
    return change.deciding(decision, key: copy.key, now: row, base: base)
  }

  // MARK: - An earlier version

  mutating func restoration(_ past: PastVersion) async throws -> PushPlan {
    var change = PushPlan.Change(
      decision: .create, kind: past.kind, key: past.isDeleted ? nil : past.key, path: "\(past.kind.resourceName) \(past.key)",
      scope: .organization(past.organization ?? ""), content: past.content, now: nil, base: nil, root: "",
      place: "\(past.kind.rawValue)/\(past.key)\(past.kind.ending)")
    var plan = PushPlan()
    switch scope(organization: past.organization, isOfEnterprise: past.isOfEnterprise, past.kind) {
    case .success(let scope): change.scope = scope
    case .failure(let objection):
      plan.changes = [change.deciding(.blocked(objection.why))]
      return plan
    }
    let from = change.scope.organization
    let mapped = try await mapped(past.content, from: from, change.scope, folderPath: past.row["folder_path"]?.text)
    change = change.saying(mapped)
    if !mapped.missing.isEmpty {
      change = change.deciding(.blocked(Self.missing(mapped.missing, in: from.isEmpty ? "the enterprise" : from)))
    } else if past.isDeleted {
      change.origin = PushOrigin(organization: from, key: past.key)
      change = try await deciding(change, mapped.content, madeAgainFrom: past)
    } else {
      let (now, row) = try await state(past.kind, change.scope, past.key)
      var decision = PushDecision(
        base: past.newest.hash, mine: mapped.content.hash, now: now, overwrites: options.overwrites, since: Self.sinceSync)
      if decision == .update, let row, let objection = PushBody.objection(to: mapped.content, from: row.content) {
        decision = .blocked(objection)
      }
      change = change.deciding(decision, key: past.key, now: row, base: past.newest)
    }
    plan.changes = [change]
    return plan
  }

  private mutating func deciding(
    _ change: PushPlan.Change, _ content: Content, madeAgainFrom past: PastVersion
  ) async throws -> PushPlan.Change {
    var change = change
    if let origin = change.origin, let copy = try await known(copyOf: origin, past.kind, in: change.scope),
      try await server.object(past.kind, change.scope, key: copy.key) != nil
    {
      return change.deciding(.blocked("it was made again already, as \(copy.key)"))
    }
    if try await server.object(past.kind, change.scope, key: past.key) != nil {
      return change.deciding(.conflict("the server has it: sync first"))
    }
    let namesake = try await namesake(of: content, change.path, change.scope)
    change.remarks.append("it gets a new id: the old one cannot be had again")
    if past.kind == .notes, let macro = past.row["macro"]?.text {
      change.remarks.append("its macro \(macro) cannot be written")
    }
    for user in try await users(of: past) { change.remarks.append("\(user) names the old id: edit it, and push") }
    return change.deciding(PushDecision(newBeside: namesake, named: String(content.name.prefix(80))))
  }

  /// What the mirror has that names a playbook by its id.
  private func users(of past: PastVersion) async throws -> [String] {
    guard past.kind == .playbooks, let mirror else { return [] }
    let rows = try await mirror.answer(
      """
      SELECT 'the schedule ' || scheduled_session_id || coalesce(' (' || name || ')', '') FROM schedules
      WHERE _deleted_at IS NULL AND coalesce(_raw ->> '$.playbook.playbook_id', _raw ->> '$.playbook_id') = :key
      UNION ALL SELECT 'the automation ' || automation_id || coalesce(' (' || name || ')', '') FROM automations
      WHERE _deleted_at IS NULL AND instr(_raw, '@playbook:' || :key) > 0 ORDER BY 1
      """, ["key": .text(past.key)])
    return rows.rows.compactMap { $0[0].text }
  }

  // MARK: - References

  private static func missing(_ what: [String], in organization: String) -> String {
    "it names what \(organization) does not have: \(what.joined(separator: ", "))"
  }

  /// An object in the terms of the organization that it is written into.
  private mutating func mapped(
    _ content: Content, from organization: String, _ scope: ContentScope, folderPath: String?
  ) async throws -> References.Mapped {
    var references = References()
    references.isForeign = organization != scope.organization
    let named = References.playbooks(namedBy: content)
    if !named.isEmpty {
      let here = try await list(.playbooks, scope)
      for id in named {
        let origin = PushOrigin(organization: organization, key: id)
        if !references.isForeign, here[id] != nil {
          references.playbooks[id] = .known(id)
        } else if let copy = copies[origin] {
          references.playbooks[id] = copy
        } else if let copy = try await known(copyOf: origin, .playbooks, in: scope), here[copy.key] != nil {
          references.playbooks[id] = .known(copy.key)
        } else if here[id] != nil {
          // One of the enterprise.
          references.playbooks[id] = .known(id)
        }
      }
    }
    let target = scope.organization
    if content.kind == .notes, content["folder_id"] != .null {
      if folders[target] == nil { folders[target] = try await server.folders(of: target) }
      references.folders = folders[target] ?? nil
    }
    if !References.secrets(namedBy: content).isEmpty {
      if secretNames[target] == nil { secretNames[target] = try await server.secretNames(of: target) }
      references.secrets = secretNames[target] ?? nil
    }
    return references.mapped(content, folderPath: folderPath)
  }

  /// The object that an earlier push made of another one, if the mirror knows it.
  private func known(
    copyOf origin: PushOrigin, _ kind: ContentKind, in scope: ContentScope
  ) async throws -> (key: String, hash: String)? {
    guard let mirror else { return nil }
    let sql = """
      SELECT to_key, hash FROM sync_push_ids
      WHERE resource = :resource AND from_key = :key AND from_org_id = :from AND to_org_id = :to
      """
    var found: (key: String, hash: String)?
    var key = origin.key
    // In its own organization, a copy may have been deleted and made again, too.
    for _ in 0..<(origin.organization == scope.organization ? 100 : 1) {
      let rows = try await mirror.answer(
        sql,
        [
          "resource": .text(kind.resourceName), "key": .text(key), "from": .text(origin.organization),
          "to": .text(scope.organization),
        ])
      guard let row = rows.rows.first, let next = row[0].text, let hash = row[1].text else { break }
      found = (next, hash)
      key = next
    }
    return found
  }
}

extension PushPlan.Change {
  fileprivate func deciding(
    _ decision: PushDecision, key: String? = nil, now: ServerRow? = nil, base: Content? = nil
  ) -> PushPlan.Change {
    var change = self
    (change.decision, change.key, change.now, change.base) = (decision, key ?? self.key, now, base)
    return change
  }

  fileprivate func saying(_ mapped: References.Mapped) -> PushPlan.Change {
    var change = self
    (change.content, change.awaited) = (mapped.content, mapped.awaited)
    change.remarks += mapped.remarks
    return change
  }
}
