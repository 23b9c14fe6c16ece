import Foundation
import GRDB
import TestSupport
import TrialSupport

/// Organizations with difficult data: shared pull requests, families as graphs, missing costs, several hosts, several organizations,
/// deleted rows, sessions at the boundaries of days and months, times in seconds and in milliseconds.
struct HostileOrganization {
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

  struct UserDay {
    let acus: Double
    let devin, cascade, terminal: Double?
  }

  /// ACUs of a cycle; nil is sent as null.
  struct Limits {
    var cloud: [(scope: String, organization: String?, user: String?, cap: Int)] = []
    var organizations: [String: (cycle: Int?, session: Int?)] = [:]
    var groups: [(name: String, organizations: [String], cap: Int?)] = []
    /// For the local agent. Users have their own limits in one table, or in a list.
    var localOrganizations: [String: Int?] = [:]
    var localUsers: [String: Int?] = [:]
    var localList: [String: Int] = [:]
    /// Nil: there is no row; an inner nil is sent as null.
    var localDefault: Int??
  }

  struct Message {
    let session, source: String
    let at: Int
    let isDeleted: Bool
  }

  /// Start of a billing day: 1 October 2026, 08:00 UTC.
  static let start = 1_790_841_600
  static let day = 86_400
  static let organizations = ["org-a", "org-b"]
  static let users: [(id: String, name: String?, email: String)] = [
    ("u1", "Ada", "ada@example.com"), ("u2", "Sam", "sam1@example.com"), ("u3", "Sam", "sam2@example.com"),
    ("u4", nil, "x@example.com"),
  ]
  static let playbooks = [("p1", "Upgrade"), ("p2", "Upgrade"), ("p3", "Review")]

