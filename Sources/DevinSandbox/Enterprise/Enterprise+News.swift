extension Enterprise {
  /// Each active organization lives on for so many minutes; see `SandboxScenario.activeOrganizations`.
  mutating func news(steps: Int) throws -> SandboxNews {
    let began = now
    var news = try organization.news(steps: steps)
    for number in organizationIDs.indices.dropFirst() where number < scenario.activeOrganizations ?? 1 {
      others[number - 1].now = began
      news += try others[number - 1].news(steps: steps)
    }
    return news
  }
}
