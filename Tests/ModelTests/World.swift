import DevinSandbox
import Foundation
import Synchronization
import TrialSupport

/// The organization, which the player changes between runs and during them. It only makes changes that the mirror can find
/// within a day, according to the design. It does not edit messages, which are only added and never read again, and a new message
/// updates its session's time of change.
final class World: Sendable {
  let sandbox: Sandbox

  private struct State {
    var living: [SandboxResource: [String]] = [:]
    var deleted: [SandboxResource: [String]] = [:]
    var attachments: [(session: String, id: String)] = []
    var revived: Set<String> = []
    var deletions: [SandboxResource: Int] = [:]
    var edits = 0
    var log = ChangeLog()
  }
  private let state: Mutex<State>

  private static let rows: [SandboxResource] = [.playbooks, .knowledgeNotes, .secrets, .schedules, .knowledgeFolders]

  init(_ sandbox: Sandbox) {
    self.sandbox = sandbox
    var state = State()
    for resource in [SandboxResource.sessions] + Self.rows {
      // In an enterprise only the first organization is changed.
      let own = "\"org_id\":\"\(sandbox.scenario.organizationID)\""
      let isEnterprise = sandbox.scenario.principal == .enterpriseServiceUser
      state.living[resource] = sandbox.ids(resource) { !isEnterprise || $0.contains(own) }
    }
    self.state = Mutex(state)
  }

  /// Ids of rows that were restored since the last call.
  func takeRevived() -> Set<String> {
    state.withLock { state in
      defer { state.revived = [] }
      return state.revived
    }
  }

  /// Whether so many rows of a list were deleted that the brake may apply.
  func takeMassDeletion() -> Bool {
    state.withLock { state in
      defer { state.deletions = [:] }
      return state.deletions.values.contains { $0 > 10 }
    }
  }

  var edits: Int { state.withLock { $0.edits } }

  /// What happened to each object.
  var log: ChangeLog { state.withLock { $0.log } }

  /// Records that an answer contained false data about a row.
  func noteLie(about resource: SandboxResource) { state.withLock { $0.log.noteLie(about: resource, at: sandbox.now) } }

  /// Makes a random change.
  /// - Returns: a description of it.
  @discardableResult
  func change(_ random: inout SeededGenerator) throws -> String {
    try state.withLock { state in
      state.edits += 1
      return try random.chance(50) ? changeSession(&state, &random) : changeRow(&state, &random)
    }
  }

  private func changeSession(_ state: inout State, _ random: inout SeededGenerator) throws -> String {
    guard let living = state.living[.sessions], living.count > 2 else { return try make(.sessions, &state) }
    let id = random.pick(living)
    switch random.number(1...13) {
    case 1, 2: return try set(id, &state, ["title": .string("Title \(random.number(1...999))")])
    case 3: return try set(id, &state, ["is_archived": .bool(random.chance(50))])
    case 4: return try set(id, &state, ["status": .string(random.pick(["running", "exit", "suspended", "error"]))])
    case 5, 6:
      let count = random.number(1...3)
      try sandbox.edit(.appendMessages(session: id, count: count))
      state.log.note(.sessions, id, at: sandbox.now)
      return "\(count) messages come to session \(id)"
    case 7: return try make(.sessions, &state)
    case 8: return try delete(.sessions, id, &state)
    case 9: return try restore(.sessions, &state, &random) ?? make(.sessions, &state)
    case 10:
      // This moves it to another page.
      return try set(id, &state, ["created_at": .int(sandbox.now - random.number(0...3_000_000))])
    case 11:
      try sandbox.edit(.analyse(session: id))
      state.log.note(.sessions, id, at: sandbox.now)
      state.log.note(.sessions, id, at: sandbox.now, shows: false)
      return "session \(id) is analysed"
    case 12:
      let made = try sandbox.edit(.create(.sessionAttachments, session: id)).ids[0]
      state.log.note(.sessions, id, at: sandbox.now)
      state.attachments.append((id, made))
      return "attachment \(made) comes to session \(id)"
    default:
      guard let last = state.attachments.popLast(), living.contains(last.session) else {
        try sandbox.edit(.update(.sessions, id, set: ["title": .string("Silent \(random.number(1...999))")], touch: false))
        state.log.note(.sessions, id, at: sandbox.now, shows: false)
        return "session \(id) changes and does not say so"
      }
      try sandbox.edit(.delete(.sessionAttachments, last.id, session: last.session))
      state.log.note(.sessions, last.session, at: sandbox.now)
      state.log.note(.sessions, last.session, at: sandbox.now, shows: false)
      return "attachment \(last.id) of session \(last.session) goes"
    }
  }

