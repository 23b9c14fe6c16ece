/// Something that goes wrong with an answer, on purpose.
package enum Fault: Sendable, Hashable {
  /// The body of an answer that reports an error.
  package enum ErrorBody: String, Sendable, Codable {
    /// Problem details, RFC 9457.
    case problem
    /// `{"detail": "…"}`
    case legacy
    /// A proxy's HTML page.
    case html
    /// A line of text.
    case plain
    /// A list of validation errors in `detail`.
    case validation
    case empty
  }

  /// An item that is no row.
  package enum Poison: String, Sendable, Codable {
    case text, number, null
    case objectWithoutKey = "object_without_key"
    case keyNull = "key_null"
  }

  /// What stands where the list of items should.
  package enum NoList: String, Sendable, Codable { case number, object }

  /// An error answer. `retryAfter`: the header as it stands, seconds or a date. `echoKey`: the
  /// received key is repeated in the detail.
  case status(Int, retryAfter: String? = nil, body: ErrorBody = .problem, echoKey: Bool = false)
  /// An answer of one's own. `{key}` in headers and body stands for the key that was received.
  case answer(status: Int, headers: [String: String] = [:], body: String)
  /// The ordinary answer, later.
  case latency(milliseconds: Int)
  /// No answer until the connection closes.
  case hang
  /// The connection is reset without an answer.
  case reset
  /// Half of the body, then the connection closes: shorter than its Content-Length.
  case truncateConnection
  /// A complete answer whose JSON is cut in the middle.
  case truncateJSON
  /// 200 with an HTML page.
  case html
  /// 307 to somewhere else.
  case redirect(location: String)
  /// 400, as for a cursor that is no longer known.
  case invalidCursor
  /// `end_cursor` is the one that was sent, and there is a next page.
  case repeatCursor
  /// There is a next page, but `end_cursor` is null, or an empty text.
  case emptyCursor(isNull: Bool)
  /// The same items for ever, always with a fresh cursor.
  case endlessCursor
  /// So many empty pages with fresh cursors, then the list goes on.
  case emptyPages(count: Int)
  /// The answer has no `items`.
  case missingItems
  case itemsNotList(NoList)
  /// The filters of the query are ignored.
  case ignoreFilters
  /// `total` is off by so many.
  case wrongTotal(delta: Int)
  /// One more item, which is no row, at this position (at the end when there are fewer).
  case poison(position: Int, Poison)
  /// The first item holds bytes that are not UTF-8.
  case invalidUTF8
  /// The first item holds the escape `\ud800` alone.
  case loneSurrogate
  /// The first item has one member twice.
  case duplicateMember
  /// The first row comes twice.
  case duplicateRow
  /// Rows carry a member `value`, which no list of secrets does.
  case secretValue
  /// The row at this position is left out although it exists.
  case dropItem(position: Int)
  /// A complete page without rows, as of a list that has none, wherever it was asked for.
  case emptyList
  /// The free text of the first item is longer by so many bytes.
  case hugeMessage(bytes: Int)
}

extension Fault: Codable {
  private enum Kind: String, Codable {
    case status, answer, latency, hang, reset, html, redirect, poison
    case truncateConnection = "truncate_connection"
    case truncateJSON = "truncate_json"
    case invalidCursor = "invalid_cursor"
    case repeatCursor = "repeat_cursor"
    case emptyCursor = "empty_cursor"
    case endlessCursor = "endless_cursor"
    case emptyPages = "empty_pages"
    case missingItems = "missing_items"
    case itemsNotList = "items_not_list"
    case ignoreFilters = "ignore_filters"
    case wrongTotal = "wrong_total"
    case invalidUTF8 = "invalid_utf8"
    case loneSurrogate = "lone_surrogate"
    case duplicateMember = "duplicate_key"
    case duplicateRow = "duplicate_row"
    case secretValue = "secret_value"
    case dropItem = "drop_item"
    case emptyList = "empty_list"
    case hugeMessage = "huge_message"
  }

