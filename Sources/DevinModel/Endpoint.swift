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

  /// Names that stand for the id of a session: the API calls it one way in most paths and the other way below its consumption.
  fileprivate static let sessionNames: Set<String> = ["devin_id", "session_id"]
}

/// One thing to GET: a path whose names are filled in, and a query.
package struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  package let template: PathTemplate
  /// What the template's names stand for, not yet percent-encoded. `devin_id` and `session_id` are the bare session id.
  package let names: [String: String]
  /// Name and value in order; a list is a repeated name. Not yet percent-encoded.
  package var query: [QueryItem]

  package init(_ template: PathTemplate, _ names: [String: String] = [:], query: [QueryItem] = []) {
    self.template = template
    self.names = names
    self.query = query
  }

  /// The path in the form that is tried first: names percent-encoded, session ids with their documented prefix.
  package var path: String { path(as: .documented) }

  /// The path without the query, for messages.
  package var description: String { "GET \(path)" }

  /// The forms a deployment may want a path in.
  package enum Form: Hashable, Sendable, CaseIterable {
    /// As the reference documents it: `devin-` before session ids.
    case documented
    /// Session ids bare; other paths under the other version, `v3` for `v3beta1` and the other way round.
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
  /// Percent-encoded, and never one of the two names that mean another folder.
  fileprivate var pathPart: String { self == "." || self == ".." ? replacing(".", with: "%2E") : percentEncoded }

  /// Everything but RFC 3986's unreserved characters encoded, byte by byte, so that the text stays one path part or one
  /// query value whatever it holds.
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
