import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore

/// The control plane below `/_sandbox/`, with which a test or a user changes the organization. It needs
/// no key; the server is reachable only from this machine.
extension SandboxServer {
  func control(_ method: String, _ target: Target, _ body: [UInt8], _ writer: consuming ResponseWriter) async throws {
    let parts = Array(target.parts.dropFirst())
    if method == "GET", parts.count == 2, parts[0] == "objects", let resource = SandboxResource(rawValue: parts[1]) {
      try await stream(resource, writer)
      return
    }
    var answer: Answer
    do {
      let json = try command(method, parts, QueryItems(target.rawQuery), body)
      answer = Answer(body: json + [UInt8(ascii: "\n")])
    } catch let error as SandboxControlError {
      answer = Answer(status: 400, body: try JSONBytes.encode(["error": error.description]))
    } catch let error as DecodingError {
      answer = Answer(status: 400, body: try JSONBytes.encode(["error": "the body is not what is expected: \(error)"]))
    }
    answer.headers = commonHeaders()
    try await writer.write(response: answer.head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
  }

  func commonHeaders() -> [(HTTPField.Name, String)] {
    withState { [(.date, $0.dateHeader()), (.requestID, $0.nextRequestID())] }
  }

  private func stream(_ resource: SandboxResource, _ writer: consuming ResponseWriter) async throws {
    var head = HTTPResponse(status: .ok)
    head.headerFields[.contentType] = "application/x-ndjson"
    for (name, value) in commonHeaders() { head.headerFields[name] = value }
    var body = try await writer.writeHead(head)
    var position: Int? = 0
    while let start = position {
      let lines = try withState { try $0.enterprise.lines(resource, from: start) }
      try await body.write(ByteBuffer(bytes: lines.bytes))
      position = lines.next
    }
    try await body.finish(nil)
  }

  private func command(_ method: String, _ parts: [String], _ query: QueryItems, _ body: [UInt8]) throws -> [UInt8] {
    func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value { try JSONDecoder().decode(type, from: Data(body)) }
    func number(_ name: String) throws -> Int {
      guard let value = query[name].flatMap(Int.init) else { throw SandboxControlError("\(name) is missing") }
      return value
    }
    return try withState { state in
      switch (method, parts.joined(separator: "/")) {
      case ("GET", ""): break
      case ("POST", "news"): return try JSONBytes.encode(state.enterprise.news(steps: query["steps"].flatMap(Int.init) ?? 1))
      case ("POST", "edit"): return try JSONBytes.encode(state.enterprise.edit(decoded(SandboxEdit.self)))
      case ("POST", "clock"):
        state.organization.now += try number("advance")
      case ("POST", "permissions"):
        try state.setPermissions(decoded(JSONValue.self))
      case ("POST", "absent"):
        state.absent = try decoded([String].self)
      case ("POST", "errors"):
        guard let family = query["family"].flatMap(SandboxScenario.ErrorFamily.init) else {
          throw SandboxControlError("family is problem or legacy")
        }
        state.errors = family
      case ("GET", "writes"), ("POST", "writes"):
        if method == "POST" { state.rules = try decoded(WriteRules.self) }
        return try JSONBytes.encode(state.rules)
      case ("POST", "latency"):
        state.latency = .milliseconds(try number("milliseconds"))
      case ("POST", "rate"):
        state.rateLimit = RateLimit(
          perSecond: try number("per_second"), burst: try number("burst"), retryAfter: query["retry_after"])
      case ("DELETE", "rate"):
        state.rateLimit = nil
      case ("GET", "faults"), ("POST", "faults"), ("DELETE", "faults"):
        if method != "GET" { state.faults = method == "POST" ? try decoded([FaultRule].self) : [] }
        return try JSONBytes.encode(state.faults)
      case ("GET", "requests"): return try JSONBytes.encode(state.log.requests)
      case ("GET", "requests/count"): return try JSONBytes.encode(state.log.summary)
      case ("DELETE", "requests"):
        state.log = RequestLog()
        return try JSONBytes.encode(state.log.summary)
      default: throw SandboxControlError("nothing answers \(method) /_sandbox/\(parts.joined(separator: "/"))")
      }
      return try JSONBytes.encode(state.summary)
    }
  }
}

extension SandboxState {
  /// An overview of the sandbox, for people.
  fileprivate var summary: [String: JSONValue] {
    [
      "now": .int(organization.now), "organization_id": .string(organization.scenario.organizationID),
      "more_organizations": .texts(organization.scenario.moreOrganizations), "absent": .texts(absent),
      "sessions": .int(enterprise.sessionCount), "steps": .int(organization.steps), "permissions": .texts(permissions.sorted()),
      "revoked": .bool(isRevoked), "latency_milliseconds": .int(Int(latency / .milliseconds(1))),
      "errors": .string(errors.rawValue), "faults": .int(faults.count),
    ]
  }

  /// A list replaces the permissions; an object may have `permissions`, `revoked`, or both.
  fileprivate mutating func setPermissions(_ value: JSONValue) throws {
    switch value {
    case .array(let names):
      permissions = Set(names.compactMap(\.text))
      isRevoked = false
    case .object(let members):
      if let names = members["permissions"] { permissions = Set(names.elements.compactMap(\.text)) }
      if let flag = members["revoked"]?.flag { isRevoked = flag }
    default: throw SandboxControlError("permissions are a list of names")
    }
  }
}

extension RequestLog { var summary: RequestCounts { RequestCounts(total: total, counts: counts, dropped: dropped) } }
