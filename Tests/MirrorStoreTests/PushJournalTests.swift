import MirrorStore
import TestSupport
import Testing

@Suite("The journal of writes")
struct PushJournalTests {
  private let mirror: TemporaryMirror
  private let store: MirrorStore

  init() throws {
    mirror = try TemporaryMirror()
    store = try mirror.open()
  }

  private func copy(_ key: String?, _ hash: String) -> PushIntent {
    PushIntent(
      run: 1, organization: "org-b", resource: "playbooks", key: key, action: key == nil ? "create" : "update", baseHash: nil,
      contentHash: hash, origin: PushOrigin(organization: "org-a", key: "old"))
  }

  private func map() async throws -> [String] {
    try await store.rows("SELECT from_org_id, from_key, to_org_id, to_key, hash, mapped_at FROM sync_push_ids")
  }

  @Test("which object an object was made from is recorded with the outcome of its creation, and only if that was done")
  func mapsIDs() async throws {
    let lost = try await store.begin(copy(nil, "1"), now: 10)
    try await store.end(lost, .notDone, now: 11)
    #expect(try await map().isEmpty)
    let made = try await store.begin(copy(nil, "1"), now: 20)
    #expect(try await store.openPushes().map(\.intent) == [copy(nil, "1")])
    try await store.end(made, .done, key: "new", now: 21)
    #expect(try await map() == ["org-a|old|org-b|new|1|21"])
    let changed = try await store.begin(copy("new", "2"), now: 30)
    try await store.end(changed, .done, now: 31)
    try await store.note(stored: "3", by: changed)
    #expect(try await map() == ["org-a|old|org-b|new|3|21"])
    // It was deleted, and made again.
    let again = try await store.begin(copy(nil, "4"), now: 40)
    try await store.end(again, .done, key: "newer", now: 41)
    #expect(try await map() == ["org-a|old|org-b|newer|4|41"])
  }

  @Test("a row's key, its marker and the address in the answer are kept")
  func keepsRows() async throws {
    let intent = PushIntent(
      run: 1, organization: "org-a", resource: "sessions", key: nil, action: "create", baseHash: nil, contentHash: "1",
      rowKey: "row 7", marker: "devin-sync:7")
    let push = try await store.begin(intent, now: 10)
    #expect(try await store.openPushes().map(\.intent) == [intent])
    try await store.end(push, .done, key: "s", url: "https://app.devin.ai/sessions/s", now: 11)
    #expect(
      try await store.rows("SELECT row_key, marker, url, change_before FROM sync_pushes") == [
        "row 7|devin-sync:7|https://app.devin.ai/sessions/s|0"
      ])
    #expect(try await store.openPushes().isEmpty)
  }
}
