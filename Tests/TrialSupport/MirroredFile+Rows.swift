package import DevinSandbox
import Foundation

extension MirroredFile {
  /// One object, as sent by the server, with the values from its list.
  package struct Line: Hashable, Sendable {
    /// The session's id for a message or an attachment; otherwise the object's own.
    package let id: String
    /// Nil: it does not name one.
    package let organization: String?
    package let text: String

    package static func == (left: Self, right: Self) -> Bool { left.id == right.id && left.text == right.text }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(id)
      hasher.combine(text)
    }
  }

  /// The server's objects of a resource, and the rows of its table that are not deleted.
  package func lines(of resource: SandboxResource, in sandbox: Sandbox) throws -> (served: Set<Line>, mirrored: Set<Line>) {
    let isBelow = resource == .sessionMessages || resource == .sessionAttachments
    let objects = sandbox.objects(resource).map(ServedRow.init)
    let organizations =
      isBelow
      ? Dictionary(
        sandbox.objects(.sessions).map(ServedRow.init).compactMap { row in
          row.member("session_id").map { ($0, row.member("org_id") ?? row.scope["org_id"] ?? "") }
        }
      ) { $1 } : [:]
    let served = objects.map { row in
      let id = isBelow ? row.scope["session_id"] ?? "" : resource.key.flatMap(row.member) ?? ""
      return Line(
        id: id, organization: isBelow ? organizations[id] : row.scope["org_id"] ?? row.member("org_id"), text: row.object)
    }
    let key = isBelow ? "session_id" : resource.key ?? "_raw"
    let hasOrganization = try number("SELECT count(*) FROM pragma_table_xinfo('\(resource.rawValue)') WHERE name = 'org_id'") > 0
    let living = isBelow ? " AND session_id NOT IN (SELECT session_id FROM sessions WHERE _deleted_at IS NOT NULL)" : ""
    let mirrored = try column(
      """
      SELECT json_array("\(key)", \(hasOrganization ? "org_id" : "NULL"), _raw) FROM \(resource.rawValue)
      WHERE _deleted_at IS NULL\(living)
      """
    ).compactMap(Line.init)
    return (Set(served), Set(mirrored))
  }
}

extension MirroredFile.Line {
  /// - Parameter json: id, organization or null, and the object as text.
  fileprivate init?(_ json: String) {
    guard let parts = try? JSONSerialization.jsonObject(with: Data(json.utf8)) as? [Any], parts.count == 3,
      let text = parts[2] as? String
    else { return nil }
    id = parts[0] as? String ?? "\(parts[0])"
    organization = parts[1] as? String
    self.text = text
  }
}
