extension Resource {
  static let playbooks = Resource(
    "playbooks", "playbooks with their text",
    path: "/v3/organizations/{org_id}/playbooks", objectPath: "/v3/organizations/{org_id}/playbooks/{playbook_id}",
    key: .member("playbook_id"), strategy: .snapshot, permission: "ManageOrgPlaybooks")
}
