import DevinSync

extension RefreshLimits {
  /// The name of every group that is not named.
  private static let others = "default"

  /// - Parameter settings: `GROUP=LENGTH` each, as far as `objection(to:)` has none.
  init(settings: [String]) {
    self.init()
    for setting in settings {
      guard let (group, duration) = Self.parse(setting) else { continue }
      if let group { groups[group] = duration } else { standard = duration }
    }
  }

  /// Why a setting is not taken, as the rest of a sentence that begins with where it comes from; nil: it is.
  static func objection(to setting: String) -> String? {
    guard parse(setting) == nil else { return nil }
    let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
    let names = [others] + ResourceGroup.allCases.map(\.rawValue)
    guard parts.count == 2, names.contains(parts[0]) else {
      let name = parts.first ?? ""
      return
        "names `\(name)`, which is no group of resources. \(names.nearest(to: name).map { "Did you mean `\($0)`?" } ?? "It takes \(names.joined(separator: ", ")).")"
    }
    return "takes a length of time for `\(parts[0])`, such as 30m, 6h or 0s, not `\(parts[1])`."
  }

  /// - Returns: the group, nil being all others; nil as a whole: it is no such setting.
  private static func parse(_ setting: String) -> (group: ResourceGroup?, duration: Duration)? {
    let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
    guard parts.count == 2, let duration = DurationArgument(argument: parts[1])?.duration else { return nil }
    if parts[0] == others { return (nil, duration) }
    return ResourceGroup(rawValue: parts[0]).map { ($0, duration) }
  }
}
