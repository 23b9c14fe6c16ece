/// The id of a request, which its answer repeats: a text or a whole number, and never null.
package enum RequestID: Hashable, Sendable {
  case number(Int64)
  case text(String)

  /// - Returns: nil: the value is neither.
  package init?(_ value: JSON) {
    switch value {
    case .integer(let number): self = .number(number)
    case .text(let text): self = .text(text)
    default: return nil
    }
  }

  package var json: JSON {
    switch self {
    case .number(let number): .integer(number)
    case .text(let text): .text(text)
    }
  }
}
