import DevinModel
import Foundation
import MirrorReading

/// A page or a refusal, as it goes over the wire.
struct PageAnswer {
  var status = 200
  var contentType = "text/html; charset=utf-8"
  var body = ""
  /// In the place of a page: the content of an attachment, sent from the disk.
  var content: OpenContent?
}

/// What was asked for: the parts of the path, and the query.
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
        // A form sends a space as a plus.
        item.value?.replacing("+", with: " ").removingPercentEncoding.map { (item.name, $0) }
      }, uniquingKeysWith: { first, _ in first })
  }

  /// The same without the first part of the path; nil: that is another one.
  func below(_ part: String) -> PageTarget? {
    guard parts.first == part else { return nil }
    var target = self
    target.parts.removeFirst()
    return target
  }

  /// Nil: not given, or empty.
  subscript(name: String) -> String? { query[name].flatMap { $0.isEmpty ? nil : $0 } }

  func value(_ name: String) -> MirrorReader.Value { self[name].map { .text($0) } ?? .null }
}
