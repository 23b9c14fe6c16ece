/// Every resource that can be mirrored, and API paths that are not mirrored.
public enum Catalogue {
  /// Parents before children. The resources of each group are listed beside their declarations, in the folder `Resources`.
  public static let all: [Resource] =
    Resource.account + Resource.work + Resource.knowledge + Resource.automation + Resource.people + Resource.billing
    + Resource.metrics + Resource.code + Resource.machines + Resource.settings + Resource.audit

  /// - Returns: nil: no resource has this name.
  public static func resource(named name: String) -> Resource? { byName[name] }

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  /// The child lists of each table's rows.
  package static let listsBelow = all.compactMap { resource in
    resource.parents.map { ChildLists(resource: resource.name, parents: $0.query) }
  }

  /// Resources for which the enterprise's list includes the rows of its organizations' lists.
  package static let coveredByEnterprise = Set(
    all.filter { !$0.readsEverySource && $0.parents == nil && $0.sources.contains { $0.reach == .enterprise } }.map(\.name))

  /// The resources that a name on the command line means: a resource, a group, `default` or `all`. `files`, the contents of attachments,
  /// includes the list of attachments.
  /// - Returns: nil for any other name.
  package static func resources(for name: String) -> [Resource]? {
    if name == FileContents.name { return [.sessionAttachments] }
    if let resource = resource(named: name) { return [resource] }
    if let group = ResourceGroup(rawValue: name) { return all.filter { $0.group == group } }
    switch name {
    case "all": return all
    case "default": return all.filter(\.isDefault)
    default: return nil
    }
  }

  /// Names of the resources that several names mean; names without a meaning are ignored.
  package static func names(for names: [String]) -> Set<String> {
    Set(names.flatMap { resources(for: $0) ?? [] }.map(\.name))
  }

  /// Names of the resources to leave out. Leaving out `files`, the contents, does not leave out the list of attachments.
  package static func names(leftOutBy names: [String]) -> Set<String> {
    Self.names(for: names.filter { $0 != FileContents.name })
  }

  /// Readable paths of the API that no resource uses, each with the reason.
  package static let leftOut: [(path: String, reason: String)] = [
    ("/v3/organizations/{org_id}/sessions/{devin_id}/tags", "the session's row has its tags (`session_tags`)"),
    ("/v3/enterprise/sessions/{devin_id}/messages", "read through the organization"),
    ("/v3/enterprise/sessions/{devin_id}/attachments", "read through the organization"),
    (FileContents.path.description, "contents of attachments; `sync files` stores them beside the mirror (docs/files.md)"),
    ("/v3/organizations/{org_id}/sessions/{devin_id}/events/search", "a search; `session_events` has all events"),
    ("/v3/enterprise/consumption/daily/users/{user_id}", "read organization by organization (`user_daily_consumption`)"),
    (
      "/v3/enterprise/consumption/daily/service-users/{service_user_id}",
      "read organization by organization (`service_user_daily_consumption`)"
    ),
    ("/v3/enterprise/consumption/daily/sessions/{session_id}", "read through the organization (`session_daily_consumption`)"),
    ("/v3/enterprise/pr-reviews", "read through the organization (`pr_reviews`)"),
    ("/v3beta1/organizations/{org_id}/repositories/{repository_path}/indexing", "one row of `indexed_repositories`"),
    ("/v3beta1/organizations/{org_id}/snapshot-setup/blueprints/{blueprint_id}", "one row of `blueprints`"),
    ("/v3beta1/organizations/{org_id}/snapshot-setup/builds/{build_id}", "one row of `snapshot_builds`"),
    ("/v3beta1/enterprise/searches", "read organization by organization (`searches`)"),
    ("/v3/enterprise/code-scans/findings", "its rows name no organization; read organization by organization"),
    ("/v3/organizations/{org_id}/schedules/{schedule_id}", "one row of `schedules`"),
  ]
}
