package import DevinModel

/// What the walk of a list requests besides its cursor, as stored in the checkpoint.
package enum ListFilter: Hashable, Sendable {
  /// Rows that changed at or after a time. The parameter's name depends on the list, such as `updated_after`.
  case since(parameter: String, time: UnixTime)
  /// What happened in a span of time; the end is exclusive.
  case span(after: UnixTime, before: UnixTime)

  private static let names = (after: "time_after", before: "time_before")

  /// - Parameter text: the value of the checkpoint's column; the result is nil if this program never writes such a value.
  package init?(text: String) {
    let items = text.split(separator: "&", omittingEmptySubsequences: false).map {
      $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    }
    let values = items.compactMap { $0.count == 2 ? Int64($0[1]).map(UnixTime.init(rawValue:)) : nil }
    guard values.count == items.count, items.allSatisfy({ !$0[0].isEmpty }) else { return nil }
    switch items.map({ String($0[0]) }) {
    case [Self.names.after, Self.names.before]: self = .span(after: values[0], before: values[1])
    case let names where names.count == 1: self = .since(parameter: names[0], time: values[0])
    default: return nil
    }
  }

  /// The value for the checkpoint's column.
  package var text: String { items.map { "\($0.name)=\($0.value)" }.joined(separator: "&") }

  /// The parameters for a request.
  package var items: [(name: String, value: String)] {
    switch self {
    case .since(let parameter, let time): [(parameter, "\(time.rawValue)")]
    case .span(let after, let before): [(Self.names.after, "\(after.rawValue)"), (Self.names.before, "\(before.rawValue)")]
    }
  }
}
