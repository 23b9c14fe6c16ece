extension ResourceGroup {
  /// The minimum permissions that a service user needs to read the group, in alphabetical order.
  /// - Parameters:
  ///   - ofEnterprise: for an enterprise key; otherwise for a key of one organization.
  ///   - isDefault: only for what a run reads by default; false: for the complete group.
  package func permissions(ofEnterprise: Bool, isDefault: Bool) -> [String] {
    let resources = Catalogue.all.filter { $0.group == self && ($0.isDefault || !isDefault) }
    return Set(resources.flatMap { $0.permissions(ofEnterprise: ofEnterprise) }).sorted()
  }
}

extension Resource {
  /// Empty: such a key cannot read the resource.
  fileprivate func permissions(ofEnterprise: Bool) -> [String] {
    guard ofEnterprise else {
      return sources.filter { $0.reach == .organization || $0.reach == .key }.map(\.permission)
    }
    if readsEverySource { return sources.map(\.permission) }
    // A list of the whole enterprise replaces those of its organizations.
    return [sources.first { $0.reach == .enterprise } ?? sources[0]].map(\.permission)
  }
}
