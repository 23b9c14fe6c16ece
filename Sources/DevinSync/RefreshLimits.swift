public import DevinModel

/// How old lists may get that come back unchanged, where several organizations share a file. The lists of sessions and insights, and
/// what the enterprise lists in one place, are read in every run.
public struct RefreshLimits: Hashable, Sendable {
  /// Of groups that have no limit of their own; zero: every run reads them.
  public var standard = Duration.seconds(6 * 3_600)
  /// By group; zero: every run reads it.
  public var groups: [ResourceGroup: Duration] = [:]

  /// Six hours for every group.
  public init() {}

  /// The limit of a group.
  public subscript(_ group: ResourceGroup) -> Duration { groups[group] ?? standard }
}
