import Foundation
import GRDB
import TestSupport
import TrialSupport

/// The other data of a `HostileOrganization`: notes and what analyses say about them, secrets, schedules, versions of playbooks, and
/// the changes that runs found.
struct MeanRecords {
  struct Note {
    let id: String
    /// Nil: the enterprise shares it.
    let organization: String?
    let name: String
    let isDeleted: Bool
  }

  /// What the analysis of a session says about a note.
  struct Usage {
    let session, note: String
    let isGood: Bool
  }

  struct Secret {
    let id, organization, key: String
    let createdAt: Int
    let updatedAt: Int?
    let createdBy: String
    let updatedBy: String?
    let isDeleted: Bool
  }

  struct Schedule {
    let id, organization, name: String
    /// Nil: it runs once, at `runsAt`.
    let frequency: String?
    let runsAt: Int
    let every: Int?
    let isOn: Bool
    let createdAt: Int
    let lastRunAt: Int?
    let failures: Int
    let isDeleted: Bool
  }

  struct Change {
    let table, key, change: String
    let at: Int
    /// The previous values, if they are recorded.
    let before: [String: Int]?
  }

  var notes: [Note] = []
  var usages: [Usage] = []
  /// Sessions with an analysis, and whether it was deleted.
  var analysed: [String: Bool] = [:]
  var secrets: [Secret] = []
  var schedules: [Schedule] = []
  /// For each playbook, when its versions were created, oldest first.
  var versions: [String: [Int]] = [:]
  var changes: [Change] = []

  static let frequencies = [
    "0 9 * * *", "30 */6 * * MON-FRI", "15 8 1,15 * 3", "0 0 1 JAN-DEC *", "5-45/20 3 * * 7", "0 9 * *", "@daily", "61 x * * *",
  ]

  init() {}

  init(seed: UInt64, beside mean: HostileOrganization) {
    var random = SeededGenerator(seed: seed &* 77 &+ 5)
    let span = mean.moment - HostileOrganization.start
    func time() -> Int { HostileOrganization.start + random.number(0...span) }
    for number in 0..<random.number(0...5) {
      notes.append(
        Note(
          id: "n\(number)", organization: random.pick(["org-a", "org-b", nil]), name: "Note \(number)",
          isDeleted: random.chance(20)))
    }
    for session in mean.sessions where random.chance(40) {
      analysed[session.id] = random.chance(15)
      for _ in 0..<random.number(0...3) {
        usages.append(Usage(session: session.id, note: "n\(random.number(0...6))", isGood: random.chance(60)))
      }
    }
    for number in 0..<random.number(0...5) {
      let created = time()
      secrets.append(
        Secret(
          id: "x\(number)", organization: random.pick(HostileOrganization.organizations), key: "KEY_\(number)",
          createdAt: created,
          updatedAt: random.chance(50) ? nil : random.number(created...mean.moment), createdBy: random.pick(["u1", "u4", "u9"]),
          updatedBy: random.pick([nil, "u2"]), isDeleted: random.chance(20)))
    }
    for number in 0..<random.number(0...6) {
      let created = time()
      schedules.append(
        Schedule(
          id: "h\(number)", organization: random.pick(HostileOrganization.organizations), name: "Schedule \(number)",
          frequency: random.chance(15) ? nil : random.pick(Self.frequencies), runsAt: time(), every: random.pick([nil, 1, 2, 3]),
          isOn: random.chance(80), createdAt: created,
          lastRunAt: random.chance(50) ? nil : random.number(created...mean.moment), failures: random.pick([0, 0, 1, 5]),
          isDeleted: random.chance(15)))
    }
    for (id, _) in HostileOrganization.playbooks {
      let made = Set((0..<random.number(1...4)).map { _ in time() }).sorted()
      versions[id] = made
      for (older, newer) in zip(made, made.dropFirst()) {
        changes.append(Change(table: "playbooks", key: id, change: "changed", at: newer, before: ["updated_at": older]))
      }
    }
    for (table, keys) in [
      ("knowledge_notes", notes.map(\.id)), ("secrets", secrets.map(\.id)), ("schedules", schedules.map(\.id)),
    ] {
      for key in keys where random.chance(50) {
        changes.append(
          Change(table: table, key: key, change: random.pick(["inserted", "deleted", "restored"]), at: time(), before: nil))
      }
    }
    changes.sort { $0.at < $1.at }
  }

  typealias Put = (_ table: String, _ key: [String: any DatabaseValueConvertible], _ object: [String: Any], _ isDeleted: Bool)
    throws -> Void

  static func title(_ playbook: String, _ updatedAt: Int) -> String { "\(playbook) of \(updatedAt)" }

  private static func text(_ time: Int) -> String {
    Date(timeIntervalSince1970: Double(time)).formatted(.iso8601)
  }

  func write(to database: Database, _ sessions: [HostileOrganization.Session], _ put: Put) throws {
    for note in notes {
      var object: [String: Any] = ["name": note.name, "folder_path": "/f", "is_enabled": true]
      object["org_id"] = note.organization
      try put("knowledge_notes", ["note_id": note.id], object, note.isDeleted)
    }
    for session in sessions {
      guard let isGone = analysed[session.id] else { continue }
      let told = { (good: Bool) in
        usages.filter { $0.session == session.id && $0.isGood == good }.map { ["note_id": $0.note] }
      }
      try put(
        "session_insights", ["session_id": session.id],
        [
          "org_id": session.organization, "created_at": session.createdAt * (session.usesMilliseconds ? 1_000 : 1),
          "analysis": ["note_usage": ["good_usages": told(true), "bad_usages": told(false)]],
        ], isGone)
    }
    for secret in secrets {
      var object: [String: Any] = [
        "key": secret.key, "secret_type": "cookie", "created_at": secret.createdAt, "created_by": secret.createdBy,
      ]
      (object["updated_at"], object["updated_by"]) = (secret.updatedAt, secret.updatedBy)
      try put("secrets", ["secret_id": secret.id, "org_id": secret.organization], object, secret.isDeleted)
    }
    for schedule in schedules {
      var object: [String: Any] = [
        "org_id": schedule.organization, "name": schedule.name, "enabled": schedule.isOn,
        "created_at": Self.text(schedule.createdAt),
        "schedule_type": schedule.frequency == nil ? "one_time" : "recurring", "consecutive_failures": schedule.failures,
      ]
      if let frequency = schedule.frequency {
        object["frequency"] = frequency
      } else {
        object["scheduled_at"] = Self.text(schedule.runsAt)
      }
      object["interval_count"] = schedule.every
      object["last_executed_at"] = schedule.lastRunAt.map(Self.text)
      try put("schedules", ["scheduled_session_id": schedule.id], object, schedule.isDeleted)
    }
    for change in changes {
      let before = change.before.map { old -> String in
        #"{"title":"\#(Self.title(change.key, old["updated_at"] ?? 0))","updated_at":\#(old["updated_at"] ?? 0)}"#
      }
      try database.execute(
        sql: "INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before) VALUES (1, ?, ?, ?, ?, ?)",
        arguments: [change.at, change.table, change.key, change.change, before])
    }
  }
}
