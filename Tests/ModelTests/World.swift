import DevinSandbox
import Foundation
import Synchronization
import TrialSupport

/// The organization as the player changes it, between runs and in the middle of them. It does what the mirror can find out
/// within a day, as the design says; messages, which are only added to and never read again, it does not edit, and a message
/// moves its session's time of change.
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
      // Of an enterprise the first organization is played with; the others stand still.
      let own = "\"org_id\":\"\(sandbox.scenario.organizationID)\""
      let isEnterprise = sandbox.scenario.principal == .enterpriseServiceUser
      state.living[resource] = sandbox.ids(resource) { !isEnterprise || $0.contains(own) }
    }
    self.state = Mutex(state)
  }

  /// Ids of rows that came back since the last call.
  func takeRevived() -> Set<String> {
    state.withLock { state in
      defer { state.revived = [] }
      return state.revived
    }
  }

  /// Whether so much was deleted of a list that the brake may hold.
  func takeMassDeletion() -> Bool {
    state.withLock { state in
      defer { state.deletions = [:] }
      return state.deletions.values.contains { $0 > 10 }
    }
  }

  var edits: Int { state.withLock { $0.edits } }

  /// What happened to each object.
  var log: ChangeLog { state.withLock { $0.log } }

  /// An answer has just said something else of a row than is so.
  func noteLie(about resource: SandboxResource) { state.withLock { $0.log.noteLie(about: resource, at: sandbox.now) } }

  /// Something happens.
  /// - Returns: what, in words.
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
      // It moves to another page.
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
    // Notes name their folder.
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

  /// A session that comes or goes shows in the one that started it, whose time of change stays.
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
    // That a session is deleted shows in no other row.
    state.log.note(resource, id, at: sandbox.now, shows: resource != .sessions)
    return "\(resource) \(id) is deleted"
  }

  /// Nil: nothing of the kind is deleted.
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
