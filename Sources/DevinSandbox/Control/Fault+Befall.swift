import HTTPTypes

/// The effect of each fault. It wraps the server, which is not aware of it.
extension Fault {
  /// Answers a request itself, or changes what the server answers.
  ///
  /// - Parameter serve: the server.
  func answer(
    _ target: Target, _ authorization: String?, insteadOf serve: (_ ignoringFilters: Bool) throws -> Content
  ) throws -> Answer {
    if acts == true { _ = try? serve(false) }
    if let early = try answerBeforeAll(path: target.path, authorization: authorization) { return early }
    return try befall(serve(kind == .ignoreFilters), query: QueryItems(target.rawQuery))
  }

  /// The answer of a fault that ignores the request completely.
  private func answerBeforeAll(path: String, authorization: String?) throws -> Answer? {
    let key = authorization?.split(separator: " ").last.map(String.init) ?? ""
    switch kind {
    case .status:
      let status = status ?? 500
      let phrase = ErrorAnswer.title(status)
      var answer = try ErrorAnswer.answer(
        status: status, detail: echoKey == true ? "\(phrase): key \(key)" : phrase, path: path,
        body: body.flatMap(ErrorBody.init) ?? .problem)
      if let retryAfter { answer.headers.append((.retryAfter, retryAfter)) }
      return answer
    case .answer:
      var answer = Answer(status: status ?? 200, body: Array((body ?? "").replacing("{key}", with: key).utf8))
      for (name, value) in headers ?? [:] {
        if let name = HTTPField.Name(name) { answer.headers.append((name, value.replacing("{key}", with: key))) }
      }
      return answer
    case .hang, .reset:
      var answer = Answer(body: [])
      answer.delivery = kind == .hang ? .never : .reset
      return answer
    case .html: return try ErrorAnswer.answer(status: 200, detail: "Please log in", path: path, body: .html)
    case .redirect:
      var answer = Answer(status: 307, body: [])
      answer.headers.append((.location, location ?? "/"))
      return answer
    case .invalidCursor: throw Refusal.invalidCursor
    default: return nil
    }
  }

  /// Applies the fault to content that would have been sent.
  private func befall(_ content: Content, query: QueryItems) throws -> Answer {
    var content = content
    if case .page(var page) = content {
      try befall(&page, query["after"])
      content = .page(page)
    }
    var answer = try content.answer()
    switch kind {
    case .latency: answer.delay = .milliseconds(milliseconds ?? 0)
    case .truncateConnection: answer.delivery = .half
    case .truncateJSON: answer.body.removeLast((answer.body.count + 1) / 2)
    default: break
    }
    return answer
  }

  /// - Parameter sent: the cursor of the request.
  private func befall(_ page: inout Page, _ sent: String?) throws {
    let text = page.resource.textMember
    switch kind {
    case .repeatCursor: page.goOn(.text(sent ?? page.nextCursor?.text))
    case .emptyCursor: page.goOn(.text(value))
    case .endlessCursor, .emptyPages:
      guard let list = page.nextCursor?.list else { return }
      var cursor = if let sent { try PageCursor(sent, of: list) } else { PageCursor(list: list, position: .beginning) }
      if kind == .emptyPages {
        guard cursor.serial == 0, count ?? 1 > 0 else { return }
        cursor.emptyPages = (count ?? 1) - 1
        page.rows = []
      }
      cursor.serial += 1
      page.goOn(.string(cursor.text))
    case .missingItems: page.items = .missing
    case .itemsNotList: page.items = .other(variant == NoList.object.rawValue ? "{\"a\":1,\"b\":{}}" : "7")
    case .wrongTotal: page.total = (page.total ?? page.rows.count) + (delta ?? 1)
    case .poison: page.rows.insert(try poison(page), at: min(max(0, position ?? 0), page.rows.count))
    case .dropItem: if page.rows.indices.contains(position ?? 0) { page.rows.remove(at: position ?? 0) }
    case .emptyList:
      (page.rows, page.hasNextPage, page.endCursor) = ([], false, nil)
      page.total = page.total == nil ? nil : 0
    case .duplicateRow: page.rows += page.rows.prefix(1)
    case .duplicateMember: page.changeFirst { $0.addMember("\"\(text ?? "sandbox")\":\"the second of two\"") }
    case .secretValue: for index in page.rows.indices { page.rows[index].addMember("\"value\":\"hunter2-\(index)\"") }
    case .loneSurrogate: page.changeFirst { $0.insertText(Array("\\ud800".utf8), into: text) }
    case .invalidUTF8: page.changeFirst { $0.insertText([0xc3, 0x28, 0xff], into: text) }
    case .hugeMessage:
      page.changeFirst { $0.insertText([UInt8](repeating: UInt8(ascii: "x"), count: bytes ?? 10_000_000), into: text) }
    case .status, .answer, .latency, .hang, .reset, .truncateConnection, .truncateJSON, .html, .redirect, .invalidCursor,
      .ignoreFilters:
      break
    }
  }

  private func poison(_ page: Page) throws -> [UInt8] {
    switch variant.flatMap(Poison.init) {
    case .text, nil: return Array("\"not an object\"".utf8)
    case .number: return Array("42".utf8)
    case .null: return Array("null".utf8)
    case .objectWithoutKey, .keyNull:
      var object = try page.rows.first.map(JSONBytes.decodeObject) ?? [:]
      if let key = page.resource.key { object[key] = variant == Poison.keyNull.rawValue ? .some(.null) : nil }
      return try JSONBytes.encode(object)
    }
  }
}

extension Page {
  fileprivate mutating func goOn(_ cursor: JSONValue) { (hasNextPage, endCursor) = (true, cursor) }

  fileprivate mutating func changeFirst(_ change: (inout [UInt8]) -> Void) { if !rows.isEmpty { change(&rows[0]) } }
}

extension [UInt8] {
  /// Appends a member to an object.
  fileprivate mutating func addMember(_ member: String) {
    insert(contentsOf: Array((count > 2 ? "," : "").utf8) + Array(member.utf8), at: count - 1)
  }

  /// Inserts bytes at the beginning of a text member; adds a member if this one is not text.
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
