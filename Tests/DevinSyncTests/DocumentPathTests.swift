import Foundation
import Testing

@testable import DevinSync
@testable import MirrorReading

@Suite("Paths of exported documents")
struct DocumentPathTests {
  @Test(
    "a path consists of letters and digits of any script, and of the end of the id",
    arguments: [
      ("", "How to Test", "note-0123456789abcdef", "notes/how-to-test-89abcdef.md"),
      ("/Engineering/CI & CD/", "Größe: 10 %", "n1", "notes/engineering/ci-cd/größe-10-n1.md"),
      ("日本", "テスト計画", "n1", "notes/日本/テスト計画-n1.md"),
      ("../../etc/./x", "../..", "n1", "notes/etc/x/n1.md"),
      ("a//b///c", ".git/config", "n1", "notes/a/b/c/git-config-n1.md"),
      ("a\u{0}b", "x\u{0}y\u{202e}\u{1b}", "..", "notes/a-b/x-y.md"),
      ("", "", "", "notes/unnamed.md"), ("", "💥", "💥", "notes/unnamed.md"),
      ("", "e\u{301}te\u{301}", "n1", "notes/\u{e9}t\u{e9}-n1.md"),
      ("", "a\u{200d}\u{fe0f}b\u{200b}c", "n1", "notes/ab-c-n1.md"),
    ])
  func isReadable(_ folders: String, _ name: String, _ id: String, _ path: String) {
    let made = DocumentPath.of("notes", folders: folders, name: name, id: id)
    #expect(Array(made.utf8) == Array(path.utf8), "\(made)")
  }

  /// Texts that are long in different ways.
  private static let long: [String] = [
    "e" + String(repeating: "\u{301}", count: 300), String(repeating: "x", count: 10_000), String(repeating: "界", count: 1_000),
    String(repeating: "e\u{301}\u{323}", count: 200), String(repeating: "👩‍👩‍👧‍👦", count: 300),
    String(repeating: "\u{301}", count: 5_000),
    "ก" + String(repeating: "\u{e49}", count: 2_000) + "ข", String(repeating: "ﷺ", count: 100),
    String(repeating: "İ", count: 100),
    String(repeating: "a/", count: 3_000), String(repeating: "folder-of-some-length/", count: 200),
    String(repeating: "𝒜", count: 100),
  ]

  @Test("every part, and the complete path, fits every file system, however long the texts are", arguments: long, long)
  func fits(_ folders: String, _ name: String) {
    let path = DocumentPath.of("notes", folders: folders, name: name, id: name)
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    #expect(path.utf8.count <= 700 && parts.count <= 35)
    #expect(parts.first == "notes" && path.hasSuffix(".md"))
    for part in parts {
      #expect(!part.isEmpty && part.utf8.count <= 160 && !part.hasPrefix(".") && !part.hasPrefix("-"))
      #expect(String(part).precomposedStringWithCanonicalMapping.utf8.elementsEqual(part.utf8))
    }
    // The same text results in the same path.
    #expect(path == DocumentPath.of("notes", folders: folders, name: name, id: name))
  }

  @Test(
    "paths that some file system considers equal are numbered, and the first keeps its own",
    arguments: [
      (["a.md", "a.md", "a.md"], ["a.md", "a-2.md", "a-3.md"]),
      (["a.md", "b.md"], ["a.md", "b.md"]),
      (["x/A.md", "x/a.md", "X/a.md"], ["x/A.md", "x/a-2.md", "X/a-3.md"]),
      (["\u{e9}.md", "e\u{301}.md"], ["\u{e9}.md", "e\u{301}-2.md"]),
      (["straße.md", "strasse.md"], ["straße.md", "strasse-2.md"]),
      (["ﬁ.md", "fi.md", "Å.md", "\u{212b}.md"], ["ﬁ.md", "fi-2.md", "Å.md", "\u{212b}-2.md"]),
      // No path gets a number that makes it equal to another one.
      (["a.md", "a.md", "a-2.md", "a-2.md"], ["a.md", "a-3.md", "a-2.md", "a-2-2.md"]),
    ] as [([String], [String])])
  func areNumbered(_ paths: [String], _ expected: [String]) {
    let numbered = DocumentPath.numbered(paths)
    #expect(numbered.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(numbered)")
  }

  @Test("of thousands of equal paths none is lost")
  func manyAlike() {
    let paths = DocumentPath.numbered(Array(repeating: "notes/x.md", count: 20_000))
    #expect(Set(paths).count == 20_000)
  }
}