  var sessions: [Session] = []
  /// ACUs of sessions, by billing day counted from `start`.
  var sessionDays: [String: [Int: Double]] = [:]
  var billed: [String: [Int: (acus: Double, devin: Double?)]] = [:]
  var messages: [Message] = []
  /// Consumption of the local agent, by organization and day; nil: not reported for the day.
  var local: [String: [Int: (cascade: Double?, terminal: Double?)]] = [:]
  /// By organization, user and day. An organization without users has no daily consumption of users.
  var userDays: [String: [String: [Int: UserDay]]] = [:]
  var limits = Limits()
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
    makeLimits(seed: seed, days: days)
    records = MeanRecords(seed: seed, beside: self)
  }

  /// With a separate generator, so that all other data for a seed stays the same.
  private mutating func makeLimits(seed: UInt64, days: Int) {
    var random = SeededGenerator(seed: seed &+ 900_000)
    func part() -> Double? { random.chance(60) ? Double(random.number(0...40)) / 4 : nil }
    func cap() -> Int { random.pick([0, random.number(1...300), random.number(100...3_000)]) }
    for (organization, found) in billed.sorted(by: { $0.key < $1.key }) {
      for day in found.keys.sorted() where random.chance(60) { local[organization, default: [:]][day] = (part(), part()) }
      guard random.chance(60) else { continue }
      for user in ["u1", "u3", "u9"] where random.chance(70) {
        let from = random.number(0...days)
        for day in from...days where random.chance(60) {
          userDays[organization, default: [:]][user, default: [:]][day] = UserDay(
            acus: Double(random.number(1...80)) / 4, devin: part(), cascade: part(), terminal: part())
        }
      }
    }
    if random.chance(60) { limits.cloud.append(("enterprise", nil, nil, cap())) }
    for organization in Self.organizations {
      if random.chance(50) { limits.cloud.append(("org", organization, nil, cap())) }
      if random.chance(50) { limits.cloud.append(("user", organization, random.pick(["u1", "u2", "u9"]), cap())) }
      if random.chance(70) {
        limits.organizations[organization] = (random.chance(50) ? cap() : nil, random.chance(50) ? random.number(1...60) : nil)
      }
      if random.chance(50) { limits.localOrganizations[organization] = random.chance(80) ? cap() : nil }
    }
    if random.chance(50) { limits.cloud.append(("user", nil, "u3", cap())) }
    limits.groups = [("both", Self.organizations, random.chance(80) ? cap() : nil), ("none", [], cap())]
    for user in ["u1", "u2", "u3"] {
      if random.chance(50) { limits.localUsers[user] = random.chance(60) ? cap() : nil }
      if random.chance(30) { limits.localList[user] = cap() }
    }
    if random.chance(60) { limits.localDefault = .some(random.chance(80) ? cap() : nil) }
  }

  private static func limit(_ acus: Int?) -> [String: Any] {
    ["local_agent": acus.map { ["cycle_acu_limit": $0] } ?? NSNull() as Any]
  }

  private func writeLimits(_ put: (String, [String: any DatabaseValueConvertible], [String: Any]) throws -> Void) throws {
    for (organization, users) in userDays {
      for (user, days) in users {
        for (day, spent) in days {
          let products: [String: Any] = ["devin": spent.devin as Any? ?? NSNull(), "cascade": spent.cascade as Any? ?? NSNull()]
            .merging(spent.terminal.map { ["terminal": $0] } ?? [:]) { $1 }
          try put(
            "user_daily_consumption", ["org_id": organization, "user_id": user, "date": Self.start + day * Self.day],
            ["acus": spent.acus, "acus_by_product": products])
        }
      }
    }
    for limit in limits.cloud {
      var object: [String: Any] = ["scope": limit.scope, "cycle_acu_limit": limit.cap]
      if let organization = limit.organization { object["org_id"] = organization }
      if let user = limit.user { object["user_id"] = user }
      try put("acu_limits", ["limit_key": "\(limit.scope):\(limit.organization ?? ""):\(limit.user ?? "")"], object)
    }
    for (organization, caps) in limits.organizations {
      try put(
        "organizations", ["org_id": organization],
        [
          "name": "Name of \(organization)", "max_cycle_acu_limit": caps.cycle as Any? ?? NSNull(),
          "max_session_acu_limit": caps.session as Any? ?? NSNull(),
        ])
    }
    for group in limits.groups {
      try put(
        "org_groups", ["group_name": group.name],
        ["org_ids": group.organizations, "max_cycle_acus": group.cap as Any? ?? NSNull()])
    }
    for (organization, cap) in limits.localOrganizations {
      try put("organization_acu_limits", ["org_id": organization], Self.limit(cap))
    }
    for (user, cap) in limits.localUsers { try put("user_acu_limits", ["user_id": user], Self.limit(cap)) }
    for (user, cap) in limits.localList {
      try put(
        "local_agent_acu_limits", ["limit_key": "user::\(user)"], ["scope": "user", "user_id": user, "cycle_acu_limit": cap])
    }
    if let cap = limits.localDefault { try put("default_user_acu_limits", ["limit_scope": "default"], Self.limit(cap)) }
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
      for list in ["daily_consumption", "sessions"] + (userDays.isEmpty ? [] : ["user_daily_consumption"]) {
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
          var products: [String: Any] = [:]
          if let devin = sum.devin { products["devin"] = devin }
          if let other = local[organization]?[day] {
            products["cascade"] = other.cascade as Any? ?? NSNull()
            if let terminal = other.terminal { products["terminal"] = terminal }
          }
          if !products.isEmpty { object["acus_by_product"] = products }
          try put("daily_consumption", ["org_id": organization, "date": Self.start + day * Self.day], object)
        }
      }
      if let cycle {
        let (after, before) = (Self.start + cycle.lowerBound * Self.day, Self.start + cycle.upperBound * Self.day)
        try put("billing_cycles", ["after": after], ["after": after, "before": before])
      }
      try writeLimits { try put($0, $1, $2) }
      for (index, message) in messages.enumerated() {
        let session = sessions.first { $0.id == message.session }
        try put(
          "session_messages", ["session_id": message.session, "event_id": "e\(index)", "org_id": session?.organization ?? ""],
          ["source": message.source, "created_at": message.at, "message": "…"], deleted: message.isDeleted)
      }
    }
  }
}
