import MirrorSchema
import Testing

/// Some deployments send milliseconds where seconds are documented. When each place had its own limit, one was forgotten.
@Suite("Seconds and milliseconds are distinguished in one place")
struct TimeUnitTests {
  @Test("no Swift source but EngineTime compares a time with the limit")
  func swift() throws {
    for file in Project.files(below: "Sources", ending: ".swift") where !file.hasSuffix("/EngineTime.swift") {
      let text = try Project.text(file)
      #expect(!text.contains(/100(?:_?000){3}(?![_0-9])/), "\(file)")
    }
  }

  @Test(
    "no SQL source contains the limit: unix_seconds is replaced with the expression of EngineTime",
    arguments: ["tables", "questions"])
  func sources(_ folder: String) throws {
    for file in Project.files(below: "Schema/\(folder)", ending: ".sql") {
      #expect(!(try Project.text(file)).contains("100000000000"), "\(file)")
    }
  }

  @Test("the SQL that a file contains compares with the limit of EngineTime and calls no function of ours")
  func embedded() throws {
    for text in MirrorSchema.versions.joined() + [MirrorSchema.sql] {
      let sql = text.replacing(/--.*/, with: "")
      let all = sql.matches(of: /100000000000/).count
      let sameForm = sql.matches(of: #/iif\((.+?) > 100000000000, (.+?) / 1000, /#).filter { match in
        match.1 == match.2 && sql[match.range.upperBound...].hasPrefix("\(match.1))")
      }
      #expect(all == sameForm.count)
      #expect(!sql.contains("unix_seconds"))
    }
  }

  /// Declarations and results whose name says that they are a time, but whose type is a number. `since walk: Int64` is none.
  private static var bareTime: Regex<Substring> {
    #/
    \b(?:now|at|due|until|since|time|moment|began|beginning|watermark|spans|starts|startsAt|asOf|knownFrom|firstSeen|lastSeen|lastUsed
      |coveredFrom|coveredTo|validFrom|[a-z]\w*(?:At|AsOf|Since|KnownFrom|Seen))
    (?:(?:,\ \w+)*:\ \[?\(?|\(|\(.*\).*\ ->\ )Int64\b
    /#
  }

  @Test("what is named as a time has the type of a time, not of a number")
  func types() throws {
    let bareTime = Self.bareTime
    for text in [
      "let startedAt: Int64", "var since, until: Int64?", "case time(Int64)", "func rereadAt(_ list: List) -> Int64? {",
      "func since(of list: List) async throws -> Int64?", "starts: [Int64]", "time: (Int64) -> String",
    ] { #expect(text.contains(bareTime), "\(text)") }
    for text in ["since walk: Int64", "let newestRun: Int64", "case run(Int64)", "func pages(since walk: Int64) -> [Page]"] {
      #expect(!text.contains(bareTime), "\(text)")
    }
    // The sandbox is independent of everything else, and has no type for times.
    for file in Project.files(below: "Sources", ending: ".swift") where !file.hasPrefix("Sources/DevinSandbox/") {
      let lines = try Project.text(file).split(separator: "\n").filter { $0.contains("Int64") && $0.contains(bareTime) }
      #expect(lines.isEmpty, "\(file)")
    }
  }
}
