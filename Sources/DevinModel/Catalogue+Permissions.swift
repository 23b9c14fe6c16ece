extension ResourceGroup {
  /// The least permissions by which a service user can read the group, in alphabetical order.
  /// - Parameters:
  ///   - ofEnterprise: for a key of the enterprise; else of one organization.
  ///   - isDefault: for what a run reads without being told to; false: for all of the group.
  package func permissions(ofEnterprise: Bool, isDefault: Bool) -> [String] {
    let resources = Catalogue.all.filter { $0.group == self && ($0.isDefault || !isDefault) }
    return Set(resources.flatMap { $0.permissions(ofEnterprise: ofEnterprise) }).sorted()
  }
}

extension Resource {
  /// Empty: such a key finds nothing of it.
  fileprivate func permissions(ofEnterprise: Bool) -> [String] {
    guard ofEnterprise else {
      return sources.filter { $0.reach == .organization || $0.reach == .key }.map(\.permission)
    }
    if readsEverySource { return sources.map(\.permission) }
    // A list of the whole enterprise stands for those of its organizations.
    return [sources.first { $0.reach == .enterprise } ?? sources[0]].map(\.permission)
  }
}
