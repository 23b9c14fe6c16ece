/// One page of `serve`.
protocol LocalPage: Sendable {
  /// Its path: `/sessions/*`, where a star matches any part of a path.
  var path: String { get }
  /// Its name in the navigation; nil: it is reached from another page.
  var link: String? { get }
  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageResponse
}

extension LocalPage {
  var link: String? { nil }

  /// The path of the section that the page belongs to in the navigation.
  var section: String { "/" + (pattern.first ?? "") }

  /// Whether a path leads to this page.
  func isAt(_ parts: [String]) -> Bool {
    parts.count == pattern.count && zip(pattern, parts).allSatisfy { $0 == "*" || $0 == $1 }
  }

  private var pattern: [Substring] { path.split(separator: "/") }
}
