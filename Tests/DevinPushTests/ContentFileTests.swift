import DevinModel
import Files
import Foundation
import TestSupport
import Testing

@testable import DevinPush

@Suite("Objects as files")
struct ContentFileTests {
  /// What people and machines write into texts.
  private static let texts = [
    "", "plain", "two\nlines", "ends\n", "ends twice\n\n", "\nbegins with a line", " begins with a space\nand goes on",
    "tab\there\nx",
    "---\nnot front matter\n---\n", "a: b\n- c\n", "# no comment", "null", "true", "12", "12:30", "1e3", "~", "'", "\"", "\\",
    "{", "[", "*a", "&a b",
    "!tag", "|", ">", "%x", "@x", "`", "trailing space \nx ", "line\r\nfeeds\r\n", "é", "e\u{301}", "\u{2028}", "\u{85}x\ny",
    "\u{feff}x\ny",
    "🤖\n🤖", "nul\u{0}\ninside", "\u{7f}\n\u{9f}", "\u{fffe}\nx", "  \n  x", "x\n  \n y", "x: |\n  y", "* a\n* b", "yes", "<<",
    "=", "?",
  ]

  private static func row(_ kind: ContentKind, _ text: String) -> [String: JSONValue] {
    var row: [String: JSONValue] = [
      kind.keyMember: .text("key-1"), "org_id": .text("org-1"), "access_type": .text("org"),
      "updated_at": .integer(1_790_000_000),
    ]
    for member in kind.members {
      row[member.name] =
        switch member.shape {
        case .text: .text(text)
        case .bool: .bool(false)
        case .integer: .integer(7)
        case .texts: .list([.text("b"), .text(text)])
        case .object:
          .object(["a": .text(text), "b": .list([.integer(1), .number(1.5), .null]), "odd name: \(text)": .object([:])])
        case .list:
          .list([.object(["type": .text(text), "in": .list([.list([.text(text)]), .object(["x": .null])])]), .object([:])])
        }
    }
    return row
  }

