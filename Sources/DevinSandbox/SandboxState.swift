import HTTPTypes

/// The complete mutable state of a running sandbox.
struct SandboxState: Sendable {
  var enterprise: Enterprise
  /// The organization that the key belongs to.
  var organization: Organization {
    _read { yield enterprise.organization }
    _modify { yield &enterprise.organization }
  }
  var behavior: SandboxBehavior
  /// The port of the sandbox; 0: it does not listen yet.
  var port = 0
  /// Nil: no limit.
  var rateLimit: RateLimit?
  /// What readings still show as it was before a write, oldest first.
  var outdated: [Outdated] = []
  var log = RequestLog()
  /// Actions planned while a request waits for its answer; `remaining`: number of requests until then.
  var plans: [(remaining: Int, act: @Sendable () async -> Void)] = []
  /// A function for the body of each API answer, given the requested path; nil: bodies are sent unchanged.
  var rewrite: (@Sendable (_ path: String, _ body: [UInt8]) -> [UInt8])?
  /// Receive the number of logged requests after each one.
  var observers: [Int: AsyncStream<Int>.Continuation] = [:]
  /// Number of requests answered so far, on both sides; used as request id.
  private var responseCount = 0
  /// Real time since the clock started; nil: the clock moves only on request.
  var elapsed: (@Sendable () -> Duration)?
  /// The seconds of `elapsed` that the clock already includes.
  private var counted = 0
  /// The clock as text, cached because it is in every answer.
  private var date = (second: Int.min, text: "")

  init(_ scenario: SandboxScenario) throws {
    enterprise = try Enterprise(scenario)
    behavior = SandboxBehavior(scenario)
  }

  /// Moves the clock by what has passed in real time since the last time, beside what it is moved by news and from outside, and
  /// finishes what was due by now.
  mutating func tick() {
    if let elapsed {
      let seconds = Int(elapsed().components.seconds)
      organization.now += seconds - counted
      counted = seconds
    }
    enterprise.finishAnalyses()
  }

  /// The headers of every answer: the clock and a request id.
  mutating func commonHeaders() -> [(HTTPField.Name, String)] {
    if date.second != organization.now { date = (organization.now, HTTPDate.text(organization.now)) }
    responseCount += 1
    return [(.date, date.text), (.requestID, "req-" + RandomStream.mix(UInt64(responseCount)).hexadecimal)]
  }

  /// Counts an incoming request.
  ///
  /// - Returns: the actions to run before it is answered.
  mutating func arrive() -> [@Sendable () async -> Void] {
    for index in plans.indices { plans[index].remaining -= 1 }
    defer { plans.removeAll { $0.remaining <= 0 } }
    return plans.filter { $0.remaining <= 0 }.map(\.act)
  }

  /// Answers a request to the API and logs it.
  mutating func respond(to request: APIRequest) throws -> Response {
    let target = request.target
    let route = Endpoint.find(request.method, target, betaMoved: organization.scenario.betaMoved)
    let fault = rateLimit?.take() ?? fault(request.method, path: target.path, query: target.rawQuery)
    func serve(ignoringFilters: Bool) throws -> Response {
      var response = try content(request, route, ignoringFilters: ignoringFilters)
      if let page = response.page { response.body = try page.rendered() }
      return response
    }
    var response: Response
    do {
      response = try fault?.apply(to: request, serve: serve) ?? serve(ignoringFilters: false)
    } catch let refusal as Refusal { response = try Response(refusal, path: target.path, family: behavior.errors) }
    response.delay += behavior.latency
    response.headers += commonHeaders()
    if let rewrite, response.status == 200 { response.body = rewrite(target.path, response.body) }
    let logged = LoggedRequest(
      method: request.method, path: target.path, query: target.rawQuery, status: response.loggedStatus,
      isAuthorized: request.authorization != nil)
    log.note(logged, pattern: route?.endpoint.pattern ?? target.pattern)
    for observer in observers.values { observer.yield(log.summary.total) }
    return response
  }

  private mutating func fault(_ method: String, path: String, query: String) -> Fault? {
    behavior.faults.indices.first { behavior.faults[$0].claims(method, path: path, query: query) }.map {
      behavior.faults[$0].fault
    }
  }

