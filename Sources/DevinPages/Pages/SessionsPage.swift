import DevinModel
import MirrorReading

/// Sessions, fifty per page, filtered and sorted. Each page begins or ends at a session, so that none is skipped or shown twice even if new
/// sessions were added.
struct SessionsPage: LocalPage {
  let path = "/sessions"
  let link: String? = "Sessions"

  private static let size = 50
  /// The most names that the picker of users suggests.
  private static let mostNames = 300

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let view = try SessionsView(target)
    let table = try await SessionTable(
      view.filter, by: view.column, isDescending: view.isDescending, at: view.place, count: Self.size, in: site.reader)
    let people = try await site.reader.people()
    let names = table.users.prefix(Self.mostNames).map { people[$0]?.shown ?? $0 }.sorted()
    let fields: [LocalPages.Field] = [
      .init(label: "Title contains", name: "q", value: target["q"]),
      .init(label: "Started by", name: "user", value: target["user"], choices: names),
      .init(label: "From", name: "since", type: "date", value: target["since"]),
      .init(label: "To", name: "until", type: "date", value: target["until"]),
    ]
    let kept = ["status", "origin", "playbook", "tag", "repository", "org", "sort", "order"]
    let facets = [
      facet("Status", "status", table.statuses, view, target), facet("Origin", "origin", table.origins, view, target),
    ]
    let totals = table.totals
    var hints = table.rows.isEmpty ? try await hints(view, in: site) : []
    if table.sortedBy != view.column {
      hints.append(
        "Up to \(SessionTable.mostTitles.grouped) sessions can be sorted by title; these are sorted by creation. Add a filter.")
    }
    return await site.render(
      "sessions", on: self, for: target, "Sessions",
      [
        "form": LocalPages.form(
          path, fields, hidden: target.hidden(kept),
          reset: view.isFiltered ? PageTarget.address(path, [("org", target["org"])]) : nil),
        "facets": facets.filter { ($0["values"] as? [Any])?.isEmpty == false }, "filters": view.removable(target),
        "hasTotals": totals.sessions > 0,
        "totals": [
          "sessions": "\(totals.sessions.grouped) session\(totals.sessions == 1 ? "" : "s")",
          "acus": "\(totals.acus.shown) ACUs, known for \(totals.withCost.grouped)",
          "merged": "\(totals.merged.grouped) merged pull request\(totals.merged == 1 ? "" : "s")",
          "cost": site.rate.map { [$0.shown(totals.acus)] } ?? [String](),
        ] as [String: Any],
        "hints": hints, "tables": table.rows.isEmpty ? [] : [rows(table, view, target, people).model],
        "files": [SessionsFilePage.Kind.csv, .json].map {
          ["name": $0.rawValue.uppercased(), "href": view.address("/sessions.\($0.rawValue)", target)]
        }, "previous": step(table.hasPrevious, table.rows.first, isAfter: false, target),
        "next": step(table.hasNext, table.rows.last, isAfter: true, target),
      ])
  }

  private func rows(
    _ table: SessionTable, _ view: SessionsView, _ target: PageTarget, _ people: [String: Person]
  ) -> PageTable {
    let columns: [(String, SessionTable.Column)] = [
      ("Session", .title), ("Status", .status), ("Started by", .user), ("Origin", .origin), ("Created (UTC)", .created),
      ("Changed (UTC)", .updated), ("ACUs", .acus), ("Pull requests", .requests), ("Merged", .merged),
    ]
    return PageTable(
      "Sessions",
      columns.map { name, column in
        let isHere = column == table.sortedBy
        let isDescending = table.sortedBy == view.column ? view.isDescending : true
        let order = (isHere ? !isDescending : column.isDescending) ? "desc" : "asc"
        return PageTable.Column(
          name, href: view.address(path, target, ["sort": column.rawValue, "order": order]),
          isDescending: isHere ? isDescending : nil)
      },
      table.rows.map { row in
        [
          .init(session: row.id, title: row.title), .init(status: row.status, detail: row.detail),
          .init(person: row.userID.map { people[$0]?.shown ?? $0 }), .init(row.origin), .init(row.createdAt?.minute),
          .init(row.updatedAt?.minute), .init(row.acus?.shown ?? "unknown", isNumber: true),
          .init(row.pullRequests.grouped, isNumber: true), .init(row.merged.grouped, isNumber: true),
        ]
      })
  }

  /// The values of a column with the number of sessions; the chosen one leads back to all.
  private func facet(
    _ name: String, _ parameter: String, _ values: [(name: String, count: Int64)], _ view: SessionsView, _ target: PageTarget
  ) -> [String: Any] {
    // A chosen value stays visible, also where no session has it.
    let missing = target[parameter].map { chosen in values.contains { $0.name == chosen } ? [] : [(name: chosen, count: Int64(0))]
    }
    return [
      "name": name,
      "values": (values.prefix(16) + (missing ?? [])).map { value, count -> [String: Any] in
        let isChosen = target[parameter] == value
        return [
          "name": value, "count": count.grouped, "isChosen": isChosen,
          "href": view.address(path, target, [parameter: isChosen ? nil : value]),
        ]
      },
    ]
  }

  private func step(
    _ exists: Bool, _ row: SessionTable.Row?, isAfter: Bool, _ target: PageTarget
  ) -> [String] {
    guard exists, let row else { return [] }
    let names = isAfter ? ("after", "id") : ("before", "id")
    return [
      PageTarget.address(
        path, SessionsView.names.map { ($0, target[$0]) } + [(names.0, row.position), (names.1, row.id)])
    ]
  }

  /// Why there is nothing, and what to do.
  private func hints(_ view: SessionsView, in site: LocalPages) async throws -> [String] {
    let row = try await site.reader.answer("SELECT count(*), min(billing_day), max(billing_day) FROM derived_sessions").rows[0]
    guard let count = row[0].integer, count > 0 else {
      return ["No sessions are mirrored yet. Run `devin-sync sync` to read them; the page Health says what is missing."]
    }
    let span = "The mirror has \(count.grouped) sessions, created from \(row[1].text ?? "") to \(row[2].text ?? "")."
    return ["No session matches these filters. \(span)", "Remove a filter, or choose other days."]
  }
}

