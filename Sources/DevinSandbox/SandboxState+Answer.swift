import HTTPTypes

extension SandboxState {
  /// Answers a request to the API and notes it in the log.
  ///
  /// - Parameters:
  ///   - authorization: the header of that name; nil: there was none.
  mutating func answer(_ method: String, _ target: Target, authorization: String?) throws -> Answer {
    let route = target.parts.first == "v3" ? Route(target.parts.dropFirst()) : nil
    let fault = fault(path: target.path, query: target.rawQuery)
    var answer = try answer(method, target, route, authorization, fault)
    answer.delay += latency
    log.note(
      LoggedRequest(
        method: method, path: target.path, query: target.rawQuery, status: answer.loggedStatus,
        isAuthorized: authorization != nil),
      pattern: route?.pattern ?? target.pattern)
    for observer in observers.values { observer.yield(log.total) }
    return answer
  }

  private mutating func answer(
    _ method: String, _ target: Target, _ route: Route?, _ authorization: String?, _ fault: Fault?
  ) throws -> Answer {
    do {
      if let early = try fault?.answerBeforeAll(path: target.path, authorization: authorization) {
        return early
      }
      let content = try content(method, target, route, authorization, fault)
      return try (fault?.befall(content, query: QueryItems(target.rawQuery)) ?? content.answer())
    } catch let refusal as Refusal {
      return try ErrorAnswer.answer(to: refusal, path: target.path, family: errors)
    }
  }

  private mutating func content(
    _ method: String, _ target: Target, _ route: Route?, _ authorization: String?, _ fault: Fault?
  ) throws -> Content {
    guard target.parts.first == "v3" else { throw Refusal.notFound("Path") }
    guard method == "GET" else { throw Refusal.methodNotAllowed }
    try checkKey(authorization)
    guard let route else { throw Refusal.notFound("Path") }
    if route != .credential, target.parts[2] != organization.scenario.organizationID {
      throw Refusal.foreignOrganization
    }
    guard permissions.contains(route.permission) else {
      throw Refusal.missingPermission(route.permission)
    }
    return try organization.content(
      of: route, QueryItems(target.rawQuery), ignoringFilters: fault == .ignoreFilters)
  }

  private func checkKey(_ authorization: String?) throws(Refusal) {
    guard let authorization else { throw .unauthorized("Not authenticated") }
    let parts = authorization.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else {
      throw .unauthorized("Invalid authorization header")
    }
    guard parts[1] == organization.scenario.key, !isRevoked else {
      throw .unauthorized("Invalid API key")
    }
  }
}

extension Content {
  func answer() throws -> Answer {
    switch self {
    case .page(let page): Answer(body: try page.rendered())
    case .object(let bytes): Answer(body: bytes)
    }
  }
}
