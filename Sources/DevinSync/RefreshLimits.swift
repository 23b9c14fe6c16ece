public import DevinModel

/// How old unchanged lists may get when several organizations share a file. The lists of sessions and insights, and the
/// lists that the enterprise serves in one place, are read in every run.
public struct RefreshLimits: Hashable, Sendable {
  /// For groups without a limit of their own; zero: every run reads them.
  public var standard = Duration.seconds(6 * 3_600)
  /// By group; zero: every run reads it.
  public var groups: [ResourceGroup: Duration] = [:]

  /// Six hours for every group.
  public init() {}

  /// The limit of a group.
  public subscript(_ group: ResourceGroup) -> Duration { groups[group] ?? standard }
}
