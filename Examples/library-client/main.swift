import DevinSync
import Foundation

// Mirrors the organization of the key in DEVIN_API_KEY into client.db and draws its own progress.
let environment = ProcessInfo.processInfo.environment
let mirror = DevinMirror(
  database: environment["DEVIN_SYNC_DATABASE"] ?? "client.db",
  credential: try Credential(environment["DEVIN_API_KEY"] ?? ""),
  organization: environment["DEVIN_ORG_ID"],
  address: try environment["DEVIN_API_URL"].map { try APIAddress($0) } ?? .devin)

let report = try await mirror.sync { events in
  for await event in events {
    if case .finished(let resource) = event {
      print("\(resource.resource): \(resource.counts.inserted) new, \(resource.counts.changed) changed")
    }
  }
}
for problem in report.allProblems { print(problem.message) }
print("\(report.requests) requests, \(report.status)")
exit(report.status == .success ? EXIT_SUCCESS : EXIT_FAILURE)
