import DevinSync

extension RefreshLimits {
  /// The name that stands for all groups that are not named.
  private static let others = "default"

  /// - Parameter settings: each is `GROUP=LENGTH`.
  /// - Throws: at the first one that is invalid.
  init(settings: [String]) throws(SettingObjection) {
    self.init()
    for setting in settings {
      let parts = setting.split(separator: "=", maxSplits: 1).map(String.init)
      let names = [Self.others] + ResourceGroup.allCases.map(\.rawValue)
      guard parts.count == 2, names.contains(parts[0]) else {
        let name = parts.first ?? ""
        throw SettingObjection(
          "names `\(name)`, which is not a group of resources. \(names.nearest(to: name).map { "Did you mean `\($0)`?" } ?? "It takes \(names.joined(separator: ", ")).")"
        )
      }
      guard let duration = Duration(text: parts[1]) else {
        throw SettingObjection("needs a duration for `\(parts[0])`, such as 30m, 6h or 0s, not `\(parts[1])`.")
      }
      if let group = ResourceGroup(rawValue: parts[0]) { groups[group] = duration } else { standard = duration }
    }
  }
  /// The same in this format.
  var settings: [String] {
    let named = ResourceGroup.allCases.compactMap { group in groups[group].map { "\(group.rawValue)=\($0.asSetting)" } }
    return ["\(Self.others)=\(standard.asSetting)"] + named
  }
}
