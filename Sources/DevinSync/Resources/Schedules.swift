extension Resource {
  static let schedules = Resource(
    "schedules", "schedules that start sessions",
    path: "/v3/organizations/{org_id}/schedules", objectPath: "/v3/organizations/{org_id}/schedules/{scheduled_session_id}",
    paging: .offset(pageSize: 100), key: .member("scheduled_session_id"), strategy: .snapshot,
    permission: "ManageOrgSchedules")
}
