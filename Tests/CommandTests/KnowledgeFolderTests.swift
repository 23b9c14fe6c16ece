import DevinSandbox
import DevinSync
import Foundation
import Testing
import TrialSupport

@testable import devin_sync

#if canImport(Glibc)
  import Glibc
#endif

@Suite("The folder of exported knowledge", .timeLimit(.minutes(60)))
struct KnowledgeFolderTests {
  /// The files below a folder, with their contents; links are not followed.
  private func tree(_ folder: URL) throws -> [String: String] {
    var files: [String: String] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      let place = folder.appendingPathComponent(path).path
      let type = try FileManager.default.attributesOfItem(atPath: place)[.type] as? FileAttributeType
      files[path] = type == .typeRegular ? try String(contentsOfFile: place, encoding: .utf8) : type?.rawValue
    }
    return files
  }

  private func write(_ text: String, to place: URL) throws {
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
  }

  /// A folder with an export, beside a folder that the command must not touch.
  private func exported(_ body: @Sendable (Command, Sandbox, _ folder: URL, _ outside: URL) async throws -> Void) async throws {
    try await Command.trial { command, sandbox in
      #expect(try await command.run("sync", "knowledge_notes", "playbooks").status == 0)
      #expect(try await command.run("export", "knowledge", "kept").status == 0)
      let outside = command.folder.appendingPathComponent("outside")
      try write("---\nnote_id: \"n\"\n---\nprecious", to: outside.appendingPathComponent("deep/a.md"))
      try await body(command, sandbox, command.folder.appendingPathComponent("kept"), outside)
    }
  }

  private func export(_ command: Command) async throws -> Command.Result {
    let result = try await command.run(
      program: "/usr/bin/timeout", ["-k", "2", "60", Command.program.path, "export", "knowledge", "kept"])
    #expect(result.status >= 0 && ![124, 137].contains(result.status), "it hung or died: \(result.status)")
    return result
  }

  private func list(_ files: [String], in folder: URL) throws {
    try JSONEncoder().encode(["files": files]).write(to: folder.appendingPathComponent(".devin-sync.json"))
  }

  @Test("paths that no export writes to are never removed")
  func pathsOfOurs() {
    let cases: [(String, Bool)] = [
      ("notes/a.md", true), ("playbooks/a.md", true), ("notes/a/b/c.md", true), ("notes", false), ("notes/", false),
      ("notes/a", false), ("notes/a.txt", false), ("notes/../a.md", false), ("notes/../../outside/a.md", false),
      ("../outside/a.md", false), ("/etc/a.md", false), ("/notes/a.md", false), ("notes//a.md", false), ("notes/./a.md", false),
      ("./notes/a.md", false), ("README.md", false), (".git/a.md", false), ("notes/.git/a.md", false), ("notes/.md", false),
      ("notes/a\u{0}/b.md", false), ("", false), ("other/a.md", false), ("Notes/a.md", false),
    ]
    for (path, isOurs) in cases { #expect((KnowledgeDocument.Kind.beginning(of: path) != nil) == isOurs, "\(path)") }
  }

  @Test("with a forged list, only files that an export wrote are removed, and folders only when they are empty")
  func forgedList() async throws {
    try await exported { command, _, folder, outside in
      let ours = "---\nnote_id: \"old\"\nname: \"Old\"\n---\n\nold\n"
      let stays = [
        "notes/foreign.md": "# Somebody else's", "notes/folder.md/inner.txt": "x", "playbooks/note.md": ours,
        "notes/.git/c.md": ours,
        "README.md": ours, "notes/a.txt": ours, "notes/full/other.txt": "x", "docs/a.md": ours,
      ]
      for (path, text) in stays { try write(text, to: folder.appendingPathComponent(path)) }
      for path in ["notes/old.md", "notes/empty/deep/old.md", "notes/full/old.md"] {
        try write(ours, to: folder.appendingPathComponent(path))
      }
      #expect(symlink(outside.path, folder.path + "/notes/link") == 0)
      #expect(symlink(outside.path + "/deep/a.md", folder.path + "/notes/linked.md") == 0)
      #expect(mkfifo(folder.path + "/notes/fifo.md", 0o600) == 0)
      let forged =
        stays.keys.map { $0.replacing("/inner.txt", with: "") } + [
          "notes/old.md", "notes/empty/deep/old.md", "notes/full/old.md", "notes/link/deep/a.md", "notes/link", "notes/linked.md",
          "notes/fifo.md", "notes/../../outside/deep/a.md", "../outside/deep/a.md", outside.path + "/deep/a.md", "notes", "", "/",
          "notes/missing.md", "notes/missing/deep.md", String(repeating: "x", count: 5_000),
          "notes/" + String(repeating: "x", count: 5_000) + ".md",
        ]
      try list(forged, in: folder)
      let before = try tree(outside)
      let result = try await export(command)
      #expect(result.status == 0 && result.output.contains("3 removed"), "\(result.output)\(result.errors)")
      #expect(result.errors.contains(".devin-sync.json lists ") && result.errors.contains("which no export wrote"))
      #expect(try tree(outside) == before)
      let after = try tree(folder)
      for (path, text) in stays { #expect(after[path] == text, "\(path)") }
      for path in ["notes/old.md", "notes/empty", "notes/full/old.md"] { #expect(after[path] == nil, "\(path)") }
      for path in ["notes/link", "notes/linked.md", "notes/fifo.md", "notes/full"] { #expect(after[path] != nil, "\(path)") }
      // It is reported once.
      let again = try await export(command)
      #expect(again.status == 0 && again.errors.isEmpty && again.output.contains("0 files written, 0 removed"))
    }
  }

  @Test("a link is refused at any level of the folder, and nothing is written or removed behind it", arguments: 0..<4)
  func links(_ level: Int) async throws {
    try await exported { command, sandbox, folder, outside in
      let files = try tree(folder)
      let document = try #require(
        files.keys.filter { $0.hasSuffix(".md") }.max { $0.split(separator: "/").count < $1.split(separator: "/").count })
      let parts = document.split(separator: "/")
      let path = [".devin-sync.json", "notes", parts.dropLast().joined(separator: "/"), document][level]
      for id in sandbox.ids(.knowledgeNotes) { try sandbox.edit(.update(.knowledgeNotes, id, set: ["body": "changed"])) }
      #expect(try await command.run("sync", "knowledge_notes").status == 0)
      let target = outside.appendingPathComponent("target")
      try FileManager.default.moveItem(at: folder.appendingPathComponent(path), to: target)
      #expect(symlink(target.path, folder.path + "/" + path) == 0)
      let before = try tree(outside)
      let result = try await export(command)
      #expect(result.status == 74 && result.errors.contains("kept/\(path): it is a symbolic link"), "\(result.errors)")
      #expect(try tree(outside) == before)
    }
  }

  @Test("an obstacle that is no file or folder at the path of a document is named", arguments: [true, false])
  func obstacles(_ isFifo: Bool) async throws {
    try await exported { command, _, folder, _ in
      let document = try #require(try tree(folder).keys.first { $0.hasSuffix(".md") })
      for path in [document, ".devin-sync.json"] {
        let place = folder.appendingPathComponent(path).path
        #expect(unlink(place) == 0)
        #expect((isFifo ? mkfifo(place, 0o600) : mkdir(place, 0o700)) == 0)
        let result = try await export(command)
        #expect(result.status == 74 && result.errors.contains("kept/\(path): it is a"), "\(result.errors)")
        _ = remove(place)
      }
    }
  }

  @Test("the folder itself may be a link of the user's, and an invalid list changes nothing")
  func ownFolder() async throws {
    try await exported { command, _, folder, _ in
      let moved = command.folder.appendingPathComponent("moved")
      try FileManager.default.moveItem(at: folder, to: moved)
      #expect(symlink("moved", folder.path) == 0)
      let result = try await export(command)
      #expect(result.status == 0 && result.output.contains("0 files written, 0 removed"), "\(result.errors)")
      let before = try tree(moved)
      for text in ["", "[]", "{\"files\":[1]}", "{", "{\"files\":{}}"] {
        try Data(text.utf8).write(to: moved.appendingPathComponent(".devin-sync.json"))
        #expect(try await export(command).status == 74, "\(text)")
      }
      #expect(try tree(moved).filter { $0.key != ".devin-sync.json" } == before.filter { $0.key != ".devin-sync.json" })
    }
  }

  @Test("no name stops the export, and no note is lost because of another one's name")
  func names() async throws {
    try await Command.trial { command, sandbox in
      let names: [(name: String, folder: String)] = [
        ("e" + String(repeating: "\u{301}", count: 300), "/"), (String(repeating: "long ", count: 2_000), "/"),
        ("deep", String(repeating: "/a", count: 3_000)), ("deep", String(repeating: "/a", count: 2_999)),
        (String(repeating: "same start ", count: 30) + "one", "/"), (String(repeating: "same start ", count: 30) + "two", "/"),
        ("Case", "/Upper"), ("case", "/upper"), ("caf\u{e9}", "/"), ("cafe\u{301}", "/"), ("..", "/../../../etc"), ("", ""),
        ("💥", "/💥/💥"),
        ("a/b\\c:d*e?f\"g<h>i|j\u{0}k\nl", "/"), ("\u{202e}x", "/\u{1b}[2J"),
      ]
      // All ids have the same end.
      for (number, entry) in names.enumerated() {
        try sandbox.edit(
          .insert(
            .knowledgeNotes,
            object: [
              "note_id": .string("note-\(100 + number)-ending-alike"), "name": .string(entry.name),
              "folder_path": .string(entry.folder),
              "body": .string("body \(number)."),
            ]))
      }
      #expect(try await command.run("sync", "knowledge_notes").status == 0)
      let first = try await export(command)
      #expect(first.status == 0 && first.errors.isEmpty, "\(first.errors)")
      let folder = command.folder.appendingPathComponent("kept")
      let files = try tree(folder)
      for number in names.indices {
        let holding = files.filter { $0.value.hasSuffix("\n\nbody \(number).\n") }
        #expect(holding.count == 1, "\(number): \(holding.keys)")
      }
      let notes = files.filter { $0.key.hasSuffix(".md") }
      #expect(Set(notes.keys.map { $0.lowercased().decomposedStringWithCompatibilityMapping }).count == notes.count)
      #expect(try await command.query("SELECT count(*) FROM knowledge_notes") == ["\(notes.count)"])
      let again = try await export(command)
      #expect(again.output.contains("0 files written, 0 removed, \(notes.count) unchanged"), "\(again.output)")
      // The others keep their numbers when the last of them is deleted.
      try sandbox.edit(.delete(.knowledgeNotes, "note-105-ending-alike"))
      #expect(try await command.run("sync", "knowledge_notes", "--full").status == 0)
      let last = try await export(command)
      #expect(last.output.contains("0 files written, 1 removed"), "\(last.output)")
    }
  }
}
