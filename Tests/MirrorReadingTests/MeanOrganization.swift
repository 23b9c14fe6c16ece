import Foundation
import GRDB
import TestSupport
import TrialSupport

/// Organizations as no demo has them: shared pull requests, families as graphs, missing costs, several hosts, several organizations, deleted rows,
/// sessions at the borders of days and months, times in seconds and in milliseconds.
struct MeanOrganization {
  struct Session {
    let id, organization: String
    let createdAt, updatedAt: Int
    let status, detail: String?
    let acus: Double?
    let user, serviceUser, origin, playbook: String?
    let tags: [String]
    let pulls: [(url: String, state: String?)]
    /// Nil: the member is missing; empty: it is null.
    let parent: String?
    let children: [String]
    let isDeleted: Bool
    let usesMilliseconds: Bool

    var isOver: Bool { ["exit", "error", "suspended"].contains(status) }
  }

  struct Message {
    let session, source: String
    let at: Int
    let isDeleted: Bool
  }

  /// Beginning of a billing day: 1 October 2026, 08:00 UTC.
  static let start = 1_790_841_600
  static let day = 86_400
  static let organizations = ["org-a", "org-b"]
  static let users: [(id: String, name: String?, email: String)] = [
    ("u1", "Ada", "ada@example.com"), ("u2", "Sam", "sam1@example.com"), ("u3", "Sam", "sam2@example.com"),
    ("u4", nil, "x@example.com"),
  ]
  static let playbooks = [("p1", "Upgrade"), ("p2", "Upgrade"), ("p3", "Review")]

