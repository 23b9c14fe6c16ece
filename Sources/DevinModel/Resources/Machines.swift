// What sessions run on.

extension Resource {
  static let machines: [Resource] = [
    .blueprints, .blueprintFiles, .blueprintContents, .snapshotBuilds, .snapshotBuildLogs, .hypervisors, .outposts,
    .queueReadings,
  ]

  static let blueprints = Resource(
    "blueprints", "blueprints of the machines", in: .machines,
    from: [
      ListSource("/v3beta1/enterprise/snapshot-setup/blueprints", needs: "ManageAccountSnapshots", .inferred),
      ListSource("/v3beta1/organizations/{org_id}/snapshot-setup/blueprints", needs: "ManageRepoBlueprints", .docs),
    ],
    readsEverySource: true, rows: .firstMember(of: ["data", "items"]), paging: .single, key: .member("blueprint_id"),
    scope: ["org_id"])

  static let blueprintFiles = Resource(
    "blueprint_files", "files of each blueprint (metadata)", in: .machines, isDefault: false,
    from: [
      ListSource(
        "/v3beta1/organizations/{org_id}/snapshot-setup/blueprints/{blueprint_id}/files", needs: "ManageRepoBlueprints", .docs),
      ListSource("/v3beta1/enterprise/snapshot-setup/blueprints/{blueprint_id}/files", needs: "ManageAccountSnapshots", .docs),
    ],
    readsEverySource: true, rows: .firstMember(of: ["data", "items"]), paging: .single, key: .member("file_id"),
    scope: ["org_id"], below: .daily("blueprints", as: "blueprint_id"))

  static let blueprintContents = Resource(
    "blueprint_contents", "the text of each blueprint", in: .machines, isDefault: false,
    from: [
      ListSource(
        "/v3beta1/organizations/{org_id}/snapshot-setup/blueprints/{blueprint_id}/contents", needs: "ManageRepoBlueprints",
        .official),
      ListSource(
        "/v3beta1/enterprise/snapshot-setup/blueprints/{blueprint_id}/contents", needs: "ManageAccountSnapshots", .docs),
    ],
    readsEverySource: true, rows: .download(as: "contents"), paging: .single, key: .scope("blueprint_id"), scope: ["org_id"],
    strategy: .single, below: .changed("blueprints", as: "blueprint_id"))

  static let snapshotBuilds = Resource(
    "snapshot_builds", "builds of the machines", in: .machines,
    from: [ListSource("/v3beta1/organizations/{org_id}/snapshot-setup/builds", needs: "ManageRepoBlueprints", .docs)],
    key: .member("build_id"), scope: ["org_id"])

  static let snapshotBuildLogs = Resource(
    "snapshot_build_logs", "the log of each build", in: .machines, isDefault: false,
    from: [
      ListSource(
        "/v3beta1/organizations/{org_id}/snapshot-setup/builds/{build_id}/logs", needs: "ManageRepoBlueprints", .docs)
    ],
    rows: .download(as: "log"), paging: .single, key: .scope("build_id"), scope: ["org_id"], strategy: .single,
    below: .changed("snapshot_builds", as: "build_id"))

  static let hypervisors = Resource(
    "hypervisors", "hypervisors, whatever their status", in: .machines,
    from: [
      ListSource(
        "/v3/enterprise/hypervisors", query: [QueryItem("status", "all")], needs: "ViewEnterpriseInfraDetails", .docs)
    ],
    key: .member("hypervisor_id"))

  /// The account's machines outside of Devin's cloud. Early access; the mirror never claims or releases sessions.
  static let outposts = Resource(
    "outposts", "pools of machines outside of Devin's cloud", in: .machines, isDefault: false,
    from: [ListSource("/opbeta/outposts", needs: "UseOutpostsMachine", .clients)],
    key: MirrorTable.ItemKey(
      column: "outpost_id", expression: "raw ->> '$.metadata.outpost_id'", members: ["metadata.outpost_id"]))

  static let queueReadings = Resource(
    "queue_readings", "length of the session queue, one row per run", in: .machines, isDefault: false,
    from: [ListSource("/v3/enterprise/queue", needs: "ViewAccountMetrics", .docs)],
    rows: .object, paging: .single, key: .scope("read_at"), strategy: .single)
}

extension Parents {
  /// Rows with a time of change that also covers their child lists.
  fileprivate static func changed(_ table: String, as column: String) -> Parents {
    var query = ParentQuery(from: table, id: "p.\(column)", version: "CAST(p._changed_at AS TEXT)")
    query.changedAt = "p.updated_at"
    return Parents(table, as: column, absentMeansNone: true, query: query)
  }
}
