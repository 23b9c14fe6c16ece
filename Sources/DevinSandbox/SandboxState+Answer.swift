import HTTPTypes

extension SandboxState {
  private typealias Route = (endpoint: Endpoint, values: [String: String])

  /// Answers a request to the API and notes it in the log.
  ///
  /// - Parameters:
  ///   - authorization: the header of that name; nil: there was none.
  mutating func answer(_ method: String, _ target: Target, authorization: String?) throws -> Answer {
    let route = Endpoint.find(target, betaMoved: organization.scenario.betaMoved)
    let fault = rateLimit?.take() ?? fault(path: target.path, query: target.rawQuery)
    func serve(ignoringFilters: Bool) throws -> Content {
      try content(method, target, route, authorization, ignoringFilters: ignoringFilters)
    }
    var answer: Answer
    do {
      answer =
        try fault?.answer(target, authorization, insteadOf: { try serve(ignoringFilters: $0) })
        ?? serve(ignoringFilters: false).answer()
    } catch let refusal as Refusal { answer = try ErrorAnswer.answer(to: refusal, path: target.path, family: errors) }
    answer.delay += latency
    log.note(
      LoggedRequest(
        method: method, path: target.path, query: target.rawQuery, status: answer.loggedStatus, isAuthorized: authorization != nil
      ), pattern: route?.endpoint.pattern ?? target.pattern)
    for observer in observers.values { observer.yield(log.total) }
    return answer
  }

  /// What a request is answered with where nothing goes wrong.
  private mutating func content(
    _ method: String, _ target: Target, _ route: Route?, _ authorization: String?, ignoringFilters: Bool
  ) throws -> Content {
    if target.parts.first == "_downloads" { return try download(method, target, authorization) }
    let isOfAPI = ["v3", "v3beta1", "opbeta"].contains(target.parts.first)
    guard isOfAPI else { throw Refusal.notFound("Path") }
    guard method == "GET" else { throw Refusal.methodNotAllowed }
    try checkKey(authorization)
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
    return try enterprise.content(
      Enterprise.Call(
        endpoint: route.endpoint, values: route.values, organization: number, query: QueryItems(target.rawQuery),
        ignoresFilters: ignoringFilters, port: port))
  }

  /// The organization that a path names; 0 where it names none.
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

  /// Whether a path was switched off.
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
    guard method == "GET" else { throw Refusal.methodNotAllowed }
    let download = try Download(target, now: organization.now)
    if download.resource == .sessionAttachments { return try content(ofAttachment: download.id) }
    guard let row = try enterprise.rows(download.resource).first(where: { $0.id == download.id }) else {
      throw Refusal.notFound("File")
    }
    return .text(Array((row.object["contents"]?.text ?? row.object["log"]?.text ?? "").utf8))
  }

  private func checkKey(_ authorization: String?) throws(Refusal) {
    guard let authorization else { throw .unauthorized("Not authenticated") }
    let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { throw .unauthorized("Invalid authorization header") }
    guard parts[1] == organization.scenario.key, !isRevoked else { throw .unauthorized("Invalid API key") }
  }
}
