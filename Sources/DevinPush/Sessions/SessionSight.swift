import DevinModel

/// What the server says of one session.
struct SessionFacts: Hashable, Sendable {
  /// Without the prefix `devin-`.
  let id: String
  /// As it came.
  let body: String
  let url, title, status: String?
  let tags: [String]
  let isArchived: Bool
  /// Nil: the server does not say.
  let createdAt: UnixTime?
  let serviceUser: String?

  /// - Returns: nil: it is no session.
  init?(_ members: [String: JSONValue], body: String) {
    guard let id = members["session_id"]?.text else { return nil }
    self.id = id.hasPrefix("devin-") ? String(id.dropFirst(6)) : id
    self.body = body
    url = members["url"]?.text
    title = members["title"]?.text
    status = members["status"]?.text
    tags = members["tags"]?.list?.compactMap(\.text) ?? []
    isArchived = members["is_archived"] == .bool(true)
    createdAt = if case .integer(let time) = members["created_at"] { UnixTime(reported: time) } else { nil }
    serviceUser = members["service_user_id"]?.text
  }

  init?(_ body: String) {
    guard let members = JSONValue.object(of: body) else { return nil }
    self.init(members, body: body)
  }

  /// Whether it was ended and cannot be resumed.
  var hasEnded: Bool { status == "exit" }
}

/// The result of looking for the session that a request should have created. `none` alone proves nothing: the list may lag, and the server
/// may still carry out the request.
enum SessionSight: Hashable, Sendable {
  case found(SessionFacts)
  case none
  /// Several could be it.
  case several([String])

  var ids: [String] {
    switch self {
    case .found(let facts): [facts.id]
    case .none: []
    case .several(let ids): ids
    }
  }

  private init(_ sessions: [SessionFacts]) {
    self = sessions.count == 1 ? .found(sessions[0]) : sessions.isEmpty ? .none : .several(sessions.map(\.id))
  }

  /// By the tag that nothing but this request has.
  init(marked marker: String, among sessions: [SessionFacts]) {
    self.init(sessions.filter { $0.tags.contains { $0.utf8.elementsEqual(marker.utf8) } })
  }

  /// By its title, among those that began since, that nobody else began, and that no other row has created.
  /// - Parameters:
  ///   - since: by the server's clock.
  ///   - serviceUser: who sent the request; nil: not known.
  init(titled title: String, since: UnixTime, by serviceUser: String?, created: Set<String>, among sessions: [SessionFacts]) {
    self.init(
      sessions.filter { session in
        guard let title = session.title?.utf8.elementsEqual(title.utf8), title, let createdAt = session.createdAt else {
          return false
        }
        let isOfOther = serviceUser != nil && session.serviceUser != nil && session.serviceUser != serviceUser
        return createdAt >= since && !isOfOther && !created.contains(session.id)
      })
  }

  /// Whether it is certain that a request created no session: it was sent long ago, no session has its marker, and the list contains a
  /// session that was created later, so it does not lag.
  /// - Parameters:
  ///   - age: how long ago the request was sent.
  ///   - later: sessions that later requests created.
  ///   - sessions: the complete list since the request.
  static func isProvenMissing(
    marked marker: String, age: Duration, later: Set<String>, among sessions: [SessionFacts]
  ) -> Bool {
    age >= longestRequest && SessionSight(marked: marker, among: sessions) == .none && sessions.contains { later.contains($0.id) }
  }

  /// How long after it was sent no request is still being carried out.
  private static let longestRequest = Duration.seconds(600)
}
