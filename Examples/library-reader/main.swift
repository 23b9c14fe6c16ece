import Foundation
import MirrorReading

// Reads a mirror: how complete it is, the sessions that changed last, and what became of the newest one.
let path = ProcessInfo.processInfo.environment["DEVIN_SYNC_DATABASE"] ?? "client.db"

let status = try await MirrorStatus(database: path)
print(status.completeness().verdict())

let reader = try MirrorReader(database: path)
let answer = try await reader.answer("SELECT session_id, title FROM sessions ORDER BY updated_at DESC LIMIT 5")
for row in answer.rows { print(row.map { $0.text ?? "" }.joined(separator: " ")) }

if let id = answer.rows.first?.first?.text {
  let story = try await SessionStory(id, in: reader)
  print("\(story.title ?? id): \(story.messages.count) messages, \(story.pullRequests.count) pull request states")
}
