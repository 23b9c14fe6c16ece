import Foundation

/// What becomes of a request's members in a row, where the two differ or hang on something else.
extension Enterprise {
  /// Sets members of a row.
  ///
  /// - Parameter changes: in the names of the request.
  /// - Returns: what is answered, which can hold more than the row.
  /// - Throws: a `Refusal` of what does not fit the other members, or of what does not exist.
  mutating func settle(_ changes: JSONObject, into row: inout EnterpriseRow, _ call: Call) throws -> JSONObject {
    switch row.resource {
    case .playbooks:
      row.object.merge(changes) { $1 }
      try checkUnique("macro", of: row, call)
    case .knowledgeNotes: try settleNote(changes, into: &row, call)
    case .schedules: try settleSchedule(changes, into: &row, call)
    case .secrets:
      // The value is not kept.
      row.object.merge(changes.filter { $0.key != "type" && $0.key != "value" }) { $1 }
      row.object["secret_type"] = changes["type"]
      try checkUnique("key", of: row, call)
    case .automations: return try settleAutomation(changes, into: &row, call)
    default: row.object.merge(changes) { $1 }
    }
    return row.object
  }

  /// Refuses a second object of the same name where the rules say so.
  private mutating func checkUnique(_ member: String, of row: EnterpriseRow, _ call: Call) throws {
    guard call.rules.duplicates == .conflict, let name = row.object[member]?.text else { return }
    let isTaken = try rows(row.resource, extent(row.resource, call)).contains { other in
      other.id != row.id && other.object[member]?.text == name
        && (other.organization == nil || other.organization == row.organization)
    }
    if isTaken { throw Refusal.conflict("There is one with the \(member) \(name) already") }
  }

  private mutating func settleNote(_ changes: JSONObject, into row: inout EnterpriseRow, _ call: Call) throws {
    let before = row.object["folder_id"]
    row.object.merge(changes) { $1 }
    guard row.object["folder_id"] != before else { return }
    guard let folder = row.object["folder_id"]?.text else {
      row.object["folder_path"] = "/"
      return
    }
    let folders = try rows(.knowledgeFolders, extent(.knowledgeFolders, call))
    guard let found = folders.first(where: { $0.id == folder && $0.organization == row.organization }) else {
      throw Refusal.badRequest("folder_id: there is no folder \(folder)")
    }
    row.object["folder_path"] = found.object["path"]
  }

  private mutating func settleSchedule(_ changes: JSONObject, into row: inout EnterpriseRow, _ call: Call) throws {
    var changes = changes
    for name in ["create_as_user_id", "run_as_user_id"] {
      guard let user = changes.removeValue(forKey: name)?.text else { continue }
      try call.checkImpersonation()
      row.object["created_by"] = .string(user)
    }
    if let text = changes["scheduled_at"]?.text {
      guard let time = ISOTime.seconds(text) else {
        let message = "Input should be a valid datetime with a time zone"
        throw Refusal.invalidBody("scheduled_at", message, input: .string(text))
      }
      try Refusal.require(time > now, "scheduled_at", "The time should be in the future", input: .string(text))
      changes["scheduled_at"] = .string(ISOTime.text(time))
    }
    if let frequency = changes["frequency"]?.text, !CronText.isValid(frequency) {
      throw Refusal.invalidBody("frequency", "Input should be a cron expression", input: .string(frequency))
    }
    if let platform = changes["platform"]?.text { changes["platform"] = .string(try Self.platform(platform)) }
    if changes["tags"]?.elements.isEmpty == true { changes["tags"] = .null }
    if let playbook = changes.removeValue(forKey: "playbook_id") {
      row.object["playbook"] = try playbook.text.map { try info(ofPlaybook: $0, call) } ?? .null
    }
    row.object.merge(changes) { $1 }
    let isRecurring = row.object["schedule_type"] == "recurring"
    let needed = isRecurring ? "frequency" : "scheduled_at"
    guard row.object[needed]?.text != nil else {
      let type = isRecurring ? "recurring" : "one_time"
      throw Refusal.invalidBody(needed, "Field required for a schedule of type \(type)")
    }
    try Refusal.require(
      !isRecurring || row.object["target_devin_id"]?.text == nil, "target_devin_id",
      "Only a schedule of type one_time has a target")
  }

  /// What a schedule shows of its playbook.
  private mutating func info(ofPlaybook id: String, _ call: Call) throws -> JSONValue {
    guard let playbook = try playbook(id, call) else { throw Refusal.badRequest("playbook_id: there is no playbook \(id)") }
    return ["playbook_id": .string(id), "title": playbook.object["title"] ?? .null]
  }

  /// A playbook that the organization of the path can use.
  mutating func playbook(_ id: String, _ call: Call) throws -> EnterpriseRow? {
    try rows(.playbooks, .organization(call.organization)).first { row in
      row.id == id && (row.organization == nil || row.organization == organizationIDs[call.organization])
    }
  }

  /// A platform by its label in any case.
  ///
  /// - Throws: a `Refusal` that lists the labels.
  static func platform(_ label: String) throws(Refusal) -> String {
    let labels = ["linux", "macos", "windows"]
    guard labels.contains(label.lowercased()) else {
      throw .badRequest("platform: '\(label)' is unknown; the platforms are \(labels.joined(separator: ", "))")
    }
    return label.lowercased()
  }
}

extension Enterprise.Call {
  /// - Throws: a `Refusal` where the key may not act in the name of others.
  func checkImpersonation() throws(Refusal) {
    guard behavior.permissions.contains("ImpersonateOrgSessions") else { throw .missingPermission("ImpersonateOrgSessions") }
  }
}

/// Cron expressions of five fields.
enum CronText {
  private static let ranges: [ClosedRange<Int>] = [0...59, 0...23, 1...31, 1...12, 0...7]
  private static let names = [
    [], [], [], ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    ["sun", "mon", "tue", "wed", "thu", "fri", "sat"],
  ]

  static func isValid(_ text: String) -> Bool {
    let fields = text.split(separator: " ")
    return fields.count == ranges.count && fields.indices.allSatisfy { isValid(fields[$0], at: $0) }
  }

  /// A list of `*`, numbers and ranges, each with a step or without.
  private static func isValid(_ field: Substring, at place: Int) -> Bool {
    field.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { element in
      let parts = element.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 1 || (parts.count == 2 && (Int(parts[1]) ?? 0) > 0) else { return false }
      if parts[0] == "*" { return true }
      let ends = parts[0].split(separator: "-", omittingEmptySubsequences: false)
      return (1...2).contains(ends.count)
        && ends.allSatisfy { end in
          Int(end).map(ranges[place].contains) ?? names[place].contains(end.lowercased())
        }
    }
  }
}
