import HTTPTypes

/// The effect of each fault. It wraps the server, which is not aware of it.
extension Fault {
  enum Effect: Sendable {
    /// Answers the request without the server.
    case instead(@Sendable (Fault, APIRequest) throws -> Response)
    /// The server ignores the filters of the query.
    case ignoringFilters
    /// Changes a list; the text is the cursor of the request.
    case page(@Sendable (Fault, inout Page, String?) throws -> Void)
    /// Changes the first row of a list, if it has one.
    case firstRow(@Sendable (Fault, SandboxResource, inout [UInt8]) -> Void)
    /// Changes the answer.
    case response(@Sendable (Fault, inout Response) -> Void)
  }

  static let effects: [String: Effect] = [
    "status": .instead { try $0.errorResponse($1) },
    "answer": .instead { $0.customResponse($1) },
    "hang": .instead { _, _ in Response(delivery: .never) },
    "reset": .instead { _, _ in Response(delivery: .reset) },
    "html": .instead { try .error(200, "Please log in", path: $1.target.path, .html) },
    "redirect": .instead { fault, _ in .redirect(fault["location"]?.text ?? "/", status: 307) },
    "invalid_cursor": .instead { _, _ in throw Refusal.invalidCursor },
    "ignore_filters": .ignoringFilters,
    "latency": .response { $1.delay = .milliseconds($0["milliseconds"]?.integer ?? 0) },
    "truncate_connection": .response { _, response in response.delivery = .half },
    "truncate_json": .response { _, response in response.body.removeLast((response.body.count + 1) / 2) },
    "repeat_cursor": .page { _, page, sent in page.proceed(.text(sent ?? page.nextCursor?.text)) },
    "empty_cursor": .page { fault, page, _ in page.proceed(fault["value"] ?? .null) },
    "endless_cursor": .page { _, page, sent in try page.proceed(after: sent) },
    "empty_pages": .page { try $1.proceed(after: $2, emptyPages: $0["count"]?.integer ?? 1) },
    "missing_items": .page { _, page, _ in page.replacement = "" },
    "items_not_list": .page { fault, page, _ in
      page.replacement = fault["variant"]?.text == NoList.object.rawValue ? "{\"a\":1,\"b\":{}}" : "7"
    },
    "wrong_total": .page { fault, page, _ in
      page.set("total", .int((page.rest["total"]?.integer ?? page.rows.count) + (fault["delta"]?.integer ?? 1)))
    },
    "poison": .page { fault, page, _ in page.rows.insert(try fault.poison(page), at: min(fault.position, page.rows.count)) },
    "drop_item": .page { fault, page, _ in
      if page.rows.indices.contains(fault.position) { page.rows.remove(at: fault.position) }
    },
    "empty_list": .page { _, page, _ in
      page.rows = []
      page.set("has_next_page", false)
      page.set("end_cursor", nil)
      if page.rest["total"] != .null { page.set("total", 0) }
    },
    "duplicate_row": .page { _, page, _ in page.rows += page.rows.prefix(1) },
    "secret_value": .page { _, page, _ in
      for index in page.rows.indices { page.rows[index].addMember("\"value\":\"hunter2-\(index)\"") }
    },
    "duplicate_key": .firstRow { $2.addMember("\"\($1.textMember ?? "sandbox")\":\"the second of two\"") },
    "lone_surrogate": .firstRow { _, resource, row in row.insertText(Array("\\ud800".utf8), into: resource) },
    "invalid_utf8": .firstRow { _, resource, row in row.insertText([0xc3, 0x28, 0xff], into: resource) },
    "huge_message": .firstRow { fault, resource, row in
      row.insertText([UInt8](repeating: UInt8(ascii: "x"), count: fault["bytes"]?.integer ?? 10_000_000), into: resource)
    },
  ]

  private var position: Int { max(0, self["position"]?.integer ?? 0) }

  /// Answers a request itself, or changes what the server answers.
  ///
  /// - Parameter serve: the server.
  func apply(to request: APIRequest, serve: (_ ignoringFilters: Bool) throws -> Response) throws -> Response {
    if self["acts"] == true { _ = try? serve(false) }
    let effect = Self.effects[kind.rawValue]
    if case .instead(let respond) = effect { return try respond(self, request) }
    if case .ignoringFilters = effect { return try serve(true) }
    var response = try serve(false)
    if var page = response.page {
      if case .page(let change) = effect { try change(self, &page, QueryItems(request.target.rawQuery)["after"]) }
      if case .firstRow(let change) = effect, !page.rows.isEmpty { change(self, page.resource, &page.rows[0]) }
      response.body = try page.rendered()
    }
    if case .response(let change) = effect { change(self, &response) }
    return response
  }

  private func errorResponse(_ request: APIRequest) throws -> Response {
    let phrase = Response.title(status ?? 500)
    let detail = self["echo_key"] == true ? "\(phrase): key \(request.key)" : phrase
    let form = self["body"]?.text.flatMap(ErrorBody.init) ?? .problem
    var response = try Response.error(status ?? 500, detail, path: request.target.path, form)
    if let retryAfter = self["retry_after"]?.text { response.headers.append((.retryAfter, retryAfter)) }
    return response
  }

  private func customResponse(_ request: APIRequest) -> Response {
    func filled(_ text: String) -> String { text.replacing("{key}", with: request.key) }
    let headers = (self["headers"]?.members ?? [:]).compactMap { name, value in
      HTTPField.Name(name).map { ($0, filled(value.text ?? "")) }
    }
    return Response(status: status ?? 200, body: Array(filled(self["body"]?.text ?? "").utf8), headers: headers)
  }

  private func poison(_ page: Page) throws -> [UInt8] {
    let variant = self["variant"]?.text.flatMap(Poison.init)
    switch variant {
    case .text, nil: return Array("\"not an object\"".utf8)
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
  fileprivate mutating func proceed(_ cursor: JSONValue) {
    set("has_next_page", true)
    set("end_cursor", cursor)
  }

  /// A new cursor of the same position.
  ///
  /// - Parameter emptyPages: the number of empty pages before the list continues, once; nil: the rows are repeated.
  fileprivate mutating func proceed(after sent: String?, emptyPages: Int? = nil) throws {
    guard let list = nextCursor?.list else { return }
    var cursor = if let sent { try PageCursor(sent, of: list) } else { PageCursor(list: list) }
    if let emptyPages {
      guard cursor.serial == 0, emptyPages > 0 else { return }
      cursor.emptyPages = emptyPages - 1
      rows = []
    }
    cursor.serial += 1
    proceed(.string(cursor.text))
  }
}

extension [UInt8] {
  /// Appends a member to an object.
  fileprivate mutating func addMember(_ member: String) {
    insert(contentsOf: Array((count > 2 ? "," : "").utf8) + Array(member.utf8), at: count - 1)
  }

  /// Inserts bytes at the beginning of the free text of a row; adds a member if it has none.
  fileprivate mutating func insertText(_ bytes: [UInt8], into resource: SandboxResource) {
    let start = Array("\"\(resource.textMember ?? "")\":\"".utf8)
    if resource.textMember != nil, let range = firstRange(of: start) {
      insert(contentsOf: bytes, at: range.upperBound)
    } else {
      addMember("\"sandbox\":\"\"")
      insert(contentsOf: bytes, at: count - 2)
    }
  }
}
