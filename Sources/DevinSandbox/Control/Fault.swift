/// A deliberate error in an answer. `Fault+Befall.swift` implements each of them.
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

  /// An item that is not a row.
  package enum Poison: String, Sendable, Codable {
    case text, number, null
    case objectWithoutKey = "object_without_key"
    case keyNull = "key_null"
  }

  /// What is sent instead of the list of items.
  package enum NoList: String, Sendable, Codable { case number, object }

  /// The members of a control request; a member that is left out has a default if one makes sense.
  package let kind: Kind
  private(set) var status: Int?
  private(set) var retryAfter: String?
  private(set) var echoKey: Bool?
  /// Whether the request is carried out all the same, so that only its answer is lost.
  private(set) var acts: Bool?
  private(set) var headers: [String: String]?
  /// An `ErrorBody`, or the complete text of an answer.
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
  ///   - retryAfter: the value of the header, seconds or a date.
  ///   - echoKey: whether the detail repeats the received key.
  package static func status(_ status: Int, retryAfter: String? = nil, body: ErrorBody = .problem, echoKey: Bool = false) -> Fault
  {
    Fault(.status) {
      ($0.status, $0.retryAfter) = (status, retryAfter)
      $0.body = body == .problem ? nil : body.rawValue
      $0.echoKey = echoKey ? true : nil
    }
  }

  /// A custom answer. `{key}` in headers and body is replaced with the received key.
  package static func answer(status: Int, headers: [String: String] = [:], body: String) -> Fault {
    Fault(.answer) { ($0.status, $0.headers, $0.body) = (status, headers, body) }
  }

  /// The same after the request was carried out: its answer is lost. For faults that do not even look at the request.
  package var afterwards: Fault {
    var fault = self
    fault.acts = true
    return fault
  }

  /// The normal answer, delayed.
  package static func latency(milliseconds: Int) -> Fault { Fault(.latency) { $0.milliseconds = milliseconds } }
  /// No answer until the connection closes.
  package static let hang = Fault(.hang)
  /// The connection is reset without an answer.
  package static let reset = Fault(.reset)
  /// Half of the body, then the connection is closed: shorter than its Content-Length.
  package static let truncateConnection = Fault(.truncateConnection)
  /// A complete answer whose JSON is cut in the middle.
  package static let truncateJSON = Fault(.truncateJSON)
  /// 200 with an HTML page.
  package static let html = Fault(.html)
  /// 307 to somewhere else.
  package static func redirect(location: String) -> Fault { Fault(.redirect) { $0.location = location } }
  /// 400, as for a cursor that has expired.
  package static let invalidCursor = Fault(.invalidCursor)
  /// `end_cursor` is the cursor of the request, and `has_next_page` is true.
  package static let repeatCursor = Fault(.repeatCursor)
  /// `has_next_page` is true, but `end_cursor` is null, or an empty text.
  package static func emptyCursor(isNull: Bool) -> Fault { Fault(.emptyCursor) { $0.value = isNull ? nil : "" } }
  /// The same items forever, always with a new cursor.
  package static let endlessCursor = Fault(.endlessCursor)
  /// This many empty pages with new cursors, then the list continues.
  package static func emptyPages(count: Int) -> Fault { Fault(.emptyPages) { $0.count = count } }
  /// The answer has no `items`.
  package static let missingItems = Fault(.missingItems)
  /// `items` is not a list.
  package static func itemsNotList(_ variant: NoList) -> Fault { Fault(.itemsNotList) { $0.variant = variant.rawValue } }
  /// The filters of the query are ignored.
  package static let ignoreFilters = Fault(.ignoreFilters)
  /// `total` is wrong by this number.
  package static func wrongTotal(delta: Int) -> Fault { Fault(.wrongTotal) { $0.delta = delta } }
  /// An additional item, which is not a row, at this position (at the end if there are fewer items).
  package static func poison(position: Int, _ variant: Poison) -> Fault {
    Fault(.poison) { ($0.position, $0.variant) = (position, variant.rawValue) }
  }
  /// The first item contains bytes that are not UTF-8.
  package static let invalidUTF8 = Fault(.invalidUTF8)
  /// The first item contains the escape `\ud800` alone.
  package static let loneSurrogate = Fault(.loneSurrogate)
  /// The first item contains one member twice.
  package static let duplicateMember = Fault(.duplicateMember)
  /// The first row occurs twice.
  package static let duplicateRow = Fault(.duplicateRow)
  /// Rows contain a member `value`, which a list of secrets never has.
  package static let secretValue = Fault(.secretValue)
  /// The row at this position is omitted although it exists.
  package static func dropItem(position: Int) -> Fault { Fault(.dropItem) { $0.position = position } }
  /// A complete page without rows, as for an empty list, whatever the cursor.
  package static let emptyList = Fault(.emptyList)
  /// The free text of the first item is longer by this many bytes.
  package static func hugeMessage(bytes: Int) -> Fault { Fault(.hugeMessage) { $0.bytes = bytes } }
}
