/// One page of `serve`.
protocol LocalPage: Sendable {
  /// Where it is: `/sessions/*`, a star being any part of a path.
  var path: String { get }
  /// What the navigation calls it; nil: it is reached from another page.
  var link: String? { get }
  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer
}

extension LocalPage {
  var link: String? { nil }

  /// The path of the page in the navigation that it belongs to.
  var section: String { "/" + (pattern.first ?? "") }

  /// Whether a path leads to it.
  func isAt(_ parts: [String]) -> Bool {
    parts.count == pattern.count && zip(pattern, parts).allSatisfy { $0 == "*" || $0 == $1 }
  }

  private var pattern: [Substring] { path.split(separator: "/") }
}
