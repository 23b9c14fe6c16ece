import HTTPTypes

extension SandboxState {
  private typealias Route = (endpoint: Endpoint, values: [String: String])

  /// Answers a request to the API and logs it.
  mutating func answer(_ request: APIRequest) throws -> Answer {
    let target = request.target
    let route = Endpoint.find(request.method, target, betaMoved: organization.scenario.betaMoved)
    let fault = rateLimit?.take() ?? fault(request.method, path: target.path, query: target.rawQuery)
    func serve(ignoringFilters: Bool) throws -> Content { try content(request, route, ignoringFilters: ignoringFilters) }
    var answer: Answer
    do {
      answer =
        try fault?.answer(target, request.authorization, insteadOf: { try serve(ignoringFilters: $0) })
        ?? serve(ignoringFilters: false).answer()
    } catch let refusal as Refusal { answer = try ErrorAnswer.answer(to: refusal, path: target.path, family: errors) }
    answer.delay += latency
    log.note(
      LoggedRequest(
        method: request.method, path: target.path, query: target.rawQuery, status: answer.loggedStatus,
        isAuthorized: request.authorization != nil), pattern: route?.endpoint.pattern ?? target.pattern)
    for observer in observers.values { observer.yield(log.total) }
    return answer
  }

  /// The content of the answer if no fault applies.
  private mutating func content(_ request: APIRequest, _ route: Route?, ignoringFilters: Bool) throws -> Content {
    let target = request.target
    if target.parts.first == "_downloads" { return try download(request.method, target, request.authorization) }
    let isOfAPI = ["v3", "v3beta1", "opbeta"].contains(target.parts.first)
    guard isOfAPI else { throw Refusal.notFound("Path") }
    try checkMethod(request, route)
    try checkKey(request)
    let principal = organization.scenario.principal
    if target.parts.count > 1, target.parts[1] == "enterprise", principal != .enterpriseServiceUser {
      throw Refusal.notOfEnterprise
    }
    if let attachment = AttachmentContent(target), !isAbsent(target) { return try content(of: attachment) }
    guard let route, !isAbsent(target) else { throw Refusal.notFound("Path") }
    let number = try number(of: route.values["org_id"], target)
    if let permission = route.endpoint.permission, !permissions.contains(permission) {
      throw Refusal.missingPermission(permission)
    }
    if route.endpoint.resource == .knowledgeNotes, rules.moves.contains(.skills) { throw Refusal.notFound("Path") }
    var call = Enterprise.Call(
      endpoint: route.endpoint, values: route.values, organization: number, query: QueryItems(target.rawQuery),
      ignoresFilters: ignoringFilters, port: port, request: request,
      permissions: permissions, rules: rules)
    if request.method != "GET" { call.author = Author(credential: try JSONBytes.decodeObject(organization.credential)) }
    if let body = route.endpoint.body { call.given = try request.members(body) }
    return try content(call)
  }

  /// The content, or that of before a write where the rules say that readings lag behind.
  private mutating func content(_ call: Enterprise.Call) throws -> Content {
    guard let resource = call.endpoint.resource else { return try enterprise.content(call) }
    guard call.endpoint.method != "GET" else {
      if var before = Outdated.take(resource, isObject: call.endpoint.isOfOneObject, from: &outdated) {
        return try before.content(call)
      }
      return try enterprise.content(call)
    }
    let before = rules.staleLists > 0 || rules.staleObjects > 0 ? enterprise : nil
    let content = try enterprise.content(call)
    if let before {
      outdated.append(Outdated(resource: resource, enterprise: before, lists: rules.staleLists, objects: rules.staleObjects))
    }
    return content
  }

  /// - Throws: a `Refusal` when the path is known, and the method is not.
  private func checkMethod(_ request: APIRequest, _ route: Route?) throws(Refusal) {
    if AttachmentContent(request.target) != nil {
      guard request.method == "GET" else { throw .methodNotAllowed(["GET"]) }
    } else if route == nil {
      let known = Endpoint.methods(request.target, betaMoved: organization.scenario.betaMoved)
      guard known.isEmpty else { throw .methodNotAllowed(known) }
    }
  }

  /// The number of the organization in a path; 0 if there is none.
  ///
  /// - Throws: a `Refusal` when the key has no access to it.
  private func number(of id: String?, _ target: Target) throws(Refusal) -> Int {
    guard let id else { return 0 }
    let isOfEnterprise = organization.scenario.principal == .enterpriseServiceUser
    guard let number = enterprise.number(of: id), number == 0 || isOfEnterprise else {
      throw target.parts[1] == "enterprise" ? .notFound("Organization") : .foreignOrganization
    }
    return number
  }

  /// Whether a path is disabled.
  private func isAbsent(_ target: Target) -> Bool {
    let behind = target.parts.dropFirst(target.parts.count > 3 && target.parts[1] == "organizations" ? 3 : 1)
    return absent.contains { pattern in
      let parts = pattern.split(separator: "/")
      return [target.parts[...], behind].contains { path in
        path.count == parts.count && zip(parts, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
      }
    }
  }

  private mutating func download(_ method: String, _ target: Target, _ authorization: String?) throws -> Content {
    guard authorization == nil else { throw Refusal.keyWithDownload }
    guard method == "GET" else { throw Refusal.methodNotAllowed(["GET"]) }
    let download = try Download(target, now: organization.now)
    if download.resource == .sessionAttachments { return try content(ofAttachment: download.id) }
    guard let row = try enterprise.rows(download.resource).first(where: { $0.id == download.id }) else {
      throw Refusal.notFound("File")
    }
    return .text(Array((row.object["contents"]?.text ?? row.object["log"]?.text ?? "").utf8))
  }

  private func checkKey(_ request: APIRequest) throws(Refusal) {
    guard let authorization = request.authorization else { throw .unauthorized("Not authenticated") }
    let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .unauthorized("Invalid authorization header") }
    let writeKey = organization.scenario.writeKey
    if let writeKey, parts[1] == writeKey { return }
    guard parts[1] == organization.scenario.key, !isRevoked else { throw .unauthorized("Invalid API key") }
    if writeKey != nil, request.method != "GET" { throw .forbidden("This key may only read") }
  }
}