/// What the address of the page says: filter, order, and the part of the table.
struct SessionsView {
  private(set) var filter = SessionTable.Filter()
  let column: SessionTable.Column
  let isDescending: Bool
  let place: SessionTable.Place?

  /// The values that stay from page to page.
  static let names = ["q", "status", "origin", "user", "playbook", "tag", "repository", "since", "until", "org", "sort", "order"]

  init(_ target: PageTarget) throws {
    filter.text = target["q"]
    filter.status = target["status"]
    filter.origin = target["origin"]
    filter.user = target["user"]
    filter.playbook = target["playbook"]
    filter.tag = target["tag"]
    filter.repository = target["repository"]
    filter.organization = target["org"]
    filter.since = try target.day("since")
    filter.until = try target.day("until")
    if let since = filter.since, let until = filter.until, since > until {
      throw MirrorError.emptyPeriod(since: since, until: until)
    }
    column = target["sort"].flatMap(SessionTable.Column.init) ?? .created
    isDescending = target["order"].map { $0 == "desc" } ?? column.isDescending
    let edge = target["after"].map { ($0, true) } ?? target["before"].map { ($0, false) }
    place = edge.map { SessionTable.Place(value: $0.0, id: target["id"] ?? "", isAfter: $0.1) }
  }

  var isFiltered: Bool {
    var all = SessionTable.Filter()
    all.organization = filter.organization
    return filter != all
  }

  /// The same view with changes, from its first part on.
  func address(_ path: String, _ target: PageTarget, _ changes: [String: String?] = [:]) -> String {
    PageTarget.address(path, Self.names.map { name in (name, changes.keys.contains(name) ? changes[name] ?? nil : target[name]) })
  }

  /// Filters that have no field of their own in the form, each with the address without it.
  func removable(_ target: PageTarget) -> [[String: Any]] {
    ["playbook", "tag", "repository"].compactMap { name in
      target[name].map { ["name": name, "value": $0, "href": address("/sessions", target, [name: nil])] }
    }
  }
}

/// The same view as a file, with all rows that match.
struct SessionsFilePage: LocalPage {
  enum Kind: String {
    case csv, json
  }

  let kind: Kind

  init(_ kind: Kind) { self.kind = kind }

  var path: String { "/sessions.\(kind.rawValue)" }

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse {
    let view = try SessionsView(target)
    let people = try await site.reader.people()
    let sessions = try await SessionTable.all(
      view.filter, by: view.column, isDescending: view.isDescending, in: site.reader)
    let columns = [
      "session_id", "title", "status", "status_detail", "started_by", "user_id", "origin", "created_at", "updated_at", "acus",
      "pull_requests", "merged_pull_requests", "org_id", "url",
    ]
    let text = { (value: String?) in value.map { MirrorReader.Value.text($0) } ?? .null }
    let rows = sessions.map { row -> [MirrorReader.Value] in
      [
        .text(row.id), text(row.title), text(row.status), text(row.detail), text(row.userID.map { people[$0]?.shown ?? $0 }),
        text(row.userID), text(row.origin), text(row.createdAt?.iso8601),
        text(row.updatedAt?.iso8601), row.acus.map { .real($0) } ?? .null,
        .integer(row.pullRequests), .integer(row.merged), text(row.organization), text(row.url),
      ]
    }
    return switch kind {
    case .csv:
      PageResponse(contentType: "text/csv; charset=utf-8", body: RowText.csv(columns, rows), fileName: "sessions.csv")
    case .json:
      PageResponse(contentType: "application/json", body: RowText.json(columns, rows), fileName: "sessions.json")
    }
  }
}