  private func changeRow(_ state: inout State, _ random: inout SeededGenerator) throws -> String {
    let resource = random.pick(Self.rows)
    guard let living = state.living[resource], living.count > 2 else { return try make(resource, &state) }
    let id = random.pick(living)
    switch random.number(1...6) {
    case 1, 2, 3:
      let member = resource == .secrets ? "note" : resource == .playbooks ? "title" : "name"
      try sandbox.edit(
        .update(resource, id, set: [member: .string("Changed \(random.number(1...999))")], touch: random.chance(70)))
      state.log.note(resource, id, at: sandbox.now)
      return "\(resource) \(id) changes"
    case 4: return try make(resource, &state)
    // Folders are not deleted, since notes refer to them.
    case 5 where resource != .knowledgeFolders: return try delete(resource, id, &state)
    default: return try restore(resource, &state, &random) ?? make(resource, &state)
    }
  }

  private func set(_ session: String, _ state: inout State, _ members: [String: JSONValue]) throws -> String {
    try sandbox.edit(.update(.sessions, session, set: members))
    state.log.note(.sessions, session, at: sandbox.now)
    return "session \(session): \(members.keys.joined()) changes"
  }

  private func make(_ resource: SandboxResource, _ state: inout State) throws -> String {
    let id = try sandbox.edit(.create(resource)).ids[0]
    state.living[resource, default: []].append(id)
    state.log.note(resource, id, at: sandbox.now)
    noteParent(of: id, resource, &state)
    return "\(resource) \(id) is made"
  }

  /// Records that a created or deleted session changes the session that started it, without updating its time of change.
  private func noteParent(of session: String, _ resource: SandboxResource, _ state: inout State) {
    guard resource == .sessions,
      let line = sandbox.objects(.sessions).first(where: { $0.contains("\"session_id\":\"\(session)\"") }),
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any],
      let parent = object["parent_session_id"] as? String
    else { return }
    state.log.note(.sessions, parent.hasPrefix("devin-") ? String(parent.dropFirst(6)) : parent, at: sandbox.now, shows: false)
  }

  private func delete(_ resource: SandboxResource, _ id: String, _ state: inout State) throws -> String {
    noteParent(of: id, resource, &state)
    try sandbox.edit(.delete(resource, id))
    state.living[resource]?.removeAll { $0 == id }
    state.deleted[resource, default: []].append(id)
    state.deletions[resource, default: 0] += 1
    // The deletion of a session changes no other row.
    state.log.note(resource, id, at: sandbox.now, shows: resource != .sessions)
    return "\(resource) \(id) is deleted"
  }

  /// Nil: no such object is deleted.
  private func restore(
    _ resource: SandboxResource, _ state: inout State, _ random: inout SeededGenerator
  ) throws -> String? {
    guard let deleted = state.deleted[resource], !deleted.isEmpty else { return nil }
    let id = random.pick(deleted)
    try sandbox.edit(.restore(resource, id))
    state.deleted[resource]?.removeAll { $0 == id }
    state.living[resource, default: []].append(id)
    state.revived.insert(id)
    noteParent(of: id, resource, &state)
    state.log.note(resource, id, at: sandbox.now)
    if resource == .sessions { state.log.note(resource, id, at: sandbox.now, shows: false) }
    return "\(resource) \(id) is back"
  }
}
