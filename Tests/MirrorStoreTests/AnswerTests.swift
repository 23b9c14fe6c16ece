import Foundation
import GRDB
import TestSupport
import Testing

@testable import MirrorStore

/// A mirror with a few rows, inserted by the test, so that every number below can be checked by hand.
///
/// Time 0 here is Thursday, 8 October 2026, 08:00 UTC: the start of a billing day.
@Suite("The views that answer questions")
struct AnswerTests {
  private static let start = 1_791_446_400
  private static let day = 86_400
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
    try write(
      "INSERT INTO sync_runs (started_at, finished_at, status, api_url, version, pid) VALUES (0, ?, 0, '', '', 0)",
      [
        Self.start + 10 * Self.day
      ])
  }

  private func write(_ sql: String, _ arguments: StatementArguments = []) throws {
    try DatabaseQueue(path: mirror.path).write { try $0.execute(sql: sql, arguments: arguments) }
  }

  /// - Parameter members: JSON of the object without its braces, appended after the key.
  private func put(_ table: String, _ key: [String: any DatabaseValueConvertible], _ members: String) throws {
    let values = key.merging(["_raw": "{\(members)}", "_first_synced_at": 0, "_changed_at": 0]) { $1 }
    let names = values.keys.map { "\"\($0)\"" }.joined(separator: ", ")
    try write(
      "INSERT INTO \(table) (\(names)) VALUES (\(databaseQuestionMarks(count: values.count)))",
      StatementArguments(values.values.map { $0 as (any DatabaseValueConvertible)? }))
  }

  /// - Parameter at: days after time 0, when it was created.
  private func session(
    _ id: String, at days: Double = 0, acus: Double? = 0, user: String? = "ada", pulls: [(String, String?)] = [],
    more: String = ""
  ) throws {
    let created = Self.start + Int(days * Double(Self.day))
    let requests = pulls.map { #"{"pr_url":"\#($0)","pr_state":\#($1.map { "\"\($0)\"" } ?? "null")}"# }
    let user = user.map { "\"\($0)\"" } ?? "null"
    // `more` comes first: if a member occurs twice, SQLite uses the first.
    try put(
      "sessions", ["session_id": id],
      """
      \(more.isEmpty ? "" : more + ",")"org_id":"org","status":"exit","created_at":\(created),"updated_at":\(created),"acus_consumed":\(acus.map { "\($0)" } ?? "null"),\
      "user_id":\(user),"tags":[],"pull_requests":[\(requests.joined(separator: ","))]
      """)
  }

  private func message(_ session: String, _ event: String, by source: String, at seconds: Int) throws {
    try put(
      "session_messages", ["session_id": session, "event_id": event, "org_id": "org"],
      #""source":"\#(source)","created_at":\#(Self.start + seconds),"message":"…""#)
  }

  private func rows(_ sql: String) async throws -> [String] {
    _ = try await store.repairDerived(of: [])
    return try await store.query(sql).texts.map { row in row.map { $0 ?? "–" }.joined(separator: " ") }
  }

  @Test("a billing day starts at 08:00 UTC")
  func billingDay() async throws {
    try session("late", at: -1.0 / 86_400)
    try session("early", at: 0)
    try session("milliseconds", more: #""created_at":\#(Self.start * 1000)"#)
    #expect(
      try await rows("SELECT session_id, billing_day FROM session_facts ORDER BY 1") == [
        "early 2026-10-08", "late 2026-10-07", "milliseconds 2026-10-08",
      ])
  }

  @Test("a cost that is 0 or missing is unknown, and is taken from the session's days if those are mirrored")
  func unknownCost() async throws {
    try session("zero", acus: 0)
    try session("none", acus: nil)
    try session("days", acus: 0)
    try session("known", acus: 2.5)
    for (day, acus) in [(0, 1.0), (1, 0.5)] {
      try put(
        "session_daily_consumption", ["session_id": "days", "org_id": "org", "date": Self.start + day * Self.day],
        "\"acus\":\(acus)")
    }
    #expect(
      try await rows("SELECT session_id, acus FROM session_facts ORDER BY 1") == ["days 1.5", "known 2.5", "none –", "zero –"])
    // 2.5 and 1.5 are known, of four sessions.
    #expect(
      try await rows("SELECT user_id, sessions, sessions_with_known_cost, acus FROM acus_by_user") == ["ada 4 2 4.0"])
  }

  @Test("ACUs by day, user, service user, origin, playbook, tag and repository")
  func breakdowns() async throws {
    try put("org_members", ["org_id": "org", "user_id": "ada"], #""name":"Ada","email":"ada@example.com""#)
    try put("playbooks", ["playbook_id": "p"], #""title":"Upgrade","updated_at":1"#)
    let (api, web) = ("https://github.com/acme/api/pull/1", "https://gitlab.example/acme/tools/web/-/merge_requests/7")
    try session(
      "a", acus: 4, pulls: [(api, "merged"), (web, "open")], more: #""origin":"slack","playbook_id":"p","tags":["x","y","x"]"#)
    try session("b", acus: 0, user: nil, more: #""origin":"slack""#)
    try session("c", at: 1, acus: 1, user: "bot_apk", more: #""origin":"api","service_user_id":"robot""#)
    try put("daily_consumption", ["org_id": "org", "date": Self.start], #""acus":5.5"#)
    try put("daily_consumption", ["org_id": "org", "date": Self.start + 2 * Self.day], #""acus":0"#)
    // The third day was billed and has no session.
    #expect(
      try await rows("SELECT billing_day, billed_acus, acus, sessions, sessions_with_known_cost FROM acus_by_day") == [
        "2026-10-08 5.5 4.0 2 1", "2026-10-09 – 1.0 1 1", "2026-10-10 0.0 – 0 0",
      ])
    #expect(
      try await rows("SELECT user_id, name, sessions, acus, merged_pull_requests FROM acus_by_user ORDER BY user_id") == [
        "– – 1 – 0", "ada Ada 1 4.0 1",
      ])
    #expect(try await rows("SELECT service_user_id, sessions, acus FROM acus_by_service_user") == ["robot 1 1.0"])
    #expect(
      try await rows("SELECT origin, sum(sessions), sum(acus) FROM acus_by_origin GROUP BY 1") == ["api 1 1.0", "slack 2 4.0"])
    #expect(
      try await rows("SELECT title, sum(sessions), sum(acus) FROM acus_by_playbook GROUP BY 1") == ["– 2 1.0", "Upgrade 1 4.0"])
    #expect(
      try await rows("SELECT tag, sum(sessions), sum(acus) FROM acus_by_tag GROUP BY 1") == ["– 2 1.0", "x 1 4.0", "y 1 4.0"])
    #expect(
      try await rows("SELECT host, repository, sum(acus), sum(merged_pull_requests) FROM acus_by_repository GROUP BY 1, 2") == [
        "– – 1.0 0", "github.com acme/api 4.0 1", "gitlab.example acme/tools/web 4.0 0",
      ])
  }

  @Test("a pull request counts once, with the furthest state in any session")
  func pullRequests() async throws {
    let host = "https://github.com/acme/api/pull"
    try session("first", at: 0, pulls: [("\(host)/1", "open"), ("\(host)/2", nil), ("\(host)/3", "closed")])
    try session("second", at: 1, pulls: [("\(host)/1", "Merged"), ("\(host)/4", "strange"), ("no address", "open")])
    #expect(
      try await rows(
        "SELECT pr_url, outcome, repository, sessions, billing_day, first_session_id FROM pull_request_outcomes ORDER BY 1") == [
          "\(host)/1 merged acme/api 2 2026-10-08 first", "\(host)/2 unknown acme/api 1 2026-10-08 first",
          "\(host)/3 closed acme/api 1 2026-10-08 first", "\(host)/4 unknown acme/api 1 2026-10-09 second",
          "no address open – 1 2026-10-09 second",
        ])
  }

  @Test("cost per merged pull request, by both denominators, over sessions whose cost is known")
  func costPerMerge() async throws {
    let host = "https://github.com/acme/api/pull"
    try session("a", acus: 6, pulls: [("\(host)/1", "merged"), ("\(host)/2", "merged")])
    try session("b", acus: 3, pulls: [("\(host)/1", "merged")])
    try session("c", acus: 9)
    try session("d", acus: 0, pulls: [("\(host)/3", "merged")])
    try session("november", at: 24, acus: 5)
    // October: 4 sessions, 3 known, 18 ACUs; 3 merged, of them 2 in sessions with known cost (1 and 2). 18 / 2 = 9, and of the
    // sessions with a merge (6 + 3) / 2 = 4.5. November has no merge, so no cost of one.
    #expect(
      try await rows(
        """
        SELECT month, sessions, sessions_with_known_cost, known_share, sessions_with_merge, acus, acus_of_sessions_with_merge,
          merged_pull_requests, acus_per_merge, acus_per_merge_of_merging_sessions FROM cost_per_merge
        """) == ["2026-10 4 3 0.75 3 18.0 9.0 3 9.0 4.5", "2026-11 1 1 1.0 0 5.0 – 0 – –"])
  }

  @Test("families: the cost of a session with all of its descendants, whichever side reports the relation")
  func families() async throws {
    let url = "https://github.com/acme/api/pull/1"
    try session("root", acus: 1, pulls: [(url, "open")], more: #""child_session_ids":["devin-told"]"#)
    try session("child", acus: 2, pulls: [(url, "merged")], more: #""parent_session_id":"devin-root""#)
    try session("grandchild", acus: 0, more: #""parent_session_id":"child""#)
    try session("told", acus: 4)
    try session("orphan", acus: 8, more: #""parent_session_id":"gone""#)
    try session("itself", acus: 16, more: #""parent_session_id":"itself""#)
    #expect(
      try await rows(
        """
        SELECT root_session_id, sessions, depth, sessions_with_known_cost, acus, own_acus, pull_requests, merged_pull_requests
        FROM session_families ORDER BY 1
        """) == ["itself 1 0 1 16.0 16.0 0 0", "orphan 1 0 1 8.0 8.0 0 0", "root 4 2 3 7.0 1.0 1 1"])
  }

  @Test("waiting for people is the time from Devin's message to theirs, and continues until somebody has answered")
  func waits() async throws {
    try session("talk", more: #""status":"running","status_detail":"waiting_for_user""#)
    try message("talk", "1", by: "user", at: 0)
    try message("talk", "2", by: "devin", at: 60)
    try message("talk", "3", by: "devin", at: 100)
    try message("talk", "4", by: "user", at: 3_700)
    try message("talk", "5", by: "user", at: 3_800)
    try message("talk", "6", by: "devin", at: 9 * Self.day)
    try session("done", user: "bob")
    try message("done", "1", by: "user", at: 0)
    try message("done", "2", by: "devin", at: 60)
    // From 100 to 3700 is one hour; the last wait is from day 9 to the mirror's moment, day 10. A session that has ended waits for nobody.
    #expect(
      try await rows("SELECT session_id, seconds, waited_to IS NULL FROM waits_for_people ORDER BY waited_from") == [
        "talk 3600 0", "talk 86400 1",
      ])
    #expect(
      try await rows("SELECT user_id, sessions, waits, waiting_now, hours, hours_a_wait, longest_hours FROM waits_by_user") == [
        "ada 1 2 1 25.0 12.5 24.0"
      ])
    #expect(
      try await rows("SELECT reason, hours FROM session_waste") == ["waited a day or longer for people 25.0"])
  }

  @Test("waste: expensive without a merge, out of credits, ended by a limit")
  func waste() async throws {
    for id in ["usual 1", "usual 2", "usual 3"] { try session(id, acus: 2) }
    try session("dear", acus: 14)
    try session("dear but merged", acus: 14, pulls: [("https://github.com/a/b/pull/1", "merged")])
    try session("limit", acus: 0, more: #""status":"suspended","status_detail":"org_usage_limit_exceeded""#)
    try session("credits", acus: 2, more: #""status":"suspended","status_detail":"out_of_credits""#)
    // The average of 2, 2, 2, 14, 14 and 2 is 6, so 12 is expensive; a session with unknown cost is not.
    #expect(
      try await rows("SELECT session_id, reason, acus FROM session_waste ORDER BY 1") == [
        "credits out of credits 2.0", "dear expensive, nothing merged 14.0", "limit ended by a usage limit –",
      ])
  }

  @Test("sessions are compared with what was billed, by day and by cycle")
  func reconciliation() async throws {
    try put("billing_cycles", ["after": Self.start], #""after":\#(Self.start),"before":\#(Self.start + 30 * Self.day)"#)
    try put("daily_consumption", ["org_id": "org", "date": Self.start], #""acus":9,"acus_by_product":{"devin":7,"review":2}"#)
    try put("daily_consumption", ["org_id": "org", "date": Self.start + Self.day], #""acus":3"#)
    try session("a", acus: 6)
    try session("b", acus: 0)
    try session("long", acus: 4)
    for (day, acus) in [(0, 1.0), (1, 3.0)] {
      try put(
        "session_daily_consumption", ["session_id": "long", "org_id": "org", "date": Self.start + day * Self.day],
        "\"acus\":\(acus)")
    }
    // Day one: sessions may have used Devin's 7; a used 6 and the long one 1. Day two: 3 against 3.
    #expect(
      try await rows(
        "SELECT billing_day, billed_acus, billed_devin_acus, session_acus, difference, sessions, sessions_with_unknown_cost FROM acu_reconciliation"
      )
        == [
          "2026-10-08 9.0 7.0 7.0 0.0 3 1", "2026-10-09 3.0 3.0 3.0 0.0 1 0",
        ])
    #expect(
      try await rows(
        "SELECT cycle_start, cycle_is_known, billed_days, billed_acus, billed_devin_acus, session_acus, difference FROM acu_reconciliation_by_cycle"
      )
        == ["2026-10-08 1 2 12.0 10.0 10.0 0.0"])
  }

  @Test("the forecast has an interval from 14 days on, using Student's t")
  func forecastInterval() async throws {
    try put("billing_cycles", ["after": Self.start], #""after":\#(Self.start),"before":\#(Self.start + 14 * Self.day)"#)
    for day in -5..<10 {
      let acus = day % 2 == 0 ? 4.0 : 0.0
      try put("daily_consumption", ["org_id": "org", "date": Self.start + day * Self.day], "\"acus\":\(acus)")
    }
    // 15 days, 7 of them with 4: 28 in all, 20 of them in the cycle, 28/15 a day for 4 days: 20 + 7.4667. Variance (112 − 28²/15) / 14 = 4.2667;
    // (2.326 + 4.25/14) × √4.2667 × √(4 + 16/15) = 12.2262. Less than the 20 spent it cannot become.
    #expect(try await rows("SELECT days_measured, forecast, low, high FROM acu_forecast") == ["15 27.4667 20.0 39.6928"])
  }

  @Test("the forecast continues the measured days, and gives no interval after ten days")
  func forecast() async throws {
    try put("billing_cycles", ["after": Self.start], #""after":\#(Self.start),"before":\#(Self.start + 14 * Self.day)"#)
    try put("acu_limits", ["limit_key": "org:org:"], #""scope":"org","org_id":"org","cycle_acu_limit":100"#)
    // Before day 10: 2, 4 and 0 on every other day, ten days in all; then 1 on the current day.
    for (day, acus) in [(0, 2.0), (1, 4.0), (10, 1.0)] {
      try put("daily_consumption", ["org_id": "org", "date": Self.start + day * Self.day], "\"acus\":\(acus)")
    }
    // 6 in 10 days is 0.6 a day; 4 days are left, this one included: 6 + 2.4 = 8.4.
    // Ten days are too few for an interval.
    #expect(
      try await rows(
        """
        SELECT cycle_start, cycle_end, cycle_is_known, acus_so_far, days_measured, acus_a_day, days_left, forecast, low, high, cycle_acu_limit
        FROM acu_forecast
        """) == ["2026-10-08 2026-10-22 1 7.0 10 0.6 4 8.4 – – 100"])
  }

  @Test("without a billing cycle the month is used, and one day gives no interval")
  func forecastOfMonth() async throws {
    try put("daily_consumption", ["org_id": "org", "date": Self.start + 9 * Self.day], "\"acus\":3")
    // The 18th of October: 14 days are left, 3 + 14 × 3 = 45.
    #expect(
      try await rows("SELECT cycle_start, cycle_end, cycle_is_known, days_measured, days_left, forecast, low FROM acu_forecast")
        == [
          "2026-10-01 2026-11-01 0 1 14 45.0 –"
        ])
  }

  @Test("a playbook's sessions count for the version that was valid when they were created")
  func scoreboard() async throws {
    let (old, new) = (Self.start + Self.day, Self.start + 3 * Self.day)
    try put("playbooks", ["playbook_id": "p"], #""org_id":"org","title":"New","body":"two","updated_at":\#(new)"#)
    try write(
      "INSERT INTO sync_changes (run_id, changed_at, resource, key, change, before) VALUES (1, ?, 'playbooks', 'p', 'changed', ?)",
      [new + 60, #"{"org_id":"org","title":"Old","body":"one","updated_at":\#(old)}"#])
    try put("playbooks", ["playbook_id": "unused"], #""org_id":"org","title":"Unused","updated_at":\#(new)"#)
    let merged = [("https://github.com/a/b/pull/1", Optional("merged"))]
    try session("too early", at: 0.5, acus: 1, more: #""playbook_id":"p""#)
    try session("with the old", at: 1, acus: 2, pulls: merged, more: #""playbook_id":"p""#)
    try session("with the old too", at: 2.9, acus: 0, more: #""playbook_id":"p","status":"error""#)
    try session("with the new", at: 3, acus: 6, more: #""playbook_id":"p","status":"running""#)
    #expect(
      try await rows("SELECT version, title, valid_from, valid_to, body FROM playbook_versions WHERE playbook_id = 'p'") == [
        "1 Old \(old) \(new) one", "2 New \(new) – two",
      ])
    #expect(
      try await rows(
        """
        SELECT title, version, sessions, sessions_over, errors, sessions_with_merge, sessions_with_known_cost, acus, acus_a_session
        FROM playbook_scoreboard ORDER BY title, version
        """) == [
          "New – 1 1 0 0 1 1.0 1.0", "New 2 1 0 0 0 1 6.0 6.0", "Old 1 2 2 1 1 1 2.0 2.0", "Unused 1 0 0 0 0 0 – –",
        ])
  }

  @Test("notes by good and bad use, and those that were never used")
  func notes() async throws {
    for name in ["good", "bad", "never"] { try put("knowledge_notes", ["note_id": name], #""name":"\#(name)","org_id":"org""#) }
    let use = { (note: String) in #"{"note_id":"\#(note)","message":"m","reason":"r"}"# }
    try put(
      "session_insights", ["session_id": "s"],
      #""created_at":5,"analysis":{"note_usage":{"good_usages":[\#(use("good")),\#(use("good"))],"bad_usages":[\#(use("bad"))]}}"#
    )
    try put(
      "session_insights", ["session_id": "t"], #""created_at":7,"analysis":{"note_usage":{"good_usages":[\#(use("bad"))]}}"#)
    try put("session_insights", ["session_id": "u"], #""analysis":{"note_usage":null}"#)
    #expect(
      try await rows("SELECT name, good_usages, bad_usages, sessions, last_used_at FROM note_usefulness ORDER BY name") == [
        "bad 1 1 2 7", "good 2 0 1 5", "never 0 0 0 –",
      ])
  }

  @Test("secrets by age at the mirror's moment, and who changed them last")
  func secrets() async throws {
    try put("users", ["user_id": "bob"], #""name":"Bob""#)
    try put("secrets", ["secret_id": "1", "org_id": "org"], #""key":"NEW","created_at":\#(Self.start),"created_by":"ada""#)
    try put(
      "secrets", ["secret_id": "2", "org_id": "org"],
      #""key":"CHANGED","created_at":1,"created_by":"ada","updated_at":\#(Self.start + 8 * Self.day),"updated_by":"bob""#)
    #expect(
      try await rows("SELECT \"key\", age_days, last_changed_by, last_changed_by_name FROM secret_ages ORDER BY 1") == [
        "CHANGED 2 bob Bob", "NEW 10 ada –",
      ])
  }

  private func schedule(_ id: String, _ frequency: String, last days: Double?, more: String = "") throws {
    let iso = { (days: Double) in
      Date(timeIntervalSince1970: Double(Self.start) + days * Double(Self.day)).formatted(.iso8601)
    }
    try put(
      "schedules", ["scheduled_session_id": id],
      """
      \(more.isEmpty ? "" : more + ",")"org_id":"org","name":"\(id)","frequency":"\(frequency)","enabled":true,"created_at":"\(iso(0))","updated_at":"\(iso(0))",\
      "last_executed_at":\(days.map { "\"\(iso($0))\"" } ?? "null")
      """)
  }

  @Test("schedules that should have run and did not, whatever time zone they use")
  func missedSchedules() async throws {
    // The mirror's moment is Sunday, 18 October, 08:00. A run at noon counts from 14 hours after the last one to 14 before now.
    try schedule("daily, well", "0 12 * * *", last: 9.2)
    // Last on the 13th at 12:48: noon of the 14th to the 17th lie between 02:48 of the 14th and 18:00 of the 17th.
    try schedule("daily, late", "0 12 * * *", last: 5.2)
    try schedule("weekdays, fine over the weekend", "0 9 * * 1-5", last: 8.1)
    try schedule("Fridays by name, never", "30 10 * * FRI", last: nil)
    try schedule("every other day", "0 12 * * *", last: 5.2, more: #""interval_count":2"#)
    try schedule("off", "0 12 * * *", last: nil, more: #""enabled":false"#)
    try schedule("nobody can read this", "0 12 L * *", last: nil)
    try schedule("nor this", "at noon", last: nil)
    try schedule("the 12th or a Tuesday", "0 12 12 * 2", last: nil)
    try schedule("steps", "*/30 8-9,20 10 10 *", last: nil)
    try schedule(
      "once", "", last: nil, more: #""schedule_type":"one_time","scheduled_at":"2026-10-17T00:00:00Z""#)
    try schedule(
      "once, done", "", last: 9, more: #""schedule_type":"one_time","scheduled_at":"2026-10-17T00:00:00Z""#)
    #expect(
      try await rows(
        "SELECT name, missed_runs, datetime(last_due_at, 'unixepoch') FROM missed_schedules ORDER BY name") == [
          "Fridays by name, never 2 2026-10-16 10:30:00",
          "daily, late 4 2026-10-17 12:00:00",
          "every other day 2 2026-10-17 12:00:00",
          "once 1 2026-10-17 00:00:00",
          "steps 6 2026-10-10 20:30:00",
          "the 12th or a Tuesday 2 2026-10-13 12:00:00",
        ])
  }

  @Test("deleted sessions do not count")
  func deleted() async throws {
    try session("gone", acus: 4, pulls: [("https://github.com/a/b/pull/1", "merged")])
    try write("UPDATE sessions SET _deleted_at = 1")
    for view in ["session_facts", "acus_by_user", "pull_request_outcomes", "cost_per_merge", "session_families", "session_waste"]
    {
      #expect(try await rows("SELECT * FROM \(view)").isEmpty, "\(view)")
    }
  }
}
