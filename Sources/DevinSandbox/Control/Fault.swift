/// A deliberate error in an answer. `Fault+Effects.swift` implements each of them.
package struct Fault: Sendable, Hashable, Codable {
  /// The name of a fault in control requests and in the table of effects.
  package struct Kind: RawRepresentable, Hashable, Sendable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let loneSurrogate = Self(rawValue: "lone_surrogate")
    package static let duplicateMember = Self(rawValue: "duplicate_key")
    package static let hugeMessage = Self(rawValue: "huge_message")
  }

  /// The body of an answer that reports an error.
  package enum ErrorBody: String, Sendable {
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
  package enum Poison: String, Sendable {
    case text, number, null
    case objectWithoutKey = "object_without_key"
    case keyNull = "key_null"
  }

  /// What is sent instead of the list of items.
  package enum NoList: String, Sendable { case number, object }

  /// As in a control request: `kind`, which is the name in the table of effects, and what that effect needs. A member that is left
  /// out has a default if one makes sense.
  private var members: JSONObject

  private init(_ kind: String, _ members: [String: JSONValue?] = [:]) {
    self.members = members.compactMapValues(\.self).merging(["kind": .string(kind)]) { $1 }
  }

  package init(from decoder: any Decoder) throws { members = try decoder.singleValueContainer().decode(JSONObject.self) }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(members)
  }

  subscript(name: String) -> JSONValue? { members[name] }

  package var kind: Kind { Kind(rawValue: members["kind"]?.text ?? "") }
  package var status: Int? { members["status"]?.integer }
}

extension Fault {
  /// An error answer.
  ///
  /// - Parameters:
  ///   - retryAfter: the value of the header, seconds or a date.
  ///   - echoKey: whether the detail repeats the received key.
  package static func status(_ status: Int, retryAfter: String? = nil, body: ErrorBody = .problem, echoKey: Bool = false) -> Self
  {
    Self(
      "status",
      [
        "status": .int(status), "retry_after": retryAfter.map(JSONValue.string),
        "body": body == .problem ? nil : .string(body.rawValue), "echo_key": echoKey ? true : nil,
      ])
  }

  /// A custom answer. `{key}` in headers and body is replaced with the received key.
  package static func answer(status: Int, headers: [String: String] = [:], body: String) -> Self {
    Self("answer", ["status": .int(status), "headers": .object(headers.mapValues(JSONValue.string)), "body": .string(body)])
  }

  /// The same after the request was carried out: its answer is lost. For faults that do not even look at the request.
  package var afterwards: Self {
    var fault = self
    fault.members["acts"] = true
    return fault
  }

  /// The normal answer, delayed.
  package static func latency(milliseconds: Int) -> Self { Self("latency", ["milliseconds": .int(milliseconds)]) }
  /// No answer until the connection closes.
  package static let hang = Self("hang")
  /// The connection is reset without an answer.
  package static let reset = Self("reset")
  /// Half of the body, then the connection is closed: shorter than its Content-Length.
  package static let truncateConnection = Self("truncate_connection")
  /// A complete answer whose JSON is cut in the middle.
  package static let truncateJSON = Self("truncate_json")
  /// 200 with an HTML page.
  package static let html = Self("html")
  /// 307 to somewhere else.
  package static func redirect(location: String) -> Self { Self("redirect", ["location": .string(location)]) }
  /// 400, as for a cursor that has expired.
  package static let invalidCursor = Self("invalid_cursor")
  /// `end_cursor` is the cursor of the request, and `has_next_page` is true.
  package static let repeatCursor = Self("repeat_cursor")
  /// `has_next_page` is true, but `end_cursor` is null, or an empty text.
  package static func emptyCursor(isNull: Bool) -> Self { Self("empty_cursor", isNull ? [:] : ["value": ""]) }
  /// The same items forever, always with a new cursor.
  package static let endlessCursor = Self("endless_cursor")
  /// This many empty pages with new cursors, then the list continues.
  package static func emptyPages(count: Int) -> Self { Self("empty_pages", ["count": .int(count)]) }
  /// The answer has no `items`.
  package static let missingItems = Self("missing_items")
  /// `items` is not a list.
  package static func itemsNotList(_ variant: NoList) -> Self { Self("items_not_list", ["variant": .string(variant.rawValue)]) }
  /// The filters of the query are ignored.
  package static let ignoreFilters = Self("ignore_filters")
  /// `total` is wrong by this number.
  package static func wrongTotal(delta: Int) -> Self { Self("wrong_total", ["delta": .int(delta)]) }
  /// An additional item, which is not a row, at this position (at the end if there are fewer items).
  package static func poison(position: Int, _ variant: Poison) -> Self {
    Self("poison", ["position": .int(position), "variant": .string(variant.rawValue)])
  }
  /// The first item contains bytes that are not UTF-8.
  package static let invalidUTF8 = Self("invalid_utf8")
  /// The first item contains the escape `\ud800` alone.
  package static let loneSurrogate = Self("lone_surrogate")
  /// The first item contains one member twice.
  package static let duplicateMember = Self("duplicate_key")
  /// The first row occurs twice.
  package static let duplicateRow = Self("duplicate_row")
  /// Rows contain a member `value`, which a list of secrets never has.
  package static let secretValue = Self("secret_value")
  /// The row at this position is omitted although it exists.
  package static func dropItem(position: Int) -> Self { Self("drop_item", ["position": .int(position)]) }
  /// A complete page without rows, as for an empty list, whatever the cursor.
  package static let emptyList = Self("empty_list")
  /// The free text of the first item is longer by this many bytes.
  package static func hugeMessage(bytes: Int) -> Self { Self("huge_message", ["bytes": .int(bytes)]) }
}
