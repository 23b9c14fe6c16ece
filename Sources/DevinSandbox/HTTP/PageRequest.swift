/// The parameters of a list request, parsed from its query.
struct PageRequest: Sendable {
  /// The number of rows requested, 1 to 200, or fewer if the endpoint says so.
  let first: Int
  let cursor: PageCursor
  /// The cursor's text as received; nil: the first page.
  let after: String?
  private let scenario: SandboxScenario

  init(_ query: QueryItems, list: String, most: Int = 200, _ scenario: SandboxScenario) throws(Refusal) {
    self.scenario = scenario
    first = try query.integer("first", in: 1...most, default: 100)
    after = query["after"].flatMap { $0.isEmpty ? nil : $0 }
    cursor = if let after { try PageCursor(after, of: list) } else { PageCursor(list: list, position: .beginning) }
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
  ) rethrows -> Page {
    let start =
      switch cursor.position {
      case .beginning: 0
      case .offset(let offset): min(max(0, offset), count)
      case .session, .ordinal: (0..<count).partitioningIndex { position($0).isBehind(cursor.position, isTurned: isTurned) }
      }
    let range = start..<min(count, start + first)
    return page(resource, try range.map(bytes), range: range, count: count, last: range.last.map(position))
  }

  /// The page with these rows, whose indices are `range` among `count`.
  func page(_ resource: SandboxResource, _ rows: [[UInt8]], range: Range<Int>, count: Int, last: PageCursor.Position?) -> Page {
    let total = resource.declaration.hasTotal ? count : nil
    if cursor.emptyPages > 0 {
      var next = cursor
      next.emptyPages -= 1
      return Page(resource: resource, rows: [], endCursor: .string(next.text), hasNextPage: true, total: total, nextCursor: next)
    }
    let position = scenario.cursors == .offset ? .offset(range.upperBound) : last ?? cursor.position
    let next = PageCursor(list: cursor.list, position: position)
    let hasNextPage = range.upperBound < count
    let sendsCursor = hasNextPage || (scenario.cursorOnLastPage && !(rows.isEmpty && after == nil))
    return Page(
      resource: resource, rows: rows, endCursor: sendsCursor ? .string(next.text) : nil, hasNextPage: hasNextPage, total: total,
      nextCursor: next)
  }
}

extension PageCursor.Position {
  /// Whether a row comes after another one of the same list.
  fileprivate func isBehind(_ other: Self, isTurned: Bool) -> Bool {
    switch (self, other) {
    case (.ordinal(let own), .ordinal(let other)): own > other
    case (.session(let createdAt, let id), .session(let otherCreatedAt, let otherID)):
      createdAt == otherCreatedAt ? (isTurned ? id < otherID : id > otherID) : (createdAt < otherCreatedAt) != isTurned
    default: true
    }
  }
}
