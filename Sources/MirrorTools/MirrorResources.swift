import MirrorReading
import ModelContext

/// The texts of a mirror with an address: notes and playbooks by name, then sessions, newest first.
struct MirrorResources: Sendable {
  private static let pageSize = 100
  /// Maximum number of characters in a text, since a client reads it completely, without a cursor.
  private static let longest = 60_000

  static let templates = [
    ContextResourceTemplate(
      uriTemplate: "devin://sessions/{id}", name: "session", title: "A session", description: "Facts and messages, as Markdown"),
    ContextResourceTemplate(
      uriTemplate: "devin://notes/{id}", name: "note", title: "A knowledge note", description: "The newest version, as Markdown"),
    ContextResourceTemplate(
      uriTemplate: "devin://playbooks/{id}", name: "playbook", title: "A playbook", description: "The newest version, as Markdown"
    ),
  ]

  /// - Throws: `ContextResourceProblem.unusableCursor`, `MirrorError`.
  func page(after text: String?, in reader: MirrorReader) async throws -> ContextResourcePage {
    let cursor = text.flatMap(AnswerCursor.init)
    guard text == nil || cursor?.tool == "resources" else { throw ContextResourceProblem.unusableCursor }
    let parts = cursor?.position.split(separator: " ", maxSplits: 2).map(String.init) ?? ["documents", "0"]
    var resources: [ContextResource] = []
    if parts.first == "documents" {
      guard parts.count == 2, let start = Int(parts[1]), start >= 0 else { throw ContextResourceProblem.unusableCursor }
      let documents = try await documents(in: reader)
      resources += documents.dropFirst(start).prefix(Self.pageSize)
      if documents.count > start + Self.pageSize {
        return ContextResourcePage(resources: resources, next: Self.cursor("documents \(start + Self.pageSize)"))
      }
    }
    var place: SessionList.Place?
    if parts.first == "sessions" {
      guard parts.count == 3, let value = Double(parts[1]) else { throw ContextResourceProblem.unusableCursor }
      place = SessionList.Place(value: value, id: parts[2])
    }
    let room = Self.pageSize - resources.count
    guard room > 0 else { return ContextResourcePage(resources: resources, next: Self.cursor("sessions 1e300 ~")) }
    let list = try await SessionList(.init(), after: place, count: room, in: reader)
    resources += list.entries.map { entry in
      ContextResource(
        uri: MirrorAddress.session(entry.id).text, name: "session \(entry.id)", title: (entry.title ?? entry.id).start(200),
        description:
          "Session, \(entry.status ?? "status unknown")\(entry.startedBy.map { ", started by \($0.start(100))" } ?? "")")
    }
    let next = list.entries.last.map(list.place).map { "sessions \($0.value) \($0.id)" }
    return ContextResourcePage(resources: resources, next: list.hasMore ? next.map(Self.cursor) : nil)
  }

  private static func cursor(_ position: String) -> String { AnswerCursor(tool: "resources", position: position).text }

  private func documents(in reader: MirrorReader) async throws -> [ContextResource] {
    let notes = try await reader.documents(.notes).map { note in
      ContextResource(
        uri: MirrorAddress.note(note.id).text, name: "note \(note.id)", title: note.name.start(200), description: "Knowledge note"
      )
    }
    return notes
      + (try await reader.documents(.playbooks).map { playbook in
        ContextResource(
          uri: MirrorAddress.playbook(playbook.id).text, name: "playbook \(playbook.id)", title: playbook.name.start(200),
          description: "Playbook")
      })
  }

  /// - Throws: `ContextResourceProblem.unknown`, `MirrorError`.
  func text(of address: String, verdict: String, in reader: MirrorReader) async throws -> String {
    guard let known = MirrorAddress(address) else {
      throw ContextResourceProblem.unknown(
        "There is no resource \(address). Addresses are devin://sessions/ID, devin://notes/ID and devin://playbooks/ID")
    }
    let (text, more): (String, String)
    switch known {
    case .session(let id):
      guard case .one(let found) = try await reader.session(id) else {
        throw ContextResourceProblem.unknown("This mirror has no session \(id); search and list_sessions find ids")
      }
      text = try await session(found, in: reader)
      more = "get_session with part messages reads all"
    case .note(let id):
      text = try await document(.notes, id, in: reader)
      more = "get_document reads all"
    case .playbook(let id):
      text = try await document(.playbooks, id, in: reader)
      more = "get_document reads all"
    }
    let isCut = text.utf8.count > Self.longest
    let shown = isCut ? text.start(Self.longest / 4) + "\n\n(cut here: \(more))\n" : text
    return "> \(verdict) \(ToolReply.notice)\n\n\(shown)"
  }

  private func session(_ id: String, in reader: MirrorReader) async throws -> String {
    var story = try await SessionStory(id, withMessages: false, in: reader)
    story.messages = try await SessionMessages(of: id, count: 500, longest: Self.longest, in: reader).messages
    return story.markdown
  }

  private func document(_ kind: KnowledgeDocument.Kind, _ id: String, in reader: MirrorReader) async throws -> String {
    guard case .one(let found) = try await reader.document(kind, id),
      let state = try await reader.documentHistory(kind, id: found).last
    else {
      throw ContextResourceProblem.unknown("This mirror has no \(kind == .notes ? "note" : "playbook") \(id); search finds them")
    }
    return state.document.markdown
  }
}
