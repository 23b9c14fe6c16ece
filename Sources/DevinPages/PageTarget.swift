import DevinModel
import Foundation
import MirrorReading

/// A page or an error, as sent over the network.
struct PageResponse {
  var status = 200
  var contentType = "text/html; charset=utf-8"
  var body = ""
  /// The content of an attachment, sent from disk instead of a page.
  var content: OpenContent?
  /// The name under which a browser saves the body; nil: it shows the body.
  var fileName: String?
}

/// The parsed request: the parts of the path, and the query.
struct PageTarget {
  private(set) var parts: [String]
  private let query: [String: String]

  init(_ path: String) {
    let components = URLComponents(string: path)
    parts = (components?.percentEncodedPath ?? path).split(separator: "/").map {
      String($0).removingPercentEncoding ?? String($0)
    }
    query = Dictionary(
      (components?.percentEncodedQueryItems ?? []).compactMap { item in
        // A form encodes a space as a plus.
        item.value?.replacing("+", with: " ").removingPercentEncoding.map { (item.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The same target without the first part of the path; nil: the path begins with another part.
  func below(_ part: String) -> PageTarget? {
    guard parts.first == part else { return nil }
    var target = self
    target.parts.removeFirst()
    return target
  }

  /// Nil: not given, or empty.
  subscript(name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }

  func value(_ name: String) -> MirrorReader.Value { self[name].map { .text($0) } ?? .null }

  /// A billing day such as 2026-11-01; nil: not given.
  /// - Throws: `MirrorError.unusableQuery` for any other text.
  func day(_ name: String) throws -> String? {
    guard let text = self[name] else { return nil }
    guard text.count == 10, CalendarDay.begins(text) else {
      throw MirrorError.unusableQuery("`\(name)` must be a day such as 2026-11-01")
    }
    return text
  }

  /// The address of a page of this site, below its root. Values that are nil are left out.
  static func address(_ path: String, _ values: [(String, String?)]) -> String {
    let items = values.compactMap { name, value in value.map { "\(name.asPathPart)=\($0.asPathPart)" } }
    return items.isEmpty ? path : "\(path)?\(items.joined(separator: "&"))"
  }

  /// Hidden fields for a form that keeps these values.
  func hidden(_ names: [String]) -> [[String: Any]] {
    names.compactMap { name in self[name].map { ["name": name, "value": $0] } }
  }
}
