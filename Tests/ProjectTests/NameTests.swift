import Testing

/// A filter selects tests by these names, and a failure is found by them.
@Suite("Names of tests")
struct NameTests {
  private struct Name: Hashable {
    let text: String
    let file: String
  }

  private static func names(_ pattern: Regex<(Substring, Substring)>) throws -> [Name] {
    try Project.files(below: "Tests", ending: ".swift").flatMap { file in
      try Project.text(file).matches(of: pattern).map { Name(text: String($0.1), file: file) }
    }
  }

  private static func repeated(_ names: [Name]) -> [String] {
    Dictionary(grouping: names, by: \.text).filter { $0.value.count > 1 }.map { name, uses in
      "\(name): \(uses.map(\.file).sorted().joined(separator: ", "))"
    }
  }

  @Test("each suite has a title and a type of its own")
  func suites() throws {
    let titles = try Self.names(#/@Suite\(\s*"([^"]+)"/#)
    let types = try Self.names(#/@Suite\([^\n]*\)\s*(?:@\w+\s+)?struct (\w+)/#)
    #expect(titles.count > 100 && Self.repeated(titles) == [])
    #expect(types.count > 100 && Self.repeated(types) == [])
  }

  @Test("each test of a suite has a sentence of its own")
  func tests() throws {
    #expect(Self.repeated(try Self.names(#/@Test\(\s*"([^"]+)"/#)) == [])
  }
}