  private enum CodingKeys: String, CodingKey {
    case kind, status, body, milliseconds, location, value, count, variant, delta, position, bytes, headers
    case retryAfter = "retry_after"
    case echoKey = "echo_key"
  }

  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys, default value: Value) throws -> Value {
      try container.decodeIfPresent(Value.self, forKey: key) ?? value
    }
    switch try container.decode(Kind.self, forKey: .kind) {
    case .status:
      self = .status(
        try container.decode(Int.self, forKey: .status),
        retryAfter: try container.decodeIfPresent(String.self, forKey: .retryAfter),
        body: try value(.body, default: .problem), echoKey: try value(.echoKey, default: false))
    case .answer:
      self = .answer(
        status: try value(.status, default: 200), headers: try value(.headers, default: [:]),
        body: try value(.body, default: ""))
    case .latency:
      self = .latency(milliseconds: try container.decode(Int.self, forKey: .milliseconds))
    case .hang: self = .hang
    case .reset: self = .reset
    case .truncateConnection: self = .truncateConnection
    case .truncateJSON: self = .truncateJSON
    case .html: self = .html
    case .redirect: self = .redirect(location: try container.decode(String.self, forKey: .location))
    case .invalidCursor: self = .invalidCursor
    case .repeatCursor: self = .repeatCursor
    case .emptyCursor:
      self = .emptyCursor(isNull: try container.decodeIfPresent(String.self, forKey: .value) == nil)
    case .endlessCursor: self = .endlessCursor
    case .emptyPages: self = .emptyPages(count: try value(.count, default: 1))
    case .missingItems: self = .missingItems
    case .itemsNotList: self = .itemsNotList(try value(.variant, default: .number))
    case .ignoreFilters: self = .ignoreFilters
    case .wrongTotal: self = .wrongTotal(delta: try value(.delta, default: 1))
    case .poison:
      self = .poison(
        position: try value(.position, default: 0), try value(.variant, default: .text))
    case .invalidUTF8: self = .invalidUTF8
    case .loneSurrogate: self = .loneSurrogate
    case .duplicateMember: self = .duplicateMember
    case .duplicateRow: self = .duplicateRow
    case .secretValue: self = .secretValue
    case .dropItem: self = .dropItem(position: try value(.position, default: 0))
    case .emptyList: self = .emptyList
    case .hugeMessage: self = .hugeMessage(bytes: try value(.bytes, default: 10_000_000))
    }
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .status(let status, let retryAfter, let body, let echoKey):
      try container.encode(status, forKey: .status)
      try container.encodeIfPresent(retryAfter, forKey: .retryAfter)
      try container.encode(body, forKey: .body)
      try container.encode(echoKey, forKey: .echoKey)
    case .answer(let status, let headers, let body):
      try container.encode(status, forKey: .status)
      try container.encode(headers, forKey: .headers)
      try container.encode(body, forKey: .body)
    case .latency(let milliseconds): try container.encode(milliseconds, forKey: .milliseconds)
    case .redirect(let location): try container.encode(location, forKey: .location)
    case .emptyCursor(let isNull): if !isNull { try container.encode("", forKey: .value) }
    case .emptyPages(let count): try container.encode(count, forKey: .count)
    case .itemsNotList(let variant): try container.encode(variant, forKey: .variant)
    case .wrongTotal(let delta): try container.encode(delta, forKey: .delta)
    case .poison(let position, let variant):
      try container.encode(position, forKey: .position)
      try container.encode(variant, forKey: .variant)
    case .dropItem(let position): try container.encode(position, forKey: .position)
    case .hugeMessage(let bytes): try container.encode(bytes, forKey: .bytes)
    case .hang, .reset, .truncateConnection, .truncateJSON, .html, .invalidCursor, .repeatCursor,
      .endlessCursor,
      .missingItems, .ignoreFilters, .invalidUTF8, .loneSurrogate, .duplicateMember, .duplicateRow,
      .secretValue, .emptyList:
      break
    }
  }

  private var kind: Kind {
    switch self {
    case .status: .status
    case .answer: .answer
    case .latency: .latency
    case .hang: .hang
    case .reset: .reset
    case .truncateConnection: .truncateConnection
    case .truncateJSON: .truncateJSON
    case .html: .html
    case .redirect: .redirect
    case .invalidCursor: .invalidCursor
    case .repeatCursor: .repeatCursor
    case .emptyCursor: .emptyCursor
    case .endlessCursor: .endlessCursor
    case .emptyPages: .emptyPages
    case .missingItems: .missingItems
    case .itemsNotList: .itemsNotList
    case .ignoreFilters: .ignoreFilters
    case .wrongTotal: .wrongTotal
    case .poison: .poison
    case .invalidUTF8: .invalidUTF8
    case .loneSurrogate: .loneSurrogate
    case .duplicateMember: .duplicateMember
    case .duplicateRow: .duplicateRow
    case .secretValue: .secretValue
    case .dropItem: .dropItem
    case .emptyList: .emptyList
    case .hugeMessage: .hugeMessage
    }
  }
}
