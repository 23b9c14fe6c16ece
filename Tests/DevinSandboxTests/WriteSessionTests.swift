import Foundation
import NIOHTTP1
import Testing

@testable import DevinSandbox

@Suite("Writing to sessions")
struct WriteSessionTests {
  private func started(_ body: (Sandbox, Probe, String) async throws -> Void) async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      sandbox.advance(seconds: 60)
      let row = try await probe.write(.POST, "sessions", Example.session).json()
      try await body(sandbox, probe, "sessions/devin-\(row["session_id"]?.string ?? "")")
    }
  }

  @Test("a session that was started is first in the list, with its prompt as its first message and its tags once each")
  func start() async throws {
    try await started { sandbox, probe, path async throws in
      let row = try await probe.get(path).json()
      #expect(try await probe.get("sessions?first=1").items() == [row])
      #expect(try await probe.get("sessions?tags=q4-goal&created_after=\(sandbox.now)").items() == [row])
      #expect(
        row["tags"] == ["q4-goal", "bug"] && row["status"] == "new" && row["origin"] == "api" && row["title"] == "Fix the build.")
      #expect(row["user_id"] == "bot_apk" && row["service_user_id"]?.string?.isEmpty == false)
      let messages = try await probe.get("\(path)/messages").items()
      #expect(messages.map { $0["message"] } == ["Fix the build."] && messages[0]["source"] == "user")
    }
  }

  @Test("a message is the user's, comes last, wakes a session and moves its time")
  func message() async throws {
    try await started { sandbox, probe, _ in
      let sleeping = try #require(
        try sandbox.parsedObjects(.sessions).first { $0["status"] == "suspended" && $0["is_archived"] == false })
      let path = "sessions/\(sleeping["session_id"]?.string ?? "")"
      let before = try await probe.walk("\(path)/messages")
      let users = try await probe.get("\(path)/insights").json()["num_user_messages"]?.number ?? 0
      let row = try await probe.write(.POST, "\(path)/messages", #"{"message": "Go on, \"please\" 🙂"}"#).json()
      #expect(row["status"] == "running" && row["updated_at"]?.number == sandbox.now)
      let after = try await probe.walk("\(path)/messages")
      #expect(
        after.dropLast() == before[...] && after.last?["message"] == "Go on, \"please\" 🙂" && after.last?["source"] == "user")
      #expect(try await probe.get("\(path)/insights").json()["num_user_messages"]?.number == users + 1)
    }
  }

  @Test("tags are added once each or replaced, and never more than 50")
  func tags() async throws {
    try await started { _, probe, path async throws in
      #expect(
        try await probe.write(.POST, "\(path)/tags", #"{"tags": ["bug", "new", "new"]}"#).json()["tags"] == [
          "q4-goal", "bug", "new",
        ])
      #expect(try await probe.write(.PUT, "\(path)/tags", #"{"tags": ["one"]}"#).json()["tags"] == ["one"])
      #expect(try await probe.get(path).json()["tags"] == ["one"])
      let many = (0..<50).map { "\"t\($0)\"" }.joined(separator: ",")
      #expect(try await probe.write(.POST, "\(path)/tags", "{\"tags\": [\(many)]}").status == 422)
      #expect(try await probe.write(.PUT, "\(path)/tags", "{\"tags\": [\(many)]}").status == 200)
    }
  }

  @Test("archiving takes the children along, and unarchiving does not")
  func archive() async throws {
    try await Sandbox.run { sandbox in
      let probe = Probe(sandbox)
      let parent = try #require(
        try sandbox.parsedObjects(.sessions).first {
          $0["child_session_ids"]?.list?.isEmpty == false && $0["is_archived"] == false
        })
      let path = "sessions/\(parent["session_id"]?.string ?? "")"
      let child = "sessions/\(parent["child_session_ids"]?.list?[0].string ?? "")"
      #expect(try await probe.write(.POST, "\(path)/archive").json()["is_archived"] == true)
      #expect(try await probe.get(child).json()["is_archived"] == true)
      _ = try await probe.write(.POST, "\(path)/messages", #"{"message": "Wake up"}"#)
      #expect(try await probe.get(path).json()["status"] != "running")
      #expect(try await probe.write(.POST, "\(path)/unarchive").json()["is_archived"] == false)
      #expect(try await probe.get(child).json()["is_archived"] == true)
    }
  }

  @Test("a session that was ended stays in the list and takes no message any more")
  func end() async throws {
    try await started { _, probe, path async throws in
      let ended = try await probe.write(.DELETE, "\(path)?archive=true").json()
      #expect(ended["status"] == "exit" && ended["is_archived"] == true)
      #expect(try await probe.get(path).json() == ended)
      #expect(try await probe.write(.POST, "\(path)/messages", #"{"message": "Go on"}"#).status == 409)
      #expect(try await probe.write(.DELETE, path).status == 200)
      #expect(try await probe.write(.DELETE, "sessions/devin-0").status == 404)
    }
  }

  @Test("insights that were asked for are there half a minute later")
  func insights() async throws {
    try await started { sandbox, probe, path async throws in
      #expect(try await probe.write(.POST, "\(path)/insights/generate").json()["status"] == "pending")
      #expect(try await probe.get("\(path)/insights").json()["analysis"] == .some(.null))
      sandbox.advance(seconds: 30)
      #expect(try await probe.get("\(path)/insights").json()["analysis_status"] == "completed")
      #expect(try await probe.write(.POST, "\(path)/insights/generate").json()["status"] == "already_exists")
    }
  }

  @Test("an uploaded file can be sent with a message, and downloaded as it was")
  func upload() async throws {
    try await started { sandbox, probe, path async throws in
      let file = try await probe.upload("a b;c.txt", "one\r\n--two\r\n").json()
      #expect(file["name"] == "a b;c.txt")
      let url = try #require(file["url"]?.string)
      #expect(
        try await probe.write(.POST, "\(path)/messages", #"{"message": "See", "attachment_urls": ["\#(url)"]}"#).status == 200)
      #expect(try await probe.get("\(path)/attachments").json().list?.map { $0["attachment_id"] } == [file["attachment_id"]])
      let content = try await probe.get("attachments/\(file["attachment_id"]?.string ?? "")/a%20b%3Bc.txt")
      let location = try #require(content.headers.first(name: "location"))
      let place = location[try #require(location.firstRange(of: "/_downloads")).lowerBound...]
      #expect(try await Probe(sandbox, key: .some(nil)).send(.GET, String(place)).text == "one\r\n--two\r\n")
      #expect(
        try await probe.write(.POST, "\(path)/messages", #"{"message": "See", "attachment_urls": ["https://e.org/x"]}"#).status
          == 400)
    }
  }
}
