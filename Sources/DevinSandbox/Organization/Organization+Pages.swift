/// What a list request asks for, read off its query.
struct PageRequest: Sendable {
  /// Rows wanted, 1 to 200, or fewer where the endpoint says so.
  var first: Int
  var cursor: PageCursor
  /// The cursor's text as it came; nil on a first page.
  var after: String?

  init(_ query: QueryItems, list: String, most: Int = 200) throws(Refusal) {
    first = try query.integer("first", in: 1...most, default: 100)
    after = query["after"].flatMap { $0.isEmpty ? nil : $0 }
    if let after {
      cursor = try PageCursor(after, of: list)
    } else {
      cursor = PageCursor(list: list, position: .beginning)
    }
  }
}

extension Organization {
  mutating func sessionPage(
    _ resource: SandboxResource, _ request: PageRequest, filter: SessionFilter
  ) -> Page {
    let found = places(filter)
    let start = start(request.cursor, count: found.count) { position in
      guard case .session(let createdAt, let id) = position else { return nil }
      return found.partitioningIndex { place in
        let record = sessions[place]
        return record.facts.createdAt == createdAt
          ? record.id > id : record.facts.createdAt < createdAt
      }
    }
    let range = start..<min(found.count, start + request.first)
    let rows = found[range].map { place in
      resource == .sessionInsights ? sessions[place].insights : sessions[place].bytes
    }
    let last = found[range].last.map { place in
      PageCursor.Position.session(
        createdAt: sessions[place].facts.createdAt, id: sessions[place].id)
    }
    return page(resource, rows, range: range, count: found.count, last: last, request)
  }

  func rowPage(_ resource: SandboxResource, _ list: RowList, _ request: PageRequest) -> Page {
    let start = start(request.cursor, count: list.rows.count) { position in
      guard case .ordinal(let ordinal) = position else { return nil }
      return list.index(after: ordinal)
    }
    let range = start..<min(list.rows.count, start + request.first)
    let last = list.rows[range].last.map { PageCursor.Position.ordinal($0.ordinal) }
    return page(
      resource, list.rows[range].map(\.bytes), range: range, count: list.rows.count, last: last,
      request)
  }

  /// Messages are found by their numbers: there may be far more of them than a page looks at.
  func messagePage(_ place: Int, _ request: PageRequest) -> Page {
    let record = sessions[place]
    let thread = record.thread
    var skip = 0
    var number = 0
    switch request.cursor.position {
    case .ordinal(let last): number = last + 1
    case .offset(let offset): skip = offset
    case .beginning, .session: break
    }
    let offset = skip
    var rows: [[UInt8]] = []
    var last: Int?
    while number < thread.end, rows.count < request.first {
      if thread.isAlive(number) {
        if skip > 0 {
          skip -= 1
        } else {
          rows.append(thread.bytes(number, session: record.id, texts: texts))
          last = number
        }
      }
      number += 1
    }
    while number < thread.end, !thread.isAlive(number) { number += 1 }
    let isLast = number >= thread.end
    let count = offset + rows.count + (isLast ? 0 : 1)
    var page = page(
      .sessionMessages, rows, range: offset..<offset + rows.count, count: count,
      last: last.map(PageCursor.Position.ordinal), request)
    page.total = nil
    return page
  }

  /// Schedules page by limit and offset, in the common envelope.
  func schedulePage(limit: Int, offset: Int) -> Page {
    let start = min(offset, schedules.rows.count)
    let end = min(schedules.rows.count, start + limit)
    return Page(
      resource: .schedules, rows: schedules.rows[start..<end].map(\.bytes),
      hasNextPage: end < schedules.rows.count, total: schedules.rows.count)
  }

  /// Places of the sessions that pass a filter, in the order of the list.
  mutating func places(_ filter: SessionFilter) -> [Int] {
    if filter.isEmpty { return order }
    if !filter.ids.isEmpty {
      return Set(filter.ids.compactMap(place)).filter { filter.admits(sessions[$0].facts) }
        .sorted { comesFirst($0, $1) }
    }
    if let places = found.places(filter, revision: sessionRevision) { return places }
    let lower = filter.createdBefore.map { bound in
      order.partitioningIndex { sessions[$0].facts.createdAt < bound }
    }
    let upper = filter.createdAfter.map { bound in
      order.partitioningIndex { sessions[$0].facts.createdAt < bound }
    }
    let first = lower ?? 0
    let places = order[first..<max(first, upper ?? order.count)].filter {
      filter.admits(sessions[$0].facts)
    }
    found.remember(places, for: filter, revision: sessionRevision)
    return places
  }

  private func start(
    _ cursor: PageCursor, count: Int, byKey: (PageCursor.Position) -> Int?
  ) -> Int {
    switch cursor.position {
    case .beginning: 0
    case .offset(let offset): min(max(0, offset), count)
    case .session, .ordinal: byKey(cursor.position) ?? 0
    }
  }

  func page(
    _ resource: SandboxResource, _ rows: [[UInt8]], range: Range<Int>, count: Int,
    last: PageCursor.Position?, _ request: PageRequest
  ) -> Page {
    if request.cursor.emptyPages > 0 {
      var next = request.cursor
      next.emptyPages -= 1
      return Page(
        resource: resource, rows: [], endCursor: .string(next.text), hasNextPage: true,
        total: count,
        nextCursor: next)
    }
    let position =
      scenario.cursors == .offset ? .offset(range.upperBound) : last ?? request.cursor.position
    let next = PageCursor(list: request.cursor.list, position: position)
    let hasNextPage = range.upperBound < count
    let sendsCursor =
      hasNextPage || (scenario.cursorOnLastPage && !(rows.isEmpty && request.after == nil))
    return Page(
      resource: resource, rows: rows, endCursor: sendsCursor ? .string(next.text) : nil,
      hasNextPage: hasNextPage, total: count, nextCursor: next)
  }
}