  var sessions: [Session] = []
  /// Of sessions, by billing day counted from `start`.
  var sessionDays: [String: [Int: Double]] = [:]
  var billed: [String: [Int: (acus: Double, devin: Double?)]] = [:]
  var messages: [Message] = []
  /// A known cycle, in days from `start`.
  let cycle: Range<Int>?
  /// When lists were read, Unix seconds.
  let moment: Int
  private(set) var records = MeanRecords()

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let days = random.number(20...70)
    moment = Self.start + days * Self.day + random.number(0...86_399)
    cycle = random.chance(50) ? random.number(0...10)..<random.number(25...45) : nil
    let count = random.number(1...60)
    let ids = (0..<count).map { "s\($0)" }
    let urls = [
      "https://github.com/acme/api/pull/1", "https://github.com/acme/api/pull/2",
      "https://gitlab.example/acme/api/-/merge_requests/1",
      "https://gerrit.example/c/tools/web/+/12", "https://bitbucket.org/acme/api/pull-requests/4", "https://other.example/x?y=1",
      "no address",
    ]
    func acus() -> Double { Double(random.number(1...200)) / 4 }
    for id in ids {
      let at =
        random.chance(20) ? random.number(0...days) * Self.day - random.number(0...1) : random.number(0...(days * Self.day))
      let isService = random.chance(20)
      let tags = (0..<random.number(0...3)).map { _ in random.pick(["x", "y"]) }
      let pulls = (0..<(random.chance(60) ? random.number(1...3) : 0)).map { _ in
        (random.pick(urls), random.pick(["merged", "Merged", "open", "closed", "strange", nil]))
      }
      let isDeleted = random.chance(10)
      sessions.append(
        Session(
          id: id, organization: random.pick(Self.organizations), createdAt: Self.start + at,
          updatedAt: Self.start + at + random.number(0...(3 * Self.day)),
          status: random.pick(["exit", "running", "error", "suspended"]),
          detail: random.pick([nil, "waiting_for_user", "out_of_credits", "org_usage_limit_exceeded"]),
          acus: random.pick([nil, 0, acus(), acus(), acus()]),
          user: isService ? "bot_apk" : random.pick(["u1", "u2", "u3", "u4", "u9", nil]),
          serviceUser: isService ? "robot" : nil, origin: random.pick([nil, "slack", "webapp"]),
          playbook: random.pick([nil, "p1", "p2", "p3", "p9"]), tags: tags, pulls: pulls,
          parent: random.pick([nil, nil, "", "devin-" + random.pick(ids), random.pick(ids), "not-here"]),
          children: random.chance(30)
            ? (0..<random.number(1...4)).map { _ in random.pick(["devin-", ""]) + random.pick(ids) } : [],
          isDeleted: isDeleted, usesMilliseconds: random.chance(15)))
      if random.chance(20) {
        let first = at / Self.day
        for day in first..<(first + random.number(1...3)) { sessionDays[id, default: [:]][day] = random.pick([0, acus()]) }
      }
      var time = Self.start + at
      for _ in 0..<(random.chance(40) ? random.number(1...6) : 0) {
        time += random.number(1...200_000)
        messages.append(
          Message(session: id, source: random.pick(["user", "devin"]), at: time, isDeleted: random.chance(5)))
      }
    }
    for organization in Self.organizations where random.chance(70) {
      let from = random.number(0...days)
      for day in from...days where random.chance(80) {
        billed[organization, default: [:]][day] = (acus(), random.chance(70) ? acus() : nil)
      }
    }
    records = MeanRecords(seed: seed, beside: self)
  }

  func write(to path: String) throws {
    try DatabaseQueue(path: path).write { database in
      func put(_ table: String, _ key: [String: any DatabaseValueConvertible], _ object: [String: Any], deleted: Bool = false)
        throws
      {
        let raw = String(decoding: try JSONSerialization.data(withJSONObject: object, options: .sortedKeys), as: UTF8.self)
        var values: [String: any DatabaseValueConvertible] = ["_raw": raw, "_first_synced_at": 0, "_changed_at": 0]
        if deleted { values["_deleted_at"] = 1 }
        values.merge(key) { $1 }
        let names = values.keys.map { "\"\($0)\"" }.joined(separator: ", ")
        try database.execute(
          sql: "INSERT INTO \(table) (\(names)) VALUES (\(databaseQuestionMarks(count: values.count)))",
          arguments: StatementArguments(values.values.map { $0 as (any DatabaseValueConvertible)? }))
      }
      try database.execute(
        sql: "INSERT INTO sync_runs (started_at, finished_at, status, api_url, version, pid) VALUES (0, ?, 0, '', '', 0)",
        arguments: [moment])
      for list in ["daily_consumption", "sessions"] {
        for organization in Self.organizations {
          try database.execute(
            sql: "INSERT INTO sync_checkpoints (org_id, resource, completed_at, as_of) VALUES (?, ?, ?, ?)",
            arguments: [organization, list, moment, moment])
        }
      }
      for organization in Self.organizations {
        for user in Self.users {
          var object: [String: Any] = ["email": user.email]
          if let name = user.name { object["name"] = name }
          try put("org_members", ["org_id": organization, "user_id": user.id], object)
        }
      }
      for (id, title) in Self.playbooks {
        try put("playbooks", ["playbook_id": id], ["title": title, "updated_at": records.versions[id]?.last ?? 1])
      }
      try records.write(to: database, sessions, put)
      for session in sessions {
        let unit = session.usesMilliseconds ? 1_000 : 1
        var object: [String: Any] = [
          "title": session.id, "org_id": session.organization, "created_at": session.createdAt * unit,
          "updated_at": session.updatedAt * unit,
          "tags": session.tags, "child_session_ids": session.children,
          "pull_requests": session.pulls.map { ["pr_url": $0.url, "pr_state": $0.state as Any? ?? NSNull()] },
        ]
        let members: [String: Any?] = [
          "status": session.status, "status_detail": session.detail, "acus_consumed": session.acus, "user_id": session.user,
          "service_user_id": session.serviceUser, "origin": session.origin, "playbook_id": session.playbook,
        ]
        for (name, value) in members { object[name] = value ?? NSNull() }
        if let parent = session.parent { object["parent_session_id"] = parent.isEmpty ? NSNull() : parent }
        try put("sessions", ["session_id": session.id], object, deleted: session.isDeleted)
        for (day, acus) in sessionDays[session.id] ?? [:] {
          try put(
            "session_daily_consumption",
            ["session_id": session.id, "org_id": session.organization, "date": Self.start + day * Self.day], ["acus": acus])
        }
      }
      for (organization, days) in billed {
        for (day, sum) in days {
          var object: [String: Any] = ["acus": sum.acus]
          if let devin = sum.devin { object["acus_by_product"] = ["devin": devin] }
          try put("daily_consumption", ["org_id": organization, "date": Self.start + day * Self.day], object)
        }
      }
      if let cycle {
        let (after, before) = (Self.start + cycle.lowerBound * Self.day, Self.start + cycle.upperBound * Self.day)
        try put("billing_cycles", ["after": after], ["after": after, "before": before])
      }
      for (index, message) in messages.enumerated() {
        let session = sessions.first { $0.id == message.session }
        try put(
          "session_messages", ["session_id": message.session, "event_id": "e\(index)", "org_id": session?.organization ?? ""],
          ["source": message.source, "created_at": message.at, "message": "…"], deleted: message.isDeleted)
      }
    }
  }
}
