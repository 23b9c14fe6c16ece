/// Something that goes wrong with an answer, on purpose. `Fault+Befall.swift` says what each does.
package struct Fault: Sendable, Hashable, Codable {
  package enum Kind: String, Sendable, Codable {
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

  /// What the body of a control request says; a member that is left out has a default where one makes sense.
  package let kind: Kind
  private(set) var status: Int?
  private(set) var retryAfter: String?
  private(set) var echoKey: Bool?
  /// Whether the request is carried out all the same, so that only its answer is lost.
  private(set) var acts: Bool?
  private(set) var headers: [String: String]?
  /// An `ErrorBody`, or an answer's own text.
  private(set) var body: String?
  private(set) var location: String?
  private(set) var value: String?
  /// A `Poison` or a `NoList`.
  private(set) var variant: String?
  private(set) var milliseconds: Int?
  private(set) var count: Int?
  private(set) var delta: Int?
  private(set) var position: Int?
  private(set) var bytes: Int?

  private enum CodingKeys: String, CodingKey {
    case kind, status, acts, headers, body, location, value, variant, milliseconds, count, delta, position, bytes
    case retryAfter = "retry_after"
    case echoKey = "echo_key"
  }

  private init(_ kind: Kind, _ set: (inout Fault) -> Void = { _ in }) {
    self.kind = kind
    set(&self)
  }
}

extension Fault {
  /// An error answer.
  ///
  /// - Parameters:
  ///   - retryAfter: the header as it stands, seconds or a date.
  ///   - echoKey: whether the received key is repeated in the detail.
  package static func status(_ status: Int, retryAfter: String? = nil, body: ErrorBody = .problem, echoKey: Bool = false) -> Fault
  {
    Fault(.status) {
      ($0.status, $0.retryAfter) = (status, retryAfter)
      $0.body = body == .problem ? nil : body.rawValue
      $0.echoKey = echoKey ? true : nil
    }
  }

  /// An answer of one's own. `{key}` in headers and body stands for the key that was received.
  package static func answer(status: Int, headers: [String: String] = [:], body: String) -> Fault {
    Fault(.answer) { ($0.status, $0.headers, $0.body) = (status, headers, body) }
  }

  /// The same after the request was carried out: its answer is lost. For faults that do not even look at the request.
  package var afterwards: Fault {
    var fault = self
    fault.acts = true
    return fault
  }

  /// The ordinary answer, later.
  package static func latency(milliseconds: Int) -> Fault { Fault(.latency) { $0.milliseconds = milliseconds } }
  /// No answer until the connection closes.
  package static let hang = Fault(.hang)
  /// The connection is reset without an answer.
  package static let reset = Fault(.reset)
  /// Half of the body, then the connection closes: shorter than its Content-Length.
  package static let truncateConnection = Fault(.truncateConnection)
  /// A complete answer whose JSON is cut in the middle.
  package static let truncateJSON = Fault(.truncateJSON)
  /// 200 with an HTML page.
  package static let html = Fault(.html)
  /// 307 to somewhere else.
  package static func redirect(location: String) -> Fault { Fault(.redirect) { $0.location = location } }
  /// 400, as for a cursor that is no longer known.
  package static let invalidCursor = Fault(.invalidCursor)
  /// `end_cursor` is the one that was sent, and there is a next page.
  package static let repeatCursor = Fault(.repeatCursor)
  /// There is a next page, but `end_cursor` is null, or an empty text.
  package static func emptyCursor(isNull: Bool) -> Fault { Fault(.emptyCursor) { $0.value = isNull ? nil : "" } }
  /// The same items for ever, always with a fresh cursor.
  package static let endlessCursor = Fault(.endlessCursor)
  /// So many empty pages with fresh cursors, then the list goes on.
  package static func emptyPages(count: Int) -> Fault { Fault(.emptyPages) { $0.count = count } }
  /// The answer has no `items`.
  package static let missingItems = Fault(.missingItems)
  /// Something else stands in their place.
  package static func itemsNotList(_ variant: NoList) -> Fault { Fault(.itemsNotList) { $0.variant = variant.rawValue } }
  /// The filters of the query are ignored.
  package static let ignoreFilters = Fault(.ignoreFilters)
  /// `total` is off by so many.
  package static func wrongTotal(delta: Int) -> Fault { Fault(.wrongTotal) { $0.delta = delta } }
  /// One more item, which is no row, at this position (at the end when there are fewer).
  package static func poison(position: Int, _ variant: Poison) -> Fault {
    Fault(.poison) { ($0.position, $0.variant) = (position, variant.rawValue) }
  }
  /// The first item holds bytes that are not UTF-8.
  package static let invalidUTF8 = Fault(.invalidUTF8)
  /// The first item holds the escape `\ud800` alone.
  package static let loneSurrogate = Fault(.loneSurrogate)
  /// The first item has one member twice.
  package static let duplicateMember = Fault(.duplicateMember)
  /// The first row comes twice.
  package static let duplicateRow = Fault(.duplicateRow)
  /// Rows carry a member `value`, which no list of secrets does.
  package static let secretValue = Fault(.secretValue)
  /// The row at this position is left out although it exists.
  package static func dropItem(position: Int) -> Fault { Fault(.dropItem) { $0.position = position } }
  /// A complete page without rows, as of a list that has none, wherever it was asked for.
  package static let emptyList = Fault(.emptyList)
  /// The free text of the first item is longer by so many bytes.
  package static func hugeMessage(bytes: Int) -> Fault { Fault(.hugeMessage) { $0.bytes = bytes } }
}
