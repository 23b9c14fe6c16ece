/// What an answer names its request by: a text or a whole number, and never null.
package enum RequestID: Hashable, Sendable {
  case number(Int64)
  case text(String)

  /// - Returns: nil: it is neither.
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
