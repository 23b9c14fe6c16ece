/// The parameters of a list request, parsed from its query.
struct PageRequest: Sendable {
  /// The number of rows requested, 1 to 200, or fewer if the endpoint says so.
  let first: Int
  let cursor: PageCursor
  private let isFirstPage: Bool
  private let scenario: SandboxScenario

  init(_ query: QueryItems, list: String, most: Int = 200, _ scenario: SandboxScenario) throws(Refusal) {
    self.scenario = scenario
    first = try query.integer("first", in: 1...most, default: 100)
    let after = query["after"].flatMap { $0.isEmpty ? nil : $0 }
    isFirstPage = after == nil
    cursor = if let after { try PageCursor(after, of: list) } else { PageCursor(list: list) }
  }

  /// The page of a list of `count` rows.
  ///
  /// - Parameters:
  ///   - position: returns the position in a cursor after the row with this index.
  ///   - isTurned: whether the order of positions is reversed.
  ///   - bytes: returns the row with this index.
  func page(
    _ resource: SandboxResource, count: Int, isTurned: Bool = false, position: (Int) -> PageCursor.Position,
    bytes: (Int) throws -> [UInt8]
  ) rethrows -> Response {
    var page = Page(resource: resource, rows: [], rest: ["total": resource.hasTotal ? .int(count) : nil])
    var next = cursor
    var hasNextPage = true
    if cursor.emptyPages > 0 {
      next.emptyPages -= 1
    } else {
      let start =
        switch cursor.position {
        case .beginning: 0
        case .offset(let offset): min(max(0, offset), count)
        case .newest, .ordinal: (0..<count).partitioningIndex { position($0).isBehind(cursor.position, isTurned: isTurned) }
        }
      let range = start..<min(count, start + first)
      page.rows = try range.map(bytes)
      let place = scenario.cursors == .offset ? .offset(range.upperBound) : range.last.map(position) ?? cursor.position
      next = PageCursor(list: cursor.list, position: place)
      hasNextPage = range.upperBound < count
    }
    let sendsCursor = hasNextPage || (scenario.cursorOnLastPage && !(page.rows.isEmpty && isFirstPage))
    page.rest["has_next_page"] = .bool(hasNextPage)
    page.rest["end_cursor"] = sendsCursor ? .string(next.text) : .null
    page.nextCursor = next
    return Response(page: page)
  }
}

extension PageCursor.Position {
  /// Whether a row comes after another one of the same list.
  fileprivate func isBehind(_ other: Self, isTurned: Bool) -> Bool {
    switch (self, other) {
    case (.ordinal(let own), .ordinal(let other)): own > other
    case (.newest(let createdAt, let id), .newest(let otherCreatedAt, let otherID)):
      createdAt == otherCreatedAt ? (isTurned ? id < otherID : id > otherID) : (createdAt < otherCreatedAt) != isTurned
    default: true
    }
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies a condition that is false for all before it and true for all after.
  func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