  @Test("what is written and read again is the same, whatever the texts, and no wish", arguments: ContentKind.allCases)
  func roundTrip(_ kind: ContentKind) throws {
    for text in Self.texts {
      let row = Self.row(kind, text)
      let content = Content(kind, row: row)
      let written = ContentFile.text(kind, key: "key-1", row: row)
      let file = try ContentFile(written, kind: kind, path: "x")
      #expect(file.key == "key-1" && file.organization == "org-1" && !file.isOfEnterprise)
      #expect(
        file.content.hash == content.hash && file.base?.hash == content.hash && !file.isWish,
        "\(text.debugDescription): \(written)")
      for member in kind.members {
        #expect(file.content[member.name].canonical == content[member.name].canonical, "\(member.name) \(text.debugDescription)")
      }
      #expect(!ContentFile.isEdited("\(kind.rawValue)/x", written))
    }
  }

  @Test("texts that look the same are told apart, and values that mean the same are not")
  func hashes() {
    func hash(_ kind: ContentKind, _ changes: [String: JSONValue]) -> String {
      Content(kind, row: Self.row(kind, "x").merging(changes) { $1 }).hash
    }
    #expect(hash(.notes, ["body": .text("é")]) != hash(.notes, ["body": .text("e\u{301}")]))
    #expect(hash(.notes, ["body": .text("a\n")]) != hash(.notes, ["body": .text("a")]))
    #expect(hash(.notes, ["body": .text("a\r\n")]) != hash(.notes, ["body": .text("a\n")]))
    #expect(hash(.notes, ["updated_at": .integer(1)]) == hash(.notes, ["updated_at": .integer(2)]))
    #expect(hash(.schedules, ["tags": .list([])]) == hash(.schedules, ["tags": .null]))
    #expect(
      hash(.schedules, ["tags": .list([.text("a"), .text("b")])]) == hash(.schedules, ["tags": .list([.text("b"), .text("a")])]))
    #expect(
      hash(.schedules, ["scheduled_at": .text("2026-11-01T12:00:00Z")])
        == hash(.schedules, ["scheduled_at": .text("2026-11-01T13:00:00+01:00")]))
    #expect(hash(.schedules, ["interval_count": .null]) == hash(.schedules, ["interval_count": .integer(1)]))
    #expect(hash(.notes, ["is_enabled": .null]) == hash(.notes, ["is_enabled": .bool(true)]))
    func action(_ members: [String: JSONValue]) -> JSONValue { .list([.object(["type": .text("x")].merging(members) { $1 })]) }
    #expect(
      hash(.automations, ["actions": action([:])])
        == hash(
          .automations,
          ["actions": action(["session": .object(["tags": .list([]), "bypass_approval": .bool(false), "platform": .null])])]))
    #expect(
      hash(.automations, ["actions": action([:])])
        != hash(.automations, ["actions": action(["session": .object(["tags": .list([.text("a")])])])]))
    #expect(hash(.automations, ["metadata": .object([:])]) == hash(.automations, ["metadata": .null]))
    #expect(
      hash(.automations, ["limits": .object(["max_acu_limit": .null])]) == hash(.automations, ["limits": .object([:])]))
  }

  @Test("of an automation's row only what can be sent counts")
  func automationRows() throws {
    let row = try #require(
      JSONValue.object(
        of: """
          {"automation_id": "a", "name": "n", "triggers": [{"trigger_id": "t", "event_type": "github:push", "webhook": {"url": "u", "secret": null}}],
          "actions": [{"type": "start_session", "prompt": "p", "session": {"playbook_id": "pb", "repos": ["a/b"], "tags": []}},
            {"type": "message_session", "prompt": "p", "auto_create": true, "target_devin_id": "devin-1"}],
          "security_profile": {"selection": "none", "profile_id": null, "warnings": []}, "next_run_at": 1, "template_id": "t"}
          """))
    let content = Content(.automations, row: row)
    #expect(content["triggers"].canonical == "[{\"event_type\":\"github:push\"}]")
    #expect(
      content["actions"].canonical
        == "[{\"prompt\":\"p\",\"session\":{\"tags\":[]},\"type\":\"start_session\"},{\"auto_create\":true,\"prompt\":\"p\",\"type\":\"message_session\"}]"
    )
    #expect(content["security_profile"].canonical == "{\"profile_id\":null}")
    #expect(content["run_as"].canonical == "{\"type\":\"organization\"}")
    #expect(
      Content(.automations, row: ["security_profile": .object(["selection": .text("inherit")])])["security_profile"] == .null)
  }

  @Test("after it was written a file keeps what somebody wrote, and has the id and the new base")
  func afterwards() throws {
    let row = Self.row(.notes, "x").merging(["body": .text("the text")]) { $1 }
    let content = Content(.notes, row: row)
    let own = "---\n# why this note is here\nname: x\ntrigger: x\nfolder_id: x\npinned_repo: x\nis_enabled: false\n---\nthe text"
    #expect(try ContentFile(own, kind: .notes, path: "x").content.hash == content.hash)
    let once = try #require(ContentFile.text(own, nowOf: "key-1", content, row: row))
    let file = try ContentFile(once, kind: .notes, path: "x")
    #expect(once.contains("# why this note is here") && file.key == "key-1" && !file.isWish)
    #expect(ContentFile.text(once, nowOf: "key-1", content, row: row) == once)
    let schedule = Content(.schedules, row: ["name": .text("n"), "prompt": .text("p")])
    for text in ["name: n\nprompt: p\n", "---\nname: n\nprompt: p", "prompt: p\nname: n\nbase: {hash: x}\n"] {
      let after = try #require(ContentFile.text(text, nowOf: "s-1", schedule, row: [:]))
      let file = try ContentFile(after, kind: .schedules, path: "x")
      #expect(file.key == "s-1" && !file.isWish, "\(after)")
    }
  }

  @Test("a file that cannot be meant is refused with its line")
  func refusals() {
    let deep = "a: " + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    let indented = (0..<1200).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n")
    let levels = (1...30).map { "l\($0): &l\($0) [*l\($0 - 1), *l\($0 - 1)]" }.joined(separator: "\n")
    let keys = (1...30).map { "l\($0): &l\($0) {? [*l\($0 - 1), *l\($0 - 1)] : x}" }.joined(separator: "\n")
    let cases: [(text: String, line: Int?, what: String)] = [
      ("", 1, "front matter"), ("# no front matter", 1, "front matter"), ("---\nname: x\n", 1, "no end"),
      ("---\nname: [\n---\n", nil, "no YAML"), ("---\n- a\n---\n", 2, "no list of members"),
      ("---\nname: x\nname: y\n---\n", nil, "twice"),
      ("---\nname: x\nnmae: y\n---\n", 3, "Did you mean `name`"), ("---\nnote_id: 7\n---\n", 2, "no text"),
      ("---\nplaybook_id: x\n---\n", 2, "no member `playbook_id`"), ("---\nbase: 7\n---\n", 2, "base is not"),
      ("---\nname: x\n<<: y\n---\n", 3, "merging"), ("---\n? [a]\n: b\n---\n", nil, "name is no text"),
      ("---\nname: \u{7}\n---\n", nil, "no YAML"), ("---\n\(deep)\n---\n", nil, "YAML"), ("---\n\(indented)\n---\n", nil, "YAML"),
      ("---\nl0: &l0 [x, x]\n\(levels)\n---\n", nil, "aliases"), ("---\nl0: &l0 [x, x]\n\(keys)\n---\n", nil, "aliases"),
      ("---\nname: \"\(String(repeating: "x", count: 1 << 20))\"\n---\n", nil, "longer than"),
      ("---\nname: [\(String(repeating: "1, ", count: 30_000))]\n---\n", nil, "values"),
    ]
    for (text, line, what) in cases {
      do {
        _ = try ContentFile(text, kind: .notes, path: "x.md")
        Issue.record("taken: \(text.prefix(80).debugDescription)")
      } catch {
        #expect(error.what.contains(what), "\(text.prefix(80).debugDescription): \(error.message)")
        if let line { #expect(error.line == line, "\(error.message)") }
      }
    }
  }

  @Test("values that cannot be sent are named with their line, and only where something is wished")
  func problems() throws {
    let cases: [(text: String, problems: [String])] = [
      ("---\nname: x\ntrigger: y\n---\nb", []), ("---\nname: x\n---\nb", ["x.md: trigger is missing"]),
      ("---\nname: 7\ntrigger: \"\"\n---\nb", ["x.md:2: name is no text; put it in quotes", "x.md:3: trigger is empty"]),
      (
        "---\nname: \"a\\u0007\"\ntrigger: y\nis_enabled: yes\n---\n",
        ["control character U+7", "is_enabled is neither", "body is empty"]
      ),
      ("---\nname: x\ntrigger: y\n---\n\na\u{1b}[2J", ["body holds the control character U+1B"]),
    ]
    for (text, problems) in cases {
      let found = try ContentFile(text, kind: .notes, path: "x.md").problems.map(\.message)
      #expect(found.count == problems.count, "\(found)")
      for (one, other) in zip(found, problems) { #expect(one.contains(other), "\(one)") }
    }
  }

  // MARK: - Folders

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = try TemporaryFolder()
    try withExtendedLifetime(folder) { try body(folder.url) }
  }

  private func write(_ text: String, _ path: String, in folder: URL) throws {
    let place = folder.appendingPathComponent(path)
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
  }

  private static func note(_ key: String) -> String { "---\nnote_id: \"\(key)\"\nname: n\ntrigger: t\n---\n\nb\n" }

  @Test("what is asked for is read, and nothing else; no link is followed")
  func trees() throws {
    try inFolder { folder in
      try write(Self.note("n-1"), "notes/a.md", in: folder)
      try write(Self.note("n-2"), "notes/playbooks/b.md", in: folder)
      try write("name: x\nprompt: y\n", "schedules/c.yml", in: folder)
      try write("no content", "README.md", in: folder)
      try write("no content", "notes/.hidden.md", in: folder)
      try write("no content", "notes/picture.png", in: folder)
      func places(_ paths: String...) -> [String] {
        let tree = ContentTree(paths.map { folder.path + $0 }, findsMissing: false)
        #expect(tree.problems.isEmpty, "\(tree.problems.map(\.message))")
        return tree.items.map { "\($0.file.kind.rawValue) \($0.place)" }
      }
      #expect(places("") == ["notes notes/a.md", "notes notes/playbooks/b.md", "schedules schedules/c.yml"])
      #expect(places("/notes/a.md") == ["notes notes/a.md"])
      #expect(places("/schedules") == ["schedules schedules/c.yml"])
      #expect(places("/notes", "/notes/a.md") == ["notes notes/a.md", "notes notes/playbooks/b.md"])
      try ContentManifest(files: [], content: [:]).write(in: Folder(folder.path))
      #expect(places("/notes/playbooks") == ["notes notes/playbooks/b.md"])
      for path in ["/none", "/README.md", "/notes/picture.png"] {
        #expect(ContentTree([folder.path + path], findsMissing: false).problems.count == 1, "\(path)")
      }
      try write(Self.note("n-1"), "notes/again.md", in: folder)
      #expect(
        ContentTree([folder.path], findsMissing: false).problems.map(\.what).first?.contains("has the same note_id") == true)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("notes/again.md"))
      try write(Self.note("outside"), "outside/x.md", in: folder)
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/notes/link.md", withDestinationPath: folder.path + "/outside/x.md")
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/playbooks", withDestinationPath: folder.path + "/outside")
      let tree = ContentTree([folder.path], findsMissing: false)
      #expect(tree.problems.count == 2 && tree.items.count == 3, "\(tree.problems.map(\.message))")
      #expect(tree.problems.allSatisfy { $0.what.contains("link") })
    }
  }

  @Test("an exported object is missing where no file has its id any more, within what was asked for")
  func missing() throws {
    try inFolder { folder in
      func entry(_ key: String) -> ContentManifest.Entry {
        ContentManifest.Entry(resource: "knowledge_notes", key: key, organization: "org-1", hash: "h")
      }
      try ContentManifest(
        files: [], content: ["notes/a.md": entry("n-1"), "notes/deep/b.md": entry("n-2"), "notes/c.md": entry("n-3")]
      ).write(in: Folder(folder.path))
      // One was moved to another place.
      try write(Self.note("n-2"), "notes/moved.md", in: folder)
      try write(Self.note("n-3"), "notes/c.md", in: folder)
      func missing(_ path: String) -> [String] {
        ContentTree([folder.path + path], findsMissing: true).missing().map(\.entry.key)
      }
      #expect(missing("") == ["n-1"])
      #expect(missing("/notes") == ["n-1"])
      #expect(missing("/notes/c.md") == [])
    }
  }

  @Test("large files, other kinds of files and texts that are no UTF-8 are named")
  func files() throws {
    try inFolder { folder in
      try FileManager.default.createDirectory(atPath: folder.path + "/notes", withIntermediateDirectories: true)
      try Data(repeating: 0x61, count: (16 << 20) + 1).write(to: folder.appendingPathComponent("notes/large.md"))
      try Data([0x2d, 0xff]).write(to: folder.appendingPathComponent("notes/bytes.md"))
      #expect(mkfifo(folder.path + "/notes/pipe.md", 0o600) == 0)
      let problems = ContentTree([folder.path + "/notes"], findsMissing: false).problems.map(\.message)
      #expect(problems.count == 2 && problems[0].contains("UTF-8") && problems[1].contains("large.md"), "\(problems)")
    }
  }
}
