import DevinSandbox
import Foundation
import TrialSupport

/// Checks the program's claims about its mirror against the objects of the server and the rows of the tables. It never uses
/// the ledger.
struct StatementOracle {
  let command: Command
  let sandbox: Sandbox
  let changes: ChangeLog

  /// What is compared; the last days of a series may always grow.
  private static let resources: [SandboxResource] = [
    .sessions, .sessionInsights, .sessionMessages, .sessionAttachments, .playbooks, .knowledgeNotes, .knowledgeFolders, .secrets,
    .schedules, .repositories, .organizationMembers,
  ]

  /// The claims of `status --json` about one organization's lists of a resource.
  private struct Claim {
    let organization: String
    let resource: SandboxResource
    let asOf: Int
  }

  /// - Parameter resources: those of the previous run; nil: it did not end with 0, or not at all.
  /// - Returns: false claims.
  func falsehoods(afterSuccessOf resources: [String]?) async throws -> [String] {
    var found: [String] = []
    let all = try await command.run(["status", "--json", "--max-age", "9000d"])
    guard let status = Self.object(all.output) else {
      return all.errors.contains("there is no mirror") || all.errors.contains("it is empty") ? [] : ["status said \(all)"]
    }
    let verdict = status["verdict"] as? String ?? ""
    let claims = Self.claims(in: status)
    try MirroredFile.lookAtCopy(of: command.database) { file in
      for claim in claims { found += try falsehoods(of: claim, file) }
      found += try disagreements(status, file)
    }
    let offline = try await command.run(["verify", "--offline", "--json"])
    let unread = (Self.object(offline.output)?["not_read"] as? [Any])?.count ?? 0
    if verdict == "complete", offline.status != 0 {
      found.append("status says complete, verify --offline ends with \(offline.status)")
    }
    if unread > 0, all.status == 0 { found.append("lists are not read, and status --max-age ends with 0") }
    if unread > 0, offline.status != 65 { found.append("lists are not read, and verify --offline ends with \(offline.status)") }
    guard let resources else { return found }
    let asked = resources.isEmpty ? all : try await command.run(["status", "--json", "--max-age", "9000d"] + resources)
    let answer = Self.object(asked.output)
    if asked.status != 0 || answer?["verdict"] as? String != "complete" {
      let said = answer?["summary"] ?? asked.errors
      found.append("a run of \(resources) ended with 0, and status \(asked.status) says \(said)")
    }
    return found
  }

  /// `verify --all` must report differences if there are any, and no differences if nothing can be found.
  func falsehoodsOfVerify() async throws -> [String] {
    let answer = try await command.run(["verify", "--all", "--json"])
    guard answer.status == 0, let report = Self.object(answer.output) else { return [] }
    let compared = (report["resources"] as? [[String: Any]] ?? []).filter { $0["never_mirrored"] as? Bool == false }
      .compactMap { ($0["resource"] as? String).flatMap(SandboxResource.init) }
    let differences = try MirroredFile.lookAtCopy(of: command.database) { file in
      try file.differences(from: sandbox, compared.filter { Self.resources.contains($0) })
    }
    return differences.map { "verify --all found no difference, and \($0)" }
  }

  private func falsehoods(of claim: Claim, _ file: MirroredFile) throws -> [String] {
    let (served, mirrored) = try file.lines(of: claim.resource, in: sandbox)
    // With several organizations, the organization of an object that does not name it is unknown.
    let isAlone = sandbox.scenario.moreOrganizations.isEmpty
    let isOfClaim = { (line: MirroredFile.Line) in line.organization.map { $0 == claim.organization } ?? isAlone }
    let excused = { (line: MirroredFile.Line) in changes.excuses(claim.resource, line.id, asOf: claim.asOf) }
    let lost = served.subtracting(mirrored).filter { isOfClaim($0) && !excused($0) }
    let surplus = mirrored.subtracting(served).filter { isOfClaim($0) && !excused($0) }
    let place =
      "\(claim.resource.rawValue) of \(claim.organization) is said to be complete as of \(claim.asOf) (now \(sandbox.now))"
    return [(lost, "served and not mirrored"), (surplus, "mirrored and not served")].compactMap { lines, what in
      lines.first.map { "\(place), and \(lines.count) objects are \(what), such as \($0.id): \($0.text.prefix(200))" }
    }
  }

  /// Checks that the view in SQL and the command agree.
  private func disagreements(_ status: [String: Any], _ file: MirroredFile) throws -> [String] {
    let view = Set(
      try file.column("SELECT org_id || ' ' || resource FROM sync_health WHERE is_whole"))
    return (status["resources"] as? [[String: Any]] ?? []).compactMap { entry in
      guard let organization = entry["organization"] as? String, let resource = entry["resource"] as? String,
        entry["is_whole"] as? Bool == true, !view.contains("\(organization) \(resource)"), !view.contains(" \(resource)")
      else { return nil }
      return "status says that \(resource) of \(organization) is complete, and sync_health does not"
    }
  }

  private static func claims(in status: [String: Any]) -> [Claim] {
    (status["resources"] as? [[String: Any]] ?? []).compactMap { entry in
      guard entry["is_whole"] as? Bool == true, let organization = entry["organization"] as? String, !organization.isEmpty,
        let asOf = entry["as_of"] as? Int ?? entry["completed_at"] as? Int,
        let resource = (entry["resource"] as? String).flatMap(SandboxResource.init), resources.contains(resource)
      else { return nil }
      return Claim(organization: organization, resource: resource, asOf: asOf)
    }
  }

  private static func object(_ text: String) -> [String: Any]? {
    try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
  }
}
