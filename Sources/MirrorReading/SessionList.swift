package import DevinModel

/// Sessions that match some filters, sorted, page by page.
package struct SessionList: Hashable, Sendable {
  /// The sort key; the largest value comes first.
  package enum Order: String, CaseIterable, Hashable, Sendable {
    case created, updated, acus

    /// A value that exists for each session.
    fileprivate var value: String {
      switch self {
      case .created: "coalesce(s.created_at, 0)"
      case .updated: "coalesce(s.updated_at, 0)"
      case .acus: "coalesce(s.acus_consumed, 0)"
      }
    }
  }

  /// Conditions on a session; nil: no condition.
  package struct Filter: Hashable, Sendable {
    package var status: String?
    /// Id, name or email address of the user who started it.
    package var user: String?
    package var origin: String?
    package var category: String?
    package var tag: String?
    package var playbook: String?
    package var organization: String?
    /// Created at or after `since`, and before `until`.
    package var since, until: UnixTime?
    /// Whether it has a pull request that was merged, or any.
    package var pullRequests: PullRequests?

    package enum PullRequests: String, CaseIterable, Hashable, Sendable {
      case any, merged, none
    }

    package init() {}
  }

  /// One session.
  package struct Entry: Hashable, Sendable {
    package let id: String
    package let title, status, detail, startedBy, origin, category, playbook, organization, url: String?
    package let createdAt, updatedAt: UnixTime?
    package let acus: Double?
    package let pullRequests, mergedPullRequests: Int64
    fileprivate let position: MirrorValue
  }

  /// Where a page starts: after a session of the previous page.
  package struct Place: Hashable, Sendable {
    package let value: Double
    package let id: String

    package init(value: Double, id: String) {
      self.value = value
      self.id = id
    }
  }

  package let entries: [Entry]
  /// Whether more sessions match.
  package let hasMore: Bool

  /// - Throws: `MirrorError`; `.unknownOrganization`, `.unknownUser`.
  package init(
    _ filter: Filter, by order: Order = .created, after place: Place? = nil, count: Int, in reader: MirrorReader
  ) async throws {
    if let organization = filter.organization { try await reader.demandOrganization(organization) }
    if let user = filter.user { try await reader.demandUser(user) }
    let created = EngineTime.shown(sql: "s.created_at")
    let rows = try await reader.answer(
      """
      WITH chosen AS MATERIALIZED (
        SELECT s.session_id, \(order.value) AS position FROM sessions AS s
        WHERE s._deleted_at IS NULL AND (:status IS NULL OR s.status = :status) AND (:origin IS NULL OR s.origin = :origin)
          AND (:category IS NULL OR s.category = :category) AND (:org IS NULL OR s.org_id = :org)
          AND (:playbook IS NULL OR s.playbook_id = :playbook) AND \(MirrorSearch.Place.ofUser)
          AND (:tag IS NULL OR EXISTS (SELECT 1 FROM json_each(s._raw, '$.tags') AS tag WHERE lower(tag.value) = lower(:tag)))
          AND (:since IS NULL OR \(created) >= :since) AND (:until IS NULL OR \(created) < :until)
          AND (:merged IS NULL OR :merged = (SELECT coalesce(max(iif(lower(pr.value ->> 'pr_state') = 'merged', 2, 1)), 0)
            FROM json_each(s._raw, '$.pull_requests') AS pr WHERE pr.type = 'object')
            OR (:merged = 1 AND EXISTS (SELECT 1 FROM json_each(s._raw, '$.pull_requests') AS pr WHERE pr.type = 'object')))
          AND (:position IS NULL OR position < :position OR (position = :position AND s.session_id < :id))
        ORDER BY position DESC, s.session_id DESC LIMIT :count)
      SELECT f.session_id, f.title, f.status, f.status_detail, coalesce(p.name, f.service_user_id, f.user_id), f.origin, f.category,
        coalesce(b.title, f.playbook_id), f.org_id, f.url, f.created_at, f.updated_at, f.acus, f.pull_requests, f.merged_pull_requests, c.position
      FROM chosen AS c CROSS JOIN session_facts AS f USING (session_id) LEFT JOIN playbooks AS b ON b.playbook_id = f.playbook_id
        LEFT JOIN people AS p ON p.user_id = coalesce(f.service_user_id, f.user_id)
      ORDER BY c.position DESC, c.session_id DESC
      """,
      [
        "status": Self.value(filter.status), "origin": Self.value(filter.origin), "category": Self.value(filter.category),
        "org": Self.value(filter.organization), "playbook": Self.value(filter.playbook), "user": Self.value(filter.user),
        "tag": Self.value(filter.tag), "since": .time(filter.since),
        "until": .time(filter.until), "merged": filter.pullRequests?.value ?? .null,
        "position": place.map { .real($0.value) } ?? .null, "id": Self.value(place?.id), "count": .integer(Int64(count) + 1),
      ], within: .seconds(20)
    ).rows
    hasMore = rows.count > count
    entries = rows.prefix(count).map(Entry.init)
  }

  /// The start of the next page, after this session.
  package func place(after entry: Entry) -> Place { Place(value: entry.position.real ?? 0, id: entry.id) }

  private static func value(_ text: String?) -> MirrorValue { text.map { .text($0) } ?? .null }
}

extension SessionList.Filter.PullRequests {
  /// The value for the query.
  fileprivate var value: MirrorValue {
    switch self {
    case .none: .integer(0)
    case .any: .integer(1)
    case .merged: .integer(2)
    }
  }
}

extension SessionList.Entry {
  fileprivate init(_ row: [MirrorValue]) {
    id = row[0].text ?? ""
    title = row[1].text
    status = row[2].text
    detail = row[3].text
    startedBy = row[4].text
    origin = row[5].text
    category = row[6].text
    playbook = row[7].text
    organization = row[8].text
    url = row[9].text
    createdAt = row[10].time
    updatedAt = row[11].time
    acus = row[12].real
    pullRequests = row[13].integer ?? 0
    mergedPullRequests = row[14].integer ?? 0
    position = row[15]
  }
}
