import Foundation
import Testing

/// Manuals become outdated unnoticed; a test can only check names.
@Suite("The manuals for contributors")
struct ManualTests {
  private static let manuals = ["docs/architecture.md", "CONTRIBUTING.md"]

  /// Names of all files by their last part.
  private static let names = Set(
    ["Sources", "Schema", "Tests", "Examples", "docs"].flatMap { Project.files(below: $0, ending: "") }
      .map { String($0.split(separator: "/").last ?? "") } + ["Package.swift", "CONTRIBUTING.md", "CHANGELOG.md", "README.md"])

  @Test("each file named in them exists", arguments: manuals)
  func filesExist(_ manual: String) throws {
    let text = try Project.text(manual)
    let named = text.matches(of: /`([\w+\/.-]+\.(?:swift|sql|mustache|md))`/).map { String($0.1) }
    #expect(named.count > 10)
    for name in named {
      let exists = name.contains("/") ? Project.exists(name) : Self.names.contains(name)
      #expect(exists, "\(name)")
    }
  }

  @Test("each link in them leads to a file", arguments: manuals)
  func linksLead(_ manual: String) throws {
    let folder = manual.split(separator: "/").dropLast().joined(separator: "/")
    for link in try Project.text(manual).matches(of: /\]\(([^)#]+)\)/).map({ String($0.1) }) where !link.contains("://") {
      #expect(Project.exists(folder.isEmpty ? link : "\(folder)/\(link)"), "\(link)")
    }
  }

  @Test(
    "the examples in the documentation are copied from programs that the tests run",
    arguments: [("GettingStarted", "library-client"), ("ReadingAMirror", "library-reader")])
  func examplesAreCopied(_ article: String, _ example: String) throws {
    let text = try Project.text("Sources/DevinSync/DevinSync.docc/\(article).md")
    let program = try Project.text("Examples/\(example)/main.swift")
    let blocks = text.matches(of: /```swift\n([\s\S]*?)```/).map { String($0.1) }
    #expect(blocks.contains { program.contains($0.trimmingCharacters(in: .newlines)) })
  }

  @Test("the declaration in the article on resources equals the one in the catalogue")
  func resourceIsCopied() throws {
    let text = try Project.text("Sources/DevinSync/DevinSync.docc/AddingAResource.md")
    let declaration = try #require(text.firstMatch(of: /```swift\n([\s\S]*?)```/)).1
    let lines = declaration.split(separator: "\n").map { "  \($0)" }.joined(separator: "\n")
    #expect(try Project.text("Sources/DevinModel/Resources/Knowledge.swift").contains(lines))
  }

  @Test("each command and flag that a document shows is one that the program has")
  func commandsExist() throws {
    let reference = try Project.text("docs/commands.md").components(separatedBy: "\n## devin-sync ").dropFirst()
    let helps = Dictionary(uniqueKeysWithValues: reference.map { ($0.prefix { $0 != "\n" }, String($0)) })
    let manuals = Project.files(below: "docs", ending: ".md").filter { $0 != "docs/commands.md" }
    var shown = 0
    for document in ["README.md", "SECURITY.md"] + manuals {
      for line in try Project.text(document).matches(of: /(?:\n\$ |`)devin-sync ([a-z][^\n`#|]*)/).map(\.1) {
        shown += 1
        var name = Substring()
        var help: String?
        for word in line.split(separator: " ") {
          let longer = name.isEmpty ? word : Substring("\(name) \(word)")
          guard let found = helps[longer] else { break }
          (name, help) = (longer, found)
        }
        // The subcommand that may be omitted.
        help = ["push": "push files", "export": "export rows"][String(name)].flatMap { helps[$0] } ?? help
        guard let help else {
          Issue.record("\(document): \(line)")
          continue
        }
        for flag in line.matches(of: /\s(--[a-z-]+)/).map(\.1) { #expect(help.contains(flag), "\(document): \(line)") }
      }
    }
    #expect(shown > 100)
  }
}
