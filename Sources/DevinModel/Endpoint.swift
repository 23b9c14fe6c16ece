/// A path of the API with names in braces, as the reference writes it: `/v3/organizations/{org_id}/sessions`.
package struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
  package let description: String
  /// The names in braces, in order.
  package let names: [String]

  package init(stringLiteral value: String) {
    description = value
    names = value.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
  }

  /// Whether the path names a session, whose id is accepted in two forms.
  package var hasSession: Bool { names.contains(where: Self.sessionNames.contains) }

  /// Names of the session id in paths: the API uses one name in most paths, and the other in consumption paths.
  fileprivate static let sessionNames: Set<String> = ["devin_id", "session_id"]
}

/// A GET request: a path with values for its names, and a query.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  package let template: PathTemplate
  /// Values for the template's names, not percent-encoded yet. `devin_id` and `session_id` are the session id without prefix.
  package let names: [String: String]
  /// Names and values in order; a list repeats its name. Not percent-encoded yet.
  package var query: [QueryItem]

  package init(_ template: PathTemplate, _ names: [String: String] = [:], query: [QueryItem] = []) {
    self.template = template
    self.names = names
    self.query = query
  }

  /// The path in the form that is tried first: values are percent-encoded, session ids have their documented prefix.
  package var path: String { path(as: .documented) }

  /// The path without the query, for messages.
  package var description: String { "GET \(path)" }

  /// The forms of a path that a deployment may expect.
  package enum Form: Hashable, Sendable, CaseIterable {
    /// As documented: `devin-` before session ids.
    case documented
    /// Session ids without prefix; other paths with the other version: `v3` instead of `v3beta1`, and vice versa.
    case alternative
  }

  package func path(as form: Form) -> String {
    template.description.split(separator: "/").map { part -> String in
      switch part {
      case let part where part.hasPrefix("{"): value(of: String(part.dropFirst().dropLast()), as: form).pathPart
      case "v3" where form == .alternative && !template.hasSession: "v3beta1"
      case "v3beta1" where form == .alternative: "v3"
      default: String(part)
      }
    }.reduce(into: "") { $0 += "/" + $1 }
  }

  private func value(of name: String, as form: Form) -> String {
    (PathTemplate.sessionNames.contains(name) && form == .documented ? "devin-" : "") + (names[name] ?? "")
  }

  package var encodedQuery: String {
    query.isEmpty ? "" : "?" + query.map { "\($0.name.percentEncoded)=\($0.value.percentEncoded)" }.joined(separator: "&")
  }
}

package struct QueryItem: Hashable, Sendable {
  package let name: String
  package let value: String

  package init(_ name: String, _ value: String) {
    self.name = name
    self.value = value
  }
}

extension String {
  /// Percent-encoded, and never `.` or `..`, which would mean another folder.
  fileprivate var pathPart: String { self == "." || self == ".." ? replacing(".", with: "%2E") : percentEncoded }

  /// Encodes everything except RFC 3986's unreserved characters, byte by byte, so that any text stays one path part or one
  /// query value.
  package var percentEncoded: String {
    let hex = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    encoded.reserveCapacity(utf8.count)
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"):
        encoded.append(byte)
      default: encoded += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }
}
