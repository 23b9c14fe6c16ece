import DevinAPI
import Foundation
import Testing

@testable import DevinPush

@Suite("Secrets of a file")
struct SecretTests {
  @Test("a file names secrets and where their values come from; a value in it is an error that does not repeat it")
  func file() throws {
    let file = SecretFile(
      Data(
        """
        A:
          note: "n"
          value_from: {env: A_VALUE}
        B: {type: totp, is_sensitive: false, value_from: {command: [pass, show, b]}}
        C:

        """.utf8), "secrets.yaml")
    #expect(file.problems.isEmpty, "\(file.problems.map(\.message))")
    #expect(
      file.entries == [
        SecretEntry(key: "A", type: "key-value", note: "n", isSensitive: true, source: .variable("A_VALUE")),
        SecretEntry(key: "B", type: "totp", note: nil, isSensitive: false, source: .command(["pass", "show", "b"])),
        SecretEntry(key: "C", type: "key-value", note: nil, isSensitive: true, source: .prompt),
      ])
    let cases = [
      ("A:\n  value: hunter2", "secrets.yaml:1: A: a value does not belong into the file"),
      ("A: {}\nB: hunter2", "secrets.yaml:2: B: it is no list of members"),
      ("A: {type: hunter2}", "type is one of cookie, key-value, totp"),
      ("A: {is_sensitive: 1}", "is_sensitive is no true or false"),
      ("A: {note: [hunter2]}", "note is no text"), ("A: {value_from: hunter2}", "value_from is `env: NAME`"),
      ("A: {value_from: {env: a, command: [hunter2]}}", "value_from is `env: NAME`"),
      ("A: {value_from: {command: []}}", "value_from is `env: NAME`"), ("A: {value_form: {env: a}}", "no member `value_form`"),
      ("A B: {}", "no spaces"), ("A: {}\nA: {}", "twice"), ("", "names no secret"),
    ]
    for (text, expected) in cases {
      let found = SecretFile(Data(text.utf8), "secrets.yaml").problems.map(\.message)
      #expect(found.count == 1 && found[0].contains(expected) && !found[0].contains("hunter2"), "\(text): \(found)")
    }
  }

  private func secret(_ id: String, _ key: String, access: String = "org") throws -> SecretFacts {
    try #require(SecretFacts(["secret_id": .text(id), "key": .text(key), "access_type": .text(access), "value": .text("v")]))
  }

  @Test("what the organization has is left alone or replaced; a person's own secret of the name is another one")
  func decisions() throws {
    let entry = SecretEntry(key: "A", type: "key-value", note: nil, isSensitive: true, source: .prompt)
    let others = [try secret("1", "B"), try secret("2", "A", access: "personal")]
    for replaces in [true, false] { #expect(SecretDecision(entry, among: others, replaces: replaces) == .create) }
    let mine = others + [try secret("4", "A"), try secret("3", "A")]
    #expect(SecretDecision(entry, among: mine, replaces: false) == .exists)
    #expect(SecretDecision(entry, among: mine, replaces: true) == .replace(["3", "4"]))
    #expect(!mine[0].body.contains("\"value\""))
  }

  @Test("a value is text, shows nothing of itself, and takes its source along")
  func values() throws {
    var source = Array("correct horse battery".utf8)
    let value = try SecretValue(taking: &source)
    #expect(source.allSatisfy { $0 == 0 } && value.text == "correct horse battery")
    #expect("\(value)" == "…" && String(reflecting: value) == "…" && Mirror(reflecting: value).children.isEmpty)
    for invalid in [[], [0x61, 0], [0xff], [UInt8](repeating: 0x61, count: SecretValue.limit + 1)] {
      var bytes: [UInt8] = invalid
      #expect(throws: SecretValue.Invalid.self) { try SecretValue(taking: &bytes) }
    }
    for (text, isEchoed) in [
      ("got 'correct horse battery'", true), ("it ends in attery.", true), ("correct", true), ("horses", false), ("", false),
    ] { #expect(value.isEchoed(in: text) == isEchoed, "\(text)") }
    var short = Array("abc".utf8)
    #expect(try SecretValue(taking: &short).isEchoed(in: "xabcx"))
    let error = APIError(.rejected, endpoint: "POST", status: 422, detail: "value: battery is too short")
    #expect(SecretRun.withoutEcho(error, of: value).detail?.contains("battery") == false)
    let plain = APIError(.rejected, endpoint: "POST", status: 422, detail: "key: too long")
    #expect(SecretRun.withoutEcho(plain, of: value) == plain)
  }
}