  /// The content of the answer if no fault applies.
  private mutating func content(_ request: APIRequest, _ route: Endpoint.Route?, ignoringFilters: Bool) throws -> Response {
    let target = request.target
    if target.parts.first == "_downloads" { return try download(request) }
    guard ["v3", "v3beta1", "opbeta"].contains(target.parts.first) else { throw Refusal.notFound("Path") }
    if route == nil {
      let known = Endpoint.methods(target, betaMoved: organization.scenario.betaMoved)
      guard known.isEmpty else { throw Refusal.methodNotAllowed(known) }
    }
    try checkKey(request)
    let isOfEnterprise = organization.scenario.principal == .enterpriseServiceUser
    guard isOfEnterprise || target.parts.count < 2 || target.parts[1] != "enterprise" else {
      throw Refusal.forbidden("Only service users of the enterprise have access")
    }
    guard let (endpoint, values) = route, !isAbsent(target) else { throw Refusal.notFound("Path") }
    guard let number = values["org_id"].map({ enterprise.number(of: $0) }) ?? 0, number == 0 || isOfEnterprise else {
      throw endpoint.isOfEnterprise
        ? Refusal.notFound("Organization") : .forbidden("You do not have access to this organization")
    }
    if let permission = endpoint.permission, !behavior.permissions.contains(permission) {
      throw Refusal.missingPermission(permission)
    }
    if endpoint.resource == .knowledgeNotes, behavior.writes.moves.contains(.skills) { throw Refusal.notFound("Path") }
    var call = Enterprise.Call(
      endpoint: endpoint, values: values, organization: number, query: QueryItems(target.rawQuery),
      ignoresFilters: ignoringFilters, port: port, request: request, behavior: behavior)
    if request.method != "GET" { call.author = Author(credential: try enterprise.credential()) }
    if let body = endpoint.body { call.given = try request.members(body) }
    return try content(call)
  }

  /// The content, or that of before a write where the rules say that readings lag behind.
  private mutating func content(_ call: Enterprise.Call) throws -> Response {
    guard let resource = call.endpoint.resource else { return try enterprise.response(to: call) }
    let rules = behavior.writes
    if call.endpoint.method == "GET" {
      if var before = Outdated.take(resource, isObject: call.endpoint.isOfOneObject, from: &outdated) {
        return try before.response(to: call)
      }
      return try enterprise.response(to: call)
    }
    let before = rules.staleLists > 0 || rules.staleObjects > 0 ? enterprise : nil
    let content = try enterprise.response(to: call)
    if let before {
      outdated.append(Outdated(resource: resource, enterprise: before, lists: rules.staleLists, objects: rules.staleObjects))
    }
    return content
  }

  /// Whether a path is disabled.
  private func isAbsent(_ target: Target) -> Bool {
    let behind = target.parts.dropFirst(target.parts.count > 3 && target.parts[1] == "organizations" ? 3 : 1)
    return behavior.absent.contains { pattern in
      let parts = pattern.split(separator: "/")
      return [target.parts[...], behind].contains { path in
        path.count == parts.count && zip(parts, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
      }
    }
  }

  private mutating func download(_ request: APIRequest) throws -> Response {
    guard request.authorization == nil else { throw Refusal.badRequest("Only one way to authenticate is allowed") }
    guard request.method == "GET" else { throw Refusal.methodNotAllowed(["GET"]) }
    let download = try Download(request.target, now: organization.now)
    let content =
      download.resource == .sessionAttachments
      ? try enterprise.attachmentContent(download.id)
      : try enterprise.rows(download.resource).first { $0.id == download.id }.map { row in
        Array((row.object["contents"]?.text ?? row.object["log"]?.text ?? "").utf8)
      }
    guard let content else { throw Refusal.notFound("File") }
    return .text(content)
  }

  private func checkKey(_ request: APIRequest) throws(Refusal) {
    guard let authorization = request.authorization else { throw .unauthorized("Not authenticated") }
    let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .unauthorized("Invalid authorization header") }
    let writeKey = organization.scenario.writeKey
    if let writeKey, parts[1] == writeKey { return }
    guard parts[1] == organization.scenario.key, !behavior.isKeyRevoked else { throw .unauthorized("Invalid API key") }
    if writeKey != nil, request.method != "GET" { throw .forbidden("This key may only read") }
  }
}

extension HTTPField.Name { static let requestID = HTTPField.Name(parsed: "x-request-id") ?? .via }
