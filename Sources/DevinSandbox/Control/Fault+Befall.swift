import HTTPTypes

/// What each fault does to an answer.
extension Fault {
  /// The answer of a fault that does not even look at the request.
  func answerBeforeAll(path: String, authorization: String?) throws -> Answer? {
    switch self {
    case .status(let status, let retryAfter, let body, let echoKey):
      let phrase = ErrorAnswer.title(status)
      let detail = echoKey ? "\(phrase): key \(Self.key(authorization))" : phrase
      var answer = try ErrorAnswer.answer(status: status, detail: detail, path: path, body: body)
      if let retryAfter { answer.headers.append((.retryAfter, retryAfter)) }
      return answer
    case .answer(let status, let headers, let body):
      let key = Self.key(authorization)
      var answer = Answer(status: status, body: Array(body.replacing("{key}", with: key).utf8))
      for (name, value) in headers {
        if let name = HTTPField.Name(name) { answer.headers.append((name, value.replacing("{key}", with: key))) }
      }
      return answer
    case .hang, .reset:
      var answer = Answer(body: [])
      answer.delivery = self == .hang ? .never : .reset
      return answer
    case .html:
      return try ErrorAnswer.answer(status: 200, detail: "Please log in", path: path, body: .html)
    case .redirect(let location):
      var answer = Answer(status: 307, body: [])
      answer.headers.append((.location, location))
      return answer
    case .invalidCursor:
      throw Refusal.invalidCursor
    default:
      return nil
    }
  }

  private static func key(_ authorization: String?) -> String {
    authorization?.split(separator: " ").last.map(String.init) ?? ""
  }

  /// What becomes of content that would have been sent.
  func befall(_ content: Content, query: QueryItems) throws -> Answer {
    var content = content
    if case .page(var page) = content {
      try befall(&page, query: query)
      content = .page(page)
    }
    var answer = try content.answer()
    switch self {
    case .latency(let milliseconds): answer.delay = .milliseconds(milliseconds)
    case .truncateConnection: answer.delivery = .half
    case .truncateJSON: answer.body.removeLast((answer.body.count + 1) / 2)
    default: break
    }
    return answer
  }

  private func befall(_ page: inout Page, query: QueryItems) throws {
    let sent = query["after"]
    switch self {
    case .repeatCursor:
      page.hasNextPage = true
      page.endCursor = .text(sent ?? page.nextCursor?.text)
    case .emptyCursor(let isNull):
      page.hasNextPage = true
      page.endCursor = isNull ? nil : ""
    case .endlessCursor:
      guard let list = page.nextCursor?.list else { return }
      var cursor = PageCursor(list: list, position: .beginning)
      if let sent { cursor = try PageCursor(sent, of: list) }
      cursor.serial += 1
      page.hasNextPage = true
      page.endCursor = .string(cursor.text)
    case .emptyPages(let count):
      guard let list = page.nextCursor?.list, count > 0 else { return }
      var cursor = PageCursor(list: list, position: .beginning)
      if let sent { cursor = try PageCursor(sent, of: list) }
      guard cursor.serial == 0 else { return }
      cursor.emptyPages = count - 1
      cursor.serial = 1
      page.rows = []
      page.hasNextPage = true
      page.endCursor = .string(cursor.text)
    case .missingItems: page.items = .missing
    case .itemsNotList(let variant):
      page.items = .other(variant == .number ? "7" : "{\"a\":1,\"b\":{}}")
    case .wrongTotal(let delta): page.total = (page.total ?? page.rows.count) + delta
    case .poison(let position, let variant):
      page.rows.insert(try poison(variant, page), at: min(max(0, position), page.rows.count))
    case .dropItem(let position):
      if page.rows.indices.contains(position) { page.rows.remove(at: position) }
    case .emptyList:
      page.rows = []
      page.hasNextPage = false
      page.endCursor = nil
      page.total = page.total == nil ? nil : 0
    case .duplicateRow:
      if let row = page.rows.first { page.rows.append(row) }
    case .duplicateMember:
      let name = page.resource.textMember ?? "sandbox"
      page.changeFirst { $0.addMember("\"\(name)\":\"the second of two\"") }
    case .secretValue:
      for index in page.rows.indices {
        page.rows[index].addMember("\"value\":\"hunter2-\(index)\"")
      }
    case .loneSurrogate:
      let name = page.resource.textMember
      page.changeFirst { $0.insertText(Array("\\ud800".utf8), into: name) }
    case .invalidUTF8:
      let name = page.resource.textMember
      page.changeFirst { $0.insertText([0xc3, 0x28, 0xff], into: name) }
    case .hugeMessage(let bytes):
      let name = page.resource.textMember
      page.changeFirst {
        $0.insertText([UInt8](repeating: UInt8(ascii: "x"), count: bytes), into: name)
      }
    case .status, .answer, .latency, .hang, .reset, .truncateConnection, .truncateJSON, .html, .redirect,
      .invalidCursor,
      .ignoreFilters:
      break
    }
  }

  private func poison(_ variant: Poison, _ page: Page) throws -> [UInt8] {
    switch variant {
    case .text: return Array("\"not an object\"".utf8)
    case .number: return Array("42".utf8)
    case .null: return Array("null".utf8)
    case .objectWithoutKey, .keyNull:
      var object = try page.rows.first.map(JSONBytes.decodeObject) ?? [:]
      if let key = page.resource.key { object[key] = variant == .keyNull ? .some(.null) : nil }
      return try JSONBytes.encode(object)
    }
  }
}

extension Page {
  fileprivate mutating func changeFirst(_ change: (inout [UInt8]) -> Void) {
    if !rows.isEmpty { change(&rows[0]) }
  }
}

extension [UInt8] {
  /// Puts a member behind the others of an object.
  fileprivate mutating func addMember(_ member: String) {
    insert(contentsOf: Array((count > 2 ? "," : "").utf8) + Array(member.utf8), at: count - 1)
  }

  /// Puts bytes at the beginning of a text member; adds a member where this one is no text.
  fileprivate mutating func insertText(_ bytes: [UInt8], into member: String?) {
    let start = Array("\"\(member ?? "")\":\"".utf8)
    if member != nil, let range = firstRange(of: start) {
      insert(contentsOf: bytes, at: range.upperBound)
    } else {
      addMember("\"sandbox\":\"\"")
      insert(contentsOf: bytes, at: count - 2)
    }
  }
}
