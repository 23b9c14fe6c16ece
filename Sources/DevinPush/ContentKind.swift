import DevinModel

/// What can be written back, in the order in which it is: what others refer to comes first.
package enum ContentKind: String, CaseIterable, Hashable, Sendable {
  case playbooks, notes, schedules, automations

  /// The resource, and its table.
  package var resourceName: String { self == .notes ? "knowledge_notes" : rawValue }

  /// Of the command line: the resource's name, or that of the folder.
  package init?(named name: String) {
    guard let kind = Self.allCases.first(where: { $0.rawValue == name || $0.resourceName == name }) else { return nil }
    self = kind
  }

  var resource: Resource {
    guard let resource = Catalogue.resource(named: resourceName) else { preconditionFailure("\(resourceName) is declared") }
    return resource
  }

  /// The member that holds an object's id.
  package var keyMember: String {
    switch self {
    case .playbooks: "playbook_id"
    case .notes: "note_id"
    case .schedules: "scheduled_session_id"
    case .automations: "automation_id"
    }
  }

  var nameMember: String { self == .playbooks ? "title" : "name" }

  /// The member that a Markdown file has as its text; nil: the file is YAML.
  package var bodyMember: String? { self == .notes || self == .playbooks ? "body" : nil }
  var ending: String { bodyMember == nil ? ".yaml" : ".md" }

  /// What the service calls one of them.
  package var word: String {
    switch self {
    case .playbooks: "playbook"
    case .notes: "note"
    case .schedules: "schedule"
    case .automations: "automation"
    }
  }

  /// Members that an exported file shows and that nobody can write.
  var shownMembers: [String] { self == .notes ? ["folder_path", "macro"] : [] }

  /// Whether a change sends the whole object (PUT) or the members that differ (PATCH).
  var isReplacedWhole: Bool { self == .notes || self == .playbooks }

  /// Everything that can be written, in the order of a file. Requests are built from this list and from nothing else (reference 3.1 to 3.5).
  var members: [ContentMember] {
    switch self {
    case .playbooks:
      [
        ContentMember("title", .text, isRequired: true), ContentMember("macro", .text),
        ContentMember("structured_output_schema", .object), ContentMember("body", .text, isRequired: true),
      ]
    case .notes:
      [
        ContentMember("name", .text, isRequired: true), ContentMember("trigger", .text, isRequired: true),
        ContentMember("folder_id", .text), ContentMember("pinned_repo", .text),
        ContentMember("is_enabled", .bool, standard: .bool(true), isNullSent: false),
        ContentMember("body", .text, isRequired: true),
      ]
    case .schedules:
      [
        ContentMember("name", .text, isRequired: true), ContentMember("enabled", .bool, standard: .bool(true)),
        ContentMember("schedule_type", .text, standard: .text("recurring")), ContentMember("frequency", .text),
        ContentMember("interval_count", .integer, standard: .integer(1)), ContentMember("scheduled_at", .text),
        ContentMember("playbook_id", .text), ContentMember("agent", .text, standard: .text("devin")),
        ContentMember("notify_on", .text, standard: .text("failure")),
        ContentMember("bypass_approval", .bool, standard: .bool(false)), ContentMember("tags", .texts),
        ContentMember("platform", .text), ContentMember("slack_channel_id", .text), ContentMember("slack_team_id", .text),
        ContentMember("target_devin_id", .text), ContentMember("prompt", .text, isRequired: true),
      ]
    case .automations:
      [
        ContentMember("name", .text, isRequired: true), ContentMember("enabled", .bool, standard: .bool(true)),
        ContentMember("triggers", .list, isRequired: true), ContentMember("actions", .list, isRequired: true),
        ContentMember("run_as", .object, standard: .object(["type": .text("organization")])), ContentMember("limits", .object),
        ContentMember("concurrency", .object), ContentMember("notifications", .object),
        ContentMember("session_settings", .object), ContentMember("tools", .object),
        ContentMember("security_profile", .object), ContentMember("metadata", .object),
        ContentMember("slack_reply_access", .text, standard: .text("slack_users")),
        ContentMember("teams_reply_access", .text, standard: .text("teams_users")),
      ]
    }
  }
}

/// One member that can be written.
struct ContentMember: Sendable {
  enum Shape: Sendable {
    case text, bool, integer, texts, object, list
  }

  let name: String
  let shape: Shape
  /// Whether the service refuses an object without it.
  let isRequired: Bool
  /// What null and absence stand for; nil: for nothing.
  let standard: JSONValue?
  /// Whether null may be sent. Else nothing is sent where neither the file nor the server says anything.
  let isNullSent: Bool

  init(
    _ name: String, _ shape: Shape, isRequired: Bool = false, standard: JSONValue? = nil, isNullSent: Bool = true
  ) {
    self.name = name
    self.shape = shape
    self.isRequired = isRequired
    self.standard = standard
    self.isNullSent = isNullSent
  }

  /// Why a value is none of this member's, as the rest of a sentence; nil: it may be one.
  func objection(to value: JSONValue) -> String? {
    switch (shape, value) {
    case (_, .null): isRequired ? "is missing" : nil
    case (.text, .text(let text)):
      Self.control(in: text).map { "holds the control character U+\(String($0.value, radix: 16, uppercase: true))" }
        ?? (isRequired && text.isEmpty ? "is empty" : nil)
    case (.bool, .bool), (.integer, .integer), (.object, .object): nil
    case (.list, .list(let values)): values.contains { $0.object == nil } ? "is no list of objects" : nil
    case (.texts, .list(let values)): values.contains { $0.text == nil } ? "is no list of texts" : nil
    case (.text, _): "is no text; put it in quotes"
    case (.bool, _): "is neither true nor false"
    case (.integer, _): "is no whole number"
    case (.texts, _), (.list, _): "is no list"
    case (.object, _): "is no object"
    }
  }

  /// A character that no text for people holds.
  private static func control(in text: String) -> Unicode.Scalar? {
    text.unicodeScalars.first { ($0.value < 0x20 && !["\n", "\r", "\t"].contains($0)) || $0.value == 0x7f }
  }
}
