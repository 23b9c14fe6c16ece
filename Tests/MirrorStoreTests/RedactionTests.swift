import DevinModel
import Foundation
import GRDB
import MirrorStore
import TestSupport
import Testing

@Suite("Redaction rules")
struct RedactionTests {
  private let pseudonyms = Pseudonyms(secret: Data(repeating: 7, count: 32))

  private func redact(_ json: String, _ rule: RedactionRule) -> String { ObjectRedaction.redact(json, rule, pseudonyms) }

  private func one(_ text: String, _ rule: RedactionRule) -> String? { pseudonyms.replacement(of: text, rule) { _ in nil } }

  /// `derived_NAME` and `search_NAME` are derived from rows of other tables.
  @Test("the schema says for every column how it is treated in a redacted copy")
  func isDeclared() throws {
    let objects = try MirrorStore(inMemory: "schema").schema()
    let tables = objects.filter { $0.type == "table" && !$0.name.hasPrefix("derived_") && !$0.name.hasPrefix("search_") }
    #expect(tables.count > 70)
    for table in tables {
      let declared = try RedactionRules.of(table.name).columns
      for column in table.columns {
        #expect(
          declared[column.name] != nil,
          "\(table.name).\(column.name) has no rule: say at the end of its comment in Schema/ what becomes of it, such as @text (Schema/README.md)"
        )
      }
    }
  }

  @Test("undeclared members are left out, and values that are kept are unchanged, to the last digit")
  func members() {
    let rule = RedactionRule.members([
      "id": .kept, "cost": .kept, "title": .text, "list": .list(.name), "deep": .members(["a": .kept]),
    ])
    let json =
      #"{ "cost" : 1.10e-7, "unknown": {"a": ["x", "}"]}, "id":"devin-1", "deep": {"a": true, "b": "secret"}, "list": [], "cost": 2}"#
    #expect(redact(json, rule) == #"{"cost":1.10e-7,"id":"devin-1","deep":{"a":true},"list":[]}"#)
    #expect(redact(#"{"title":null,"id":12345678901234567890}"#, rule) == #"{"title":null,"id":12345678901234567890}"#)
    #expect(redact("{}", rule) == "{}")
  }

  @Test("a value of another type than expected is also replaced, with one of its own type")
  func otherTypes() throws {
    let secret = "Tell nobody"
    for value in [#""Tell nobody""#, #"["Tell nobody"]"#, #"{"Tell nobody":1}"#] {
      for rule in [
        RedactionRule.kept, .text, .name, .url, .path, .cron, .person(by: nil), .list(.text), .members([:]), .map(.kept),
      ] {
        let result = redact(#"{"v":\#(value)}"#, .members(["v": rule]))
        #expect(!result.contains(secret), "\(value) by \(rule): \(result)")
        let before = try JSONSerialization.jsonObject(with: Data(#"{"v":\#(value)}"#.utf8)) as? [String: Any]
        let after = try JSONSerialization.jsonObject(with: Data(result.utf8)) as? [String: Any]
        #expect((before?["v"] is String) == (after?["v"] is String), "\(value) by \(rule): \(result)")
        #expect((before?["v"] is [Any]) == (after?["v"] is [Any]), "\(value) by \(rule): \(result)")
      }
    }
    #expect(!redact("[4915112345678]", .list(.text)).contains("4915112345678"))
    #expect(redact("[1.5,true]", .list(.kept)) == "[1.5,true]")
  }

  @Test("the same text gets the same pseudonym however it is escaped, another text another one, and another key different ones")
  func sameText() {
    let result = redact(#"["\u0061\u00fc","a\u00fc","aü","b"]"#, .list(.name))
    let names = result.split(separator: "\"").filter { $0.hasPrefix("name-") }
    #expect(names.count == 4 && Set(names).count == 2, "\(result)")
    #expect(one("aü", .name).map { "\($0)" } == String(names[0]))
    #expect(Pseudonyms().replacement(of: "aü", .name) { _ in nil } != one("aü", .name))
  }

  @Test("a text keeps its length, and an empty one stays empty")
  func lengths() {
    for length in [0, 22, 23, 24, 100, 101, 1_000] {
      #expect(
        one(String(repeating: "ä", count: length), .text)?.unicodeScalars.count == (length == 22 ? 21 : length), "\(length)")
    }
  }

  @Test("ids, times and enumerated values are kept, and text that looks like a mail address or a sentence is not")
  func words() {
    for word in ["auth0|64c3", "2026-11-01T00:00:00.5Z", "waiting_for_user", "google-oauth2|11", "image/png"] {
      #expect(one(word, .kept) == word)
    }
    for text in ["email|jane@example.com", "two words", "Zoë", "a\"b", String(repeating: "a", count: 201)] {
      #expect(one(text, .kept)?.hasPrefix("name-") == true, "\(text)")
    }
    #expect(one("org-1 org-2", .tokens) == "org-1 org-2")
    #expect(one("service_user jane@example.com", .tokens)?.hasPrefix("service_user name-") == true)
    for cron in ["0 9 * * 1-5", "*/15 * * * *", "0 0 1 JAN MON"] { #expect(one(cron, .cron) == cron) }
    for text in ["every day", "0 9 * * secret", "* * * * * meet Jane"] {
      #expect(one(text, .cron)?.hasPrefix("name-") == true, "\(text)")
    }
  }

  @Test("name and mail address of a person get the pseudonym of the id")
  func people() throws {
    let rule = RedactionRule.members(["user_id": .kept, "name": .person(by: "user_id"), "email": .email(by: "user_id")])
    let first = redact(#"{"user_id":"u1","name":"Jane","email":"jane@corp.example"}"#, rule)
    let second = redact(#"{"name":"J. Doe","email":"JD@corp.example","user_id":"u1"}"#, rule)
    let person = try #require(first.firstMatch(of: /person-[0-9a-f]{16}/)).output
    #expect(second.contains("\"name\":\"\(person)\"") && second.contains("\"email\":\"\(person)@example.invalid\""))
    #expect(one("Jane@corp.example", .email(by: nil)) == one("jane@corp.example", .email(by: nil)))
  }

  @Test(
    "addresses of pull requests belong to the same repositories as before",
    arguments: [
      "https://github.com/acme/web/pull/7", "https://gitlab.com/acme/sub/web/-/merge_requests/3",
      "https://git.acme.example/a/b/merge_requests/2",
      "https://bitbucket.org/acme/web/pull-requests/9", "https://dev.azure.com/acme/p/_git/web/pullrequest/4",
      "https://review.acme.example/c/acme/web/+/12", "github.com/acme/web/pull/7",
      "https://github.com/acme/web/pull/7?tab=files#x",
      "ftp2://x/pull/y/pull/3", "nonsense", "https://github.com", "acme pull", "https://h/c/x",
      "https://github.com/pull/pull/pull/1/pull/2",
    ])
  func addresses(_ address: String) throws {
    let database = try DatabaseQueue()
    let store = try MirrorStore(inMemory: "schema")
    let table = try #require(try store.schema().first { $0.name == "derived_pull_requests" })
    let redacted = try #require(one(address, .url))
    for part in ["acme", "web", "tab=files", "nonsense"] { #expect(!redacted.contains(part), "\(redacted)") }
    let rows = try database.write { database in
      try database.execute(sql: table.sql)
      for (place, url) in [address, redacted].enumerated() {
        try database.execute(
          sql: "INSERT INTO derived_pull_requests (org_id, pr_url, session_id, furthest, place) VALUES ('', ?, ?, 0, ?)",
          arguments: [url, "\(place)", "\(place)"])
      }
      return try Row.fetchAll(database, sql: "SELECT host, repository FROM derived_pull_requests ORDER BY session_id")
    }
    let before: (host: String, repository: String?) = (rows[0]["host"], rows[0]["repository"])
    let after: (host: String, repository: String?) = (rows[1]["host"], rows[1]["repository"])
    // If an address begins with the word that identifies a pull request, its host counts as the repository.
    let expected = before.repository.flatMap {
      $0 == before.host ? after.host : one("/" + $0, .path).map { String($0.dropFirst()) }
    }
    #expect(after.repository == expected, "\(redacted)")
    if address.contains("github.com") { #expect(redacted.contains("github.com")) }
  }

  @Test("a file without pseudonyms accepts rows from the server, and a redacted copy does not")
  func isKnown() throws {
    let mirror = try TemporaryMirror()
    let store = try mirror.open()
    try store.demandUnredacted()
    let copy = mirror.folder.appendingPathComponent("copy.db").path
    #expect(try store.backUp(to: copy, replacing: false, redacting: Pseudonyms()) > 0)
    #expect(try mirror.mode(of: "copy.db") == 0o600)
    let other = try MirrorStore(path: copy, .read)
    #expect(throws: StoreError.self) { try other.demandUnredacted() }
    #expect(throws: StoreError.self) { try store.backUp(to: copy, replacing: false, redacting: Pseudonyms()) }
    #expect(try mirror.names().filter { $0.hasPrefix("copy") } == ["copy.db"])
  }
}
