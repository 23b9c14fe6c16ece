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

  @Test("no SQL source contains the limit: unix_seconds is replaced with the expression of EngineTime", arguments: ["tables", "questions"])
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
}
