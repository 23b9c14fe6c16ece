/// A change to one object of the organization, or to a share of its sessions.
package struct SandboxEdit: Sendable, Hashable {
  package enum Operation: String, Sendable, Codable {
    case appendMessages = "append_messages"
    case update, delete, restore, create
    case touchShare = "touch_share"
    case analyse
  }

  package var operation: Operation
  package var resource: SandboxResource
  package var id: String?
  /// The session of a message or attachment.
  package var session: String?
  /// Id of the organization; nil: the first one.
  package var organization: String?
  /// For rows of `SandboxResource.further`: the values that come from the list and not from the row, such as `org_id`.
  package var scope: [String: JSONValue] = [:]
  package var set: [String: JSONValue] = [:]
  package var count = 1
  /// 0 to 100.
  package var percent = 0.0
  /// Whether `updated_at` changes: that of the object, or of the session of a message or attachment.
  package var touch = true

  /// The same edit in another organization.
  package func inOrganization(_ organization: String) -> Self {
    var edit = self
    edit.organization = organization
    return edit
  }

  /// Adds a row to one of `SandboxResource.further`: `object` is sent unchanged.
  ///
  /// - Parameter scope: values that come from the list and not from `object`, as in the dump; `org_id` is that of the
  ///   first organization by default.
  package static func insert(_ resource: SandboxResource, scope: [String: JSONValue] = [:], object: [String: JSONValue]) -> Self {
    Self(operation: .create, resource: resource, scope: scope, set: object, touch: false)
  }

  package static func appendMessages(session: String, count: Int = 1, touch: Bool = true) -> Self {
    Self(operation: .appendMessages, resource: .sessionMessages, session: session, count: count, touch: touch)
  }

  /// - Parameters:
  ///   - id: the object's own id; for rows of `SandboxResource.further`, the values of the table's key columns, joined with slashes.
  ///   - session: the session of a message or attachment.
  ///   - set: members to replace or add.
  package static func update(
    _ resource: SandboxResource, _ id: String, session: String? = nil, set: [String: JSONValue], touch: Bool = true
  ) -> Self { Self(operation: .update, resource: resource, id: id, session: session, set: set, touch: touch) }

  /// The object is removed from its list and requests for it return 404; a session is deleted with its messages and attachments.
  package static func delete(_ resource: SandboxResource, _ id: String, session: String? = nil, touch: Bool = true) -> Self {
    Self(operation: .delete, resource: resource, id: id, session: session, touch: touch)
  }

  /// Restores a deleted object unchanged.
  package static func restore(_ resource: SandboxResource, _ id: String, session: String? = nil, touch: Bool = true) -> Self {
    Self(operation: .restore, resource: resource, id: id, session: session, touch: touch)
  }

  /// - Parameter set: members of the new objects that replace the generated ones.
  package static func create(
    _ resource: SandboxResource, session: String? = nil, set: [String: JSONValue] = [:], count: Int = 1, touch: Bool = true
  ) -> Self { Self(operation: .create, resource: resource, session: session, set: set, count: count, touch: touch) }

  /// Edits a share of the sessions, evenly distributed: `updated_at` changes, and each gets a new message.
  package static func touchShare(percent: Double) -> Self {
    Self(operation: .touchShare, resource: .sessions, percent: percent)
  }

  /// Finishes an analysis of the session; `updated_at` changes only on request.
  package static func analyse(session: String, touch: Bool = false) -> Self {
    Self(operation: .analyse, resource: .sessionInsights, id: session, touch: touch)
  }
}

extension SandboxEdit: Decodable {
  /// As JSON decoding in snake case converts the names.
  private enum CodingKeys: String, CodingKey {
    case resource, id, set, count, percent, touch, scope
    case organization = "orgId"
    case operation = "op"
    case session = "sessionId"
  }

  /// The members that a control request may leave out.
  ///
  /// - Parameter operation: that of the request.
  static func defaults(_ operation: JSONValue?) -> JSONObject {
    let resources: [JSONValue: JSONValue] = ["append_messages": "session_messages", "analyse": "session_insights"]
    return [
      "resource": operation.flatMap { resources[$0] } ?? "sessions", "set": [:], "scope": [:], "count": 1, "percent": 1,
      "touch": .bool(operation != "analyse"),
    ]
  }
}

/// The result of an edit.
package struct SandboxEditResult: Sendable, Hashable, Encodable {
  /// How many objects were changed, created or deleted.
  package var changed: Int
  /// Their ids, but not more than 1,000.
  package var ids: [String]

  init(_ ids: [String]) {
    changed = ids.count
    self.ids = Array(ids.prefix(1_000))
  }
}

/// Why an edit, or a request to the control plane, could not be carried out.
package struct SandboxControlError: Error, Hashable, CustomStringConvertible {
  package var description: String

  init(_ description: String) { self.description = description }
}
