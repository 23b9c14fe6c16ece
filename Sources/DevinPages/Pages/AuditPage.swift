import DevinModel
import MirrorReading

/// The audit log, one hundred entries per page; the next page begins where this one ends.
struct AuditPage: LocalPage {
  let path = "/audit"
  let link: String? = "Audit log"

  private static let size = 100

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let at = EngineTime.shown(sql: "created_at")
    var conditions = ["_deleted_at IS NULL"]
    var parameters: [String: MirrorReader.Value] = [:]
    let add = { (condition: String, name: String, value: MirrorReader.Value) in
      guard value != .null else { return }
      conditions.append(condition)
      parameters[name] = value
    }
    add("action = :action", "action", target.value("action"))
    add("org_id = :org", "org", target.value("org"))
    add(
      "(user_id = :user OR service_user_id = :user OR lower(user_email) = lower(:user) OR lower(service_user_name) = lower(:user))",
      "user", target.value("user"))
    add("\(at) >= unixepoch(:since)", "since", try target.day("since").map { .text($0) } ?? .null)
    add("\(at) < unixepoch(:until, '+1 day')", "until", try target.day("until").map { .text($0) } ?? .null)
    let filtered = conditions.count
    add("(\(at), audit_log_id) < (CAST(:before AS INTEGER), :id)", "before", target.value("before"))
    if parameters["before"] != nil { parameters["id"] = target.value("id") == .null ? .text("") : target.value("id") }
    let answer = try await site.reader.answer(
      """
      SELECT strftime('%Y-%m-%d %H:%M:%S', \(at), 'unixepoch') AS "time (UTC)", action,
        coalesce(user_email, service_user_name, user_id, service_user_id) AS who, org_id AS organization, substr(data, 1, 300) AS data,
        \(at) AS at, audit_log_id
      FROM audit_logs WHERE \(conditions.joined(separator: " AND ")) ORDER BY at DESC, audit_log_id DESC LIMIT \(Self.size + 1)
      """, parameters)
    let rows = answer.rows.prefix(Self.size)
    let names = ["action", "user", "since", "until", "org"]
    let actions = try await site.reader.answer(
      "SELECT action, count(*) FROM audit_logs WHERE action IS NOT NULL GROUP BY action ORDER BY 2 DESC, 1 LIMIT 200"
    ).rows.map { (value: $0[0].text ?? "", name: "\($0[0].text ?? "") (\($0[1].shown))") }
    var section = PageSection("Entries")
    if rows.isEmpty {
      section.hints =
        actions.isEmpty
        ? [
          "There are no entries mirrored. The audit log needs an enterprise key: run `devin-sync sync audit_logs` with one, and see the page Health."
        ] : ["No entry matches these filters. Remove one, or choose other days."]
    } else {
      section.tables = [
        PageTable(
          "Entries, newest first", answer.columns.dropLast(2).map { $0 },
          rows.map { row in
            row.dropLast(2).enumerated().map { column, value in
              column == 2 ? .init(person: value.text) : .init(value.text)
            }
          }
        ).model
      ]
    }
    var next: [String] = []
    if answer.rows.count > Self.size, let last = rows.last {
      next = [PageTarget.address(path, names.map { ($0, target[$0]) } + [("before", last[5].text), ("id", last[6].text)])]
    }
    return await site.render(
      "sections", on: self, for: target, "Audit log",
      [
        "form": LocalPages.form(
          path,
          [
            .init(label: "Action", name: "action", value: target["action"], options: [("", "any")] + actions),
            .init(label: "User (id, name or email)", name: "user", value: target["user"]),
            .init(label: "From", name: "since", type: "date", value: target["since"]),
            .init(label: "To", name: "until", type: "date", value: target["until"]),
          ], hidden: target.hidden(["org"]),
          reset: filtered > (target["org"] == nil ? 1 : 2) ? PageTarget.address(path, [("org", target["org"])]) : nil),
        "sections": [section.model("entries")], "previous": [String](), "next": next,
      ])
  }
}
