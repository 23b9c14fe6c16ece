package import DevinModel

/// Sessions that match a filter, as a table that can be sorted by any column: one part of it, the totals of all that match, and how many there
/// are of each status, origin and user. Derived tables answer it, so that a large mirror needs one pass over narrow rows.
package struct SessionTable: Sendable {
  /// A column by which the table can be sorted.
  package enum Column: String, CaseIterable, Hashable, Sendable {
    case title, status, user, origin, created, updated, acus, requests, merged

    /// SQL for a value that exists for each session `f`.
    fileprivate var value: String {
      switch self {
      case .title: "coalesce(lower(f.title), '')"
      case .status: "coalesce(f.status, '')"
      case .user:
        "coalesce((SELECT lower(p.name) FROM named AS p WHERE p.user_id = \(SessionTable.user)), \(SessionTable.user), '')"
      case .origin: "coalesce(f.origin, '')"
      // A time that is no day comes before all others.
      case .created: "iif(f.billing_day IS NULL, -9000000000000000000, f.created_at)"
      case .updated: "coalesce(f.updated_at, 0)"
      case .acus: "coalesce(f.acus, -1)"
      case .requests: "f.pull_requests"
      case .merged: "f.merged_pull_requests"
      }
    }

    /// Whether the largest value comes first, unless the reader wants it otherwise.
    package var isDescending: Bool {
      switch self {
      case .title, .status, .user, .origin: false
      case .created, .updated, .acus, .requests, .merged: true
      }
    }

    fileprivate func value(_ text: String) -> MirrorValue {
      switch self {
      case .title, .status, .user, .origin: .text(text)
      case .created, .updated, .acus, .requests, .merged: Double(text).map { .real($0) } ?? .null
      }
    }
  }

  /// Conditions on a session; nil: no condition.
  package struct Filter: Hashable, Sendable {
    /// Words of the title, as prefixes.
    package var text: String?
    package var status: String?
    package var origin: String?
    /// Id, name or email address of the user or service user who started it.
    package var user: String?
    /// Id, title, or the title with the id in brackets.
    package var playbook: String?
    package var tag: String?
    /// As in the addresses of its pull requests: `owner/name`, with or without the host.
    package var repository: String?
    package var organization: String?
    /// Billing days such as 2026-11-01, both inclusive.
    package var since, until: String?

    package init() {}
  }

  /// Where a part of the table begins or ends.
  package struct Place: Hashable, Sendable {
    /// The value of the sort column, as text.
    package let value: String
    package let id: String
    /// Whether the part follows this session; otherwise it ends before it.
    package let isAfter: Bool

    package init(value: String, id: String, isAfter: Bool) {
      (self.value, self.id, self.isAfter) = (value, id, isAfter)
    }
  }

  /// One session.
  package struct Row: Hashable, Sendable {
    package let id: String
    package let title, status, detail, userID, origin, url, organization: String?
    package let acus: Double?
    package let pullRequests, merged: Int64
    package let createdAt, updatedAt: UnixTime?
    /// The value of the sort column, as text.
    package let position: String
  }

  /// Sums over sessions.
  package struct Totals: Hashable, Sendable {
    package var sessions: Int64 = 0
    /// The number of sessions whose cost is known.
    package var withCost: Int64 = 0
    package var acus = 0.0
    /// Merged pull requests, each for the first session that lists it, so that none counts twice.
    package var merged: Int64 = 0
  }

  package let rows: [Row]
  package let hasPrevious, hasNext: Bool
  /// The column that sorts the rows: the requested one, unless too many sessions match.
  package let sortedBy: Column
  /// More sessions are not sorted by title.
  package static let mostTitles: Int64 = 20_000
  /// Of all sessions that match.
  package let totals: Totals
  /// The number of sessions by value, the largest first, of all that match the other conditions.
  package let statuses, origins: [(name: String, count: Int64)]
  /// Ids of users and service users who started one of the sessions, sorted.
  package let users: [String]

  /// SQL for the user or service user who started the session `f`.
  private static let user = "coalesce(f.service_user_id, f.user_id)"

  /// - Parameters:
  ///   - column: sorts the table.
  ///   - isDescending: whether the largest value comes first.
  ///   - place: nil: the first part.
  ///   - count: the number of rows of a part.
  /// - Throws: `MirrorError`; `.unknownUser`, `.searchIsOff`.
  package init(
    _ filter: Filter, by column: Column = .created, isDescending: Bool = true, at place: Place? = nil, count: Int,
    in reader: MirrorReader
  ) async throws {
    let query = try await Query(filter, reader)
    let values = try await Self.values(query, reader)
    let counts = try await Self.counts(query, values, reader)
    totals = counts.totals
    (statuses, origins, users) = (counts.statuses, counts.origins, values.users)
    // Titles are part of each object, so reading all of them takes long; other columns are narrow.
    sortedBy = column == .title && totals.sessions > Self.mostTitles ? .created : column
    let isDescending = sortedBy == column ? isDescending : true
    let isBackward = place.map { !$0.isAfter } ?? false
    let found = try await Self.rows(
      query, by: sortedBy, isDescending: isDescending != isBackward, after: place, count: count + 1, reader)
    let shown = found.prefix(count)
    rows = isBackward ? shown.reversed() : Array(shown)
    hasPrevious = isBackward ? found.count > count : place != nil
    hasNext = isBackward ? true : found.count > count
  }

  /// All rows that match, in the order of the table.
  /// - Throws: as the initializer.
  package static func all(
    _ filter: Filter, by column: Column, isDescending: Bool, in reader: MirrorReader
  ) async throws -> [Row] {
    try await rows(
      Query(filter, reader), by: column, isDescending: isDescending, after: nil, count: nil, reader)
  }

  // MARK: Queries

  /// The filter as SQL.
  private struct Query {
    /// Conditions on `f` without those on status, origin and user, and these.
    var conditions = ["1"]
    var chosen: [(name: String, condition: String)] = []
    var parameters: [String: MirrorValue] = [:]

    init(_ filter: Filter, _ reader: MirrorReader) async throws {
      add("f.org_id = :org", "org", filter.organization)
      add("f.billing_day >= :since", "since", filter.since)
      add("f.billing_day <= :until", "until", filter.until)
      add(
        """
        (f.playbook_id = :playbook OR f.playbook_id IN (
          SELECT playbook_id FROM playbooks WHERE :playbook IN (title, title || ' (' || playbook_id || ')')))
        """, "playbook", filter.playbook)
      add("f.session_id IN (SELECT session_id FROM session_tags WHERE tag = :tag)", "tag", filter.tag)
      add(
        "f.session_id IN (SELECT session_id FROM derived_pull_requests WHERE :repository IN (repository, host || '/' || repository))",
        "repository", filter.repository)
      if let text = filter.text {
        guard reader.indexesText else { throw MirrorError.searchIsOff(reader.database) }
        let pattern = text.split(whereSeparator: \.isWhitespace).map { "\"\(String($0).doublingQuotes)\"*" }
        // The second condition is for titles that the full-text index has not come to.
        add(
          """
          f.session_id IN (
            SELECT s.session_id FROM sessions AS s WHERE s.rowid IN (SELECT rowid FROM search_sessions WHERE search_sessions MATCH :pattern)
            UNION ALL SELECT s.session_id FROM sessions AS s
            WHERE s.rowid > (SELECT indexed_to FROM sync_text_indexes WHERE resource = 'sessions') AND instr(lower(s.title), lower(:text)) > 0)
          """, "text", text)
        parameters["pattern"] = .text(pattern.joined(separator: " "))
      }
      choose("coalesce(f.status, '') = :status", "status", filter.status)
      choose("coalesce(f.origin, '') = :origin", "origin", filter.origin)
      guard let user = filter.user else { return }
      try await reader.demandUser(user)
      let known = try await reader.answer(
        "SELECT user_id FROM people WHERE lower(name) = lower(:user) OR lower(email) = lower(:user)", ["user": .text(user)])
      let ids = Set(known.rows.compactMap { $0[0].text } + [user])
      let names = ids.sorted().enumerated().map { index, id in
        parameters["user\(index)"] = .text(id)
        return ":user\(index)"
      }
      chosen.append(("user", "\(SessionTable.user) IN (\(names.joined(separator: ", ")))"))
    }

    /// Conditions that values of status, origin and user do not change.
    var all: String { conditions.joined(separator: " AND ") }

    /// The conditions on status, origin and user, without one of them.
    func chosen(without name: String?) -> String {
      let conditions = chosen.filter { $0.name != name }.map(\.condition)
      return conditions.isEmpty ? "1" : conditions.joined(separator: " AND ")
    }

    /// The parameters that an SQL text names: others would make a kept answer another one.
    func parameters(of sql: String) -> [String: MirrorValue] { parameters.filter { sql.contains(":\($0.key)") } }

    private mutating func add(_ condition: String, _ name: String, _ value: String?) {
      guard let value else { return }
      conditions.append(condition)
      parameters[name] = .text(value)
    }

    private mutating func choose(_ condition: String, _ name: String, _ value: String?) {
      guard let value else { return }
      chosen.append((name, condition))
      parameters[name] = .text(value)
    }
  }

  /// The values that occur. Finding them needs no sorting, which is what makes counting by groups slow.
  private static func values(
    _ query: Query, _ reader: MirrorReader
  ) async throws -> (statuses: [String], origins: [String], users: [String]) {
    let rows = try await reader.answer(
      "SELECT DISTINCT coalesce(f.status, ''), coalesce(f.origin, ''), coalesce(\(user), '') FROM derived_sessions AS f WHERE \(query.all)",
      query.parameters(of: query.all), within: .seconds(30)
    ).rows
    let sorted = { (column: Int) in Set(rows.compactMap { $0[column].text }).filter { !$0.isEmpty }.sorted() }
    return (sorted(0), sorted(1), sorted(2))
  }

  /// Sums and counts of all that match, in one pass without groups.
  private static func counts(
    _ query: Query, _ values: (statuses: [String], origins: [String], users: [String]), _ reader: MirrorReader
  ) async throws -> (totals: Totals, statuses: [(name: String, count: Int64)], origins: [(name: String, count: Int64)]) {
    let (statuses, origins) = (values.statuses.prefix(mostValues), values.origins.prefix(mostValues))
    var parameters = query.parameters
    var columns = ["count(*)", "count(f.acus)", "sum(f.acus)", "sum(f.first_merged_pull_requests)"].map {
      "\($0) FILTER (WHERE \(query.chosen(without: nil)))"
    }
    for (name, column, found) in [("status", "f.status", statuses), ("origin", "f.origin", origins)] {
      for (index, value) in found.enumerated() {
        parameters["\(name)\(index)"] = .text(value)
        columns.append("count(*) FILTER (WHERE \(column) = :\(name)\(index) AND \(query.chosen(without: name)))")
      }
    }
    let sql = "SELECT \(columns.joined(separator: ", ")) FROM session_facts AS f WHERE \(query.all)"
    let row = try await reader.answer(sql, parameters.filter { sql.contains(":\($0.key)") }, within: .seconds(30)).rows[0]
    let totals = Totals(
      sessions: row[0].integer ?? 0, withCost: row[1].integer ?? 0, acus: row[2].real ?? 0, merged: row[3].integer ?? 0)
    func counted(_ names: ArraySlice<String>, from start: Int) -> [(name: String, count: Int64)] {
      names.enumerated().map { (name: $1, count: row[start + $0].integer ?? 0) }.filter { $0.count > 0 }
        .sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
    return (totals, counted(statuses, from: 4), counted(origins, from: 4 + statuses.count))
  }

  /// The most statuses, and the most origins, that are counted.
  private static let mostValues = 24

  private static func rows(
    _ query: Query, by column: Column, isDescending: Bool, after place: Place?, count: Int?, _ reader: MirrorReader
  ) async throws -> [Row] {
    var conditions = query.conditions + query.chosen.map(\.condition)
    var parameters = query.parameters
    parameters["count"] = .integer(count.map { Int64($0) } ?? -1)
    let direction = isDescending ? "DESC" : "ASC"
    // Sorted by day first, for which there is an index, the newest are found without a look at all others.
    let byDay = column == .created ? "f.billing_day \(direction), " : ""
    if let place {
      let sign = isDescending ? "<" : ">"
      let (here, there) =
        column == .created ? ("coalesce(f.billing_day, ''), ", "coalesce(date(:position - 28800, 'unixepoch'), ''), ") : ("", "")
      conditions.append("(\(here)\(column.value), f.session_id) \(sign) (\(there):position, :id)")
      parameters["position"] = column.value(place.value)
      parameters["id"] = .text(place.id)
    }
    return try await reader.answer(
      """
      WITH named AS MATERIALIZED (SELECT user_id, name FROM people),
      chosen AS MATERIALIZED (
        SELECT f.session_id, \(column.value) AS position FROM session_facts AS f WHERE \(conditions.joined(separator: " AND "))
        ORDER BY \(byDay)position \(direction), f.session_id \(direction) LIMIT :count)
      SELECT f.session_id, f.title, f.status, f.status_detail, \(user), f.origin, f.url, f.org_id, f.acus, f.pull_requests, f.merged_pull_requests,
        f.created_at, f.updated_at, c.position
      FROM chosen AS c CROSS JOIN session_facts AS f USING (session_id) ORDER BY c.position \(direction), c.session_id \(direction)
      """, parameters, within: .seconds(30)
    ).rows.map(Row.init)
  }
}

extension SessionTable.Row {
  fileprivate init(_ row: [MirrorValue]) {
    id = row[0].text ?? ""
    title = row[1].text
    status = row[2].text
    detail = row[3].text
    userID = row[4].text
    origin = row[5].text
    url = row[6].text
    organization = row[7].text
    acus = row[8].real
    pullRequests = row[9].integer ?? 0
    merged = row[10].integer ?? 0
    createdAt = row[11].time
    updatedAt = row[12].time
    position = row[13].text ?? ""
  }
}
