import Testing

@testable import DevinPush

@Suite("What references mean in another organization")
struct ReferencesTests {
  private func automation(_ prompt: String, _ more: [String: JSONValue] = [:]) -> Content {
    Content(
      .automations,
      ["actions": .list([.object(["type": .text("start_session"), "prompt": .text(prompt)].merging(more) { $1 })])])
  }

  private func prompt(_ content: Content) -> String? { content["actions"].list?.first?.object?["prompt"]?.text }

  private func foreign(_ change: (inout References) -> Void = { _ in }) -> References {
    var references = References()
    references.isForeign = true
    references.folders = ["/runbooks": "f-here"]
    references.secrets = ["TOKEN"]
    change(&references)
    return references
  }

  @Test("whole references to playbooks are replaced, and nothing that looks like a part of one")
  func playbooks() {
    let references = foreign { $0.playbooks = ["a": .known("b"), "a-b": .known("c"), "d": .planned] }
    let mapped = references.mapped(automation("@playbook:a, @playbook:a-b. @playbook:d; a playbook:a"), folderPath: nil)
    #expect(prompt(mapped.content) == "@playbook:b, @playbook:c. @playbook:d; a playbook:a")
    #expect(mapped.awaited == ["d"] && mapped.missing.isEmpty)
    #expect(prompt(References.replacing(["d": "e"], in: mapped.content)) == "@playbook:b, @playbook:c. @playbook:e; a playbook:a")
    let schedule = references.mapped(Content(.schedules, ["playbook_id": .text("a")]), folderPath: nil)
    #expect(schedule.content["playbook_id"] == .text("b"))
    #expect(references.mapped(Content(.schedules, ["playbook_id": .text("z")]), folderPath: nil).missing == ["the playbook z"])
  }

  @Test("a note goes into the folder of the same path, or to the root, which is said")
  func folders() {
    let note = Content(.notes, ["folder_id": .text("f-there")])
    #expect(foreign().mapped(note, folderPath: "/runbooks").content["folder_id"] == .text("f-here"))
    let rootless = foreign().mapped(note, folderPath: "/other")
    #expect(rootless.content["folder_id"] == .null && rootless.remarks.count == 1)
    #expect(foreign { $0.folders = nil }.mapped(note, folderPath: "/runbooks").remarks[0].contains("could not be read"))
    // In its own organization it stays where it is, as long as the folder exists.
    let own = Content(.notes, ["folder_id": .text("f-here")])
    #expect(foreign { $0.isForeign = false }.mapped(own, folderPath: nil).content["folder_id"] == .text("f-here"))
    #expect(foreign { $0.isForeign = false }.mapped(note, folderPath: "/runbooks").content["folder_id"] == .text("f-here"))
  }

  @Test("secrets are needed by their names, and sessions cannot be had elsewhere")
  func secretsAndSessions() {
    #expect(foreign().mapped(automation("use ${TOKEN} and ${OTHER}"), folderPath: nil).missing == ["the secret OTHER"])
    let unread = foreign { $0.secrets = nil }.mapped(automation("use ${TOKEN}"), folderPath: nil)
    #expect(unread.missing.isEmpty && unread.remarks.count == 1)
    #expect(foreign().mapped(automation("", ["target_devin_id": .text("s")]), folderPath: nil).missing == ["the session s"])
    #expect(foreign().mapped(Content(.schedules, ["target_devin_id": .text("s")]), folderPath: nil).missing == ["the session s"])
  }

  @Test("an automation runs as the other organization, with its security profile")
  func users() {
    let content = automation("x").with("run_as", .object(["type": .text("creator")])).with(
      "security_profile", .object(["profile_id": .text("p")]))
    let mapped = foreign().mapped(content, folderPath: nil)
    #expect(mapped.content["run_as"] == .object(["type": .text("organization")]) && mapped.remarks.count == 2)
    #expect(mapped.content["security_profile"] == .null)
    #expect(foreign { $0.isForeign = false }.mapped(content, folderPath: nil).remarks.isEmpty)
  }
}
