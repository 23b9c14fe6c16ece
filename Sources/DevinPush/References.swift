/// What the references of an object mean in the organization that it is written into.
struct References: Sendable {
  enum Playbook: Hashable, Sendable {
    /// Its id there.
    case known(String)
    /// An earlier change of the same plan makes it.
    case planned
  }

  /// By the id that the object says; what is missing does not exist there.
  var playbooks: [String: Playbook] = [:]
  /// Ids of folders, by path; nil: the key may not list them.
  var folders: [String: String]?
  /// Names of secrets; nil: the key may not list them.
  var secrets: Set<String>?
  /// Whether the object is of another organization than the one that it is written into.
  var isForeign = false

  /// An object with its references replaced.
  struct Mapped: Sendable {
    var content: Content
    /// Ids of playbooks that have to be made first, as the object says them.
    var awaited: Set<String> = []
    /// What does not exist, for people.
    var missing: [String] = []
    /// What becomes of it otherwise than it was, for people.
    var remarks: [String] = []
  }

  private static var playbookToken: Regex<(Substring, Substring)> { /@playbook:([A-Za-z0-9_-]+)/ }
  private static var secretToken: Regex<(Substring, Substring)> { /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/ }
  private static let prompts: Set<String> = ["prompt", "setup_prompt"]

  // MARK: - What is named

  static func playbooks(namedBy content: Content) -> Set<String> {
    switch content.kind {
    case .playbooks, .notes: []
    case .schedules: Set([content["playbook_id"].text].compactMap(\.self))
    case .automations: Set(texts(in: content["actions"]).flatMap { $0.matches(of: playbookToken).map { String($0.1) } })
    }
  }

  static func secrets(namedBy content: Content) -> Set<String> {
    guard content.kind == .automations else { return [] }
    return Set(texts(in: content["actions"]).flatMap { $0.matches(of: secretToken).map { String($0.1) } })
  }

  private static func texts(in value: JSONValue) -> [String] {
    switch value {
    case .list(let values): values.flatMap(texts)
    case .object(let members):
      members.flatMap { name, value in
        value.text.map { prompts.contains(name) ? [$0] : [] } ?? texts(in: value)
      }
    default: []
    }
  }

  // MARK: - Replacing

  /// - Parameter folderPath: of a note's folder, where the organization that it comes from has it; nil: not known.
  func mapped(_ content: Content, folderPath: String?) -> Mapped {
    var mapped = Mapped(content: content)
    for id in Self.playbooks(namedBy: content).sorted() {
      switch playbooks[id] {
      case .known: break
      case .planned: mapped.awaited.insert(id)
      case nil: mapped.missing.append("the playbook \(id)")
      }
    }
    let ids = playbooks.compactMapValues { if case .known(let id) = $0 { id } else { nil } }
    mapped.content = Self.replacing(ids, in: content)
    mapFolder(folderPath, in: &mapped)
    if let secrets {
      mapped.missing += Self.secrets(namedBy: content).subtracting(secrets).sorted().map { "the secret \($0)" }
    } else if !Self.secrets(namedBy: content).isEmpty {
      mapped.remarks.append("whether the secrets exist that it names could not be read")
    }
    if isForeign { leaveBehind(&mapped) }
    return mapped
  }

  /// Replaces ids of playbooks: whole ids in whole references, and nothing else.
  static func replacing(_ ids: [String: String], in content: Content) -> Content {
    var members = content.members
    switch content.kind {
    case .playbooks, .notes: return content
    case .schedules:
      if let id = content["playbook_id"].text, let new = ids[id] { members["playbook_id"] = .text(new) }
    case .automations:
      members["actions"] = members["actions"].map { value in
        Self.replacingPrompts(in: value) { text in
          text.replacing(Self.playbookToken) { match in ids[String(match.1)].map { "@playbook:\($0)" } ?? String(match.0) }
        }
      }
    }
    return Content(content.kind, members)
  }

  private static func replacingPrompts(in value: JSONValue, _ change: (String) -> String) -> JSONValue {
    switch value {
    case .list(let values): .list(values.map { replacingPrompts(in: $0, change) })
    case .object(let members):
      .object(
        Dictionary(
          uniqueKeysWithValues: members.map { name, value in
            if let text = value.text, prompts.contains(name) { return (name, JSONValue.text(change(text))) }
            return (name, replacingPrompts(in: value, change))
          }))
    default: value
    }
  }

  private func mapFolder(_ path: String?, in mapped: inout Mapped) {
    guard mapped.content.kind == .notes, let id = mapped.content["folder_id"].text else { return }
    // In its own organization the folder may still be the same one.
    if !isForeign, folders?.values.contains(id) != false { return }
    let here = path.flatMap { folders?[$0] }
    mapped.content = mapped.content.with("folder_id", here.map { .text($0) } ?? .null)
    if here == nil {
      let folder = "the folder \(path ?? id)"
      mapped.remarks.append(
        folders == nil
          ? "whether there is \(folder) could not be read: the note goes to the root"
          : "there is no \(folder.dropFirst(4)), and none can be made: the note goes to the root")
    }
  }

  /// Takes out what means nothing in another organization.
  private func leaveBehind(_ mapped: inout Mapped) {
    let content = mapped.content
    switch content.kind {
    case .playbooks, .notes: return
    case .schedules:
      if let session = content["target_devin_id"].text { mapped.missing.append("the session \(session)") }
    case .automations:
      for action in content["actions"].list ?? [] {
        if let session = action.object?["target_devin_id"]?.text { mapped.missing.append("the session \(session)") }
      }
      if content["run_as"].object?["type"]?.text != "organization" {
        mapped.content = mapped.content.with("run_as", .null)
        mapped.remarks.append("it runs as the organization: another user is none there")
      }
      if content["security_profile"] != .null {
        mapped.content = mapped.content.with("security_profile", .null)
        mapped.remarks.append("its security profile is the organization's")
      }
    }
  }
}

extension Content {
  /// The same with another value of one member.
  func with(_ name: String, _ value: JSONValue) -> Content {
    Content(kind, members.merging([name: value]) { $1 })
  }
}
