import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore

/// The control plane below `/_sandbox/`, with which a test or a user changes the organization. It needs
/// no key; the server is reachable only from this machine.
extension Sandbox {
  func control(_ method: String, _ target: Target, _ body: [UInt8], _ writer: consuming ResponseWriter) async throws {
    let parts = Array(target.parts.dropFirst())
    if method == "GET", parts.count == 2, parts[0] == "objects", let resource = SandboxResource(rawValue: parts[1]) {
      try await stream(resource, writer)
      return
    }
    var response = Response()
    do {
      let command = "\(method) \(parts.joined(separator: "/"))"
      response.body = try withState { try $0.control(command, QueryItems(target.rawQuery), body) } + [UInt8(ascii: "\n")]
    } catch {
      let control = error as? SandboxControlError
      guard control != nil || error is DecodingError else { throw error }
      response.status = 400
      response.body = try JSONBytes.encode(["error": control?.description ?? "the body is not what is expected: \(error)"])
    }
    response.headers = withState { $0.commonHeaders() }
    try await writer.write(response: response.head, body: ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
  }

  private func stream(_ resource: SandboxResource, _ writer: consuming ResponseWriter) async throws {
    var head = HTTPResponse(status: .ok)
    head.headerFields[.contentType] = "application/x-ndjson"
    for (name, value) in withState({ $0.commonHeaders() }) { head.headerFields[name] = value }
    var body = try await writer.writeHead(head)
    var position: Int? = 0
    while let start = position {
      let lines = try withState { try $0.enterprise.lines(resource, from: start) }
      try await body.write(ByteBuffer(bytes: lines.bytes))
      position = lines.next
    }
    try await body.finish(nil)
  }
}

extension SandboxState {
  /// Carries out a request.
  ///
  /// - Parameter command: the method and the path.
  /// - Returns: the answer, an overview of the sandbox if there is nothing special to say.
  fileprivate mutating func control(_ command: String, _ query: QueryItems, _ body: [UInt8]) throws -> [UInt8] {
    func number(_ name: String) throws -> Int {
      guard let value = query[name].flatMap(Int.init) else { throw SandboxControlError("\(name) is missing") }
      return value
    }
    switch command {
    case "GET ": break
    case "POST news": return try ControlJSON.encode(enterprise.news(steps: query["steps"].flatMap(Int.init) ?? 1))
    case "POST edit":
      let operation = try JSONBytes.decodeObject(body)["op"]
      let edit = try ControlJSON.decode(SandboxEdit.self, body, defaults: SandboxEdit.defaults(operation))
      return try ControlJSON.encode(enterprise.edit(edit))
    case "POST clock": organization.now += try number("advance")
    case "POST permissions": try setPermissions(ControlJSON.decode(JSONValue.self, body))
    case "POST absent": behavior.absent = try ControlJSON.decode([String].self, body)
    case "POST errors":
      guard let family = query["family"].flatMap(SandboxScenario.ErrorFamily.init) else {
        throw SandboxControlError("family is problem or legacy")
      }
      behavior.errors = family
    case "GET writes": return try ControlJSON.encode(behavior.writes)
    case "POST writes":
      let defaults = try JSONBytes.decodeObject(ControlJSON.encode(WriteRules()))
      behavior.writes = try ControlJSON.decode(WriteRules.self, body, defaults: defaults)
      return try ControlJSON.encode(behavior.writes)
    case "POST latency": behavior.latency = .milliseconds(try number("milliseconds"))
    case "POST rate":
      rateLimit = RateLimit(perSecond: try number("per_second"), burst: try number("burst"), retryAfter: query["retry_after"])
    case "DELETE rate": rateLimit = nil
    case "GET faults": return try ControlJSON.encode(behavior.faults)
    case "POST faults":
      let rules = try ControlJSON.decode([FaultRule].self, body, defaults: FaultRule.defaults)
      if let unknown = rules.first(where: { Fault.effects[$0.fault.kind.rawValue] == nil }) {
        throw SandboxControlError("there is no fault \(unknown.fault.kind.rawValue)")
      }
      behavior.faults = rules
      return try ControlJSON.encode(rules)
    case "DELETE faults":
      behavior.faults = []
      return try ControlJSON.encode(behavior.faults)
    case "GET requests": return try ControlJSON.encode(log.requests)
    case "GET requests/count": return try ControlJSON.encode(log.summary)
    case "DELETE requests":
      log = RequestLog()
      return try ControlJSON.encode(log.summary)
    default: throw SandboxControlError("nothing answers \(command.replacing(" ", with: " /_sandbox/", maxReplacements: 1))")
    }
    return try ControlJSON.encode(overview)
  }

  /// For people.
  private var overview: JSONObject {
    [
      "now": .int(organization.now), "organization_id": .string(organization.scenario.organizationID),
      "more_organizations": .texts(organization.scenario.moreOrganizations), "absent": .texts(behavior.absent),
      "sessions": .int(enterprise.sessionCount), "steps": .int(organization.steps),
      "permissions": .texts(behavior.permissions.sorted()), "revoked": .bool(behavior.isKeyRevoked),
      "latency_milliseconds": .int(Int(behavior.latency / .milliseconds(1))), "errors": .string(behavior.errors.rawValue),
      "faults": .int(behavior.faults.count),
    ]
  }

  /// A list replaces the permissions; an object may have `permissions`, `revoked`, or both.
  private mutating func setPermissions(_ value: JSONValue) throws {
    switch value {
    case .array(let names):
      behavior.permissions = Set(names.compactMap(\.text))
      behavior.isKeyRevoked = false
    case .object(let members):
      if let names = members["permissions"] { behavior.permissions = Set(names.elements.compactMap(\.text)) }
      if let flag = members["revoked"]?.flag { behavior.isKeyRevoked = flag }
    default: throw SandboxControlError("permissions are a list of names")
    }
  }
}
