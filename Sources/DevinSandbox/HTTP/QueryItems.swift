/// The query of a request, decoded: pairs in their original order. A plus sign means a space, as in Devin's
/// framework, so a cursor that was not percent-encoded becomes invalid.
struct QueryItems: Sendable {
  let pairs: [(name: String, value: String)]

  init(_ raw: String) {
    pairs = raw.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
        Target.decode($0.replacing("+", with: " "))
      }
      return (parts[0], parts.count > 1 ? parts[1] : "")
    }
  }

  subscript(name: String) -> String? { pairs.last { $0.name == name }?.value }

  func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  func integer(_ name: String) throws(Refusal) -> Int? {
    guard let text = self[name] else { return nil }
    guard let value = Int(text) else {
      let message = "Input should be a valid integer, unable to parse string as an integer"
      throw .invalid(name, input: text, type: "int_parsing", message: message)
    }
    return value
  }

  func integer(_ name: String, in range: ClosedRange<Int>, default value: Int) throws(Refusal) -> Int {
    guard let number = try integer(name) else { return value }
    guard let (type, message) = range.flaw(of: number) else { return number }
    throw .invalid(name, input: String(number), type: type, message: message)
  }

  func flag(_ name: String) throws(Refusal) -> Bool? {
    guard let text = self[name] else { return nil }
    switch text.lowercased() {
    case "true", "1", "yes", "on", "t", "y": return true
    case "false", "0", "no", "off", "f", "n": return false
    default:
      throw .invalid(
        name, input: text, type: "bool_parsing", message: "Input should be a valid boolean, unable to interpret input")
    }
  }

  /// The range of time in a query: from `after` up to, but not including, `before`.
  ///
  /// - Throws: a `Refusal` if the range has an end but no start, or is longer than 100 days.
  func range(now: Int, isLimited: Bool, isRequired: Bool = false, after: String = "time_after", before: String = "time_before")
    throws(Refusal) -> Range<Int>
  {
    let first = try integer(after)
    let end = try integer(before)
    for (name, value) in [(after, first), (before, end)] where isRequired && value == nil {
      throw .invalid(name, input: "", type: "missing", message: "Field required")
    }
    if isLimited, let end, first == nil {
      throw .invalid(before, input: String(end), type: "value_error", message: "\(before) needs \(after)")
    }
    if isLimited, let first, (end ?? now) - first > 100 * Enterprise.day {
      throw .invalid(after, input: String(first), type: "value_error", message: "The range is longer than 100 days")
    }
    return (first ?? .min)..<max(first ?? .min, end ?? .max)
  }

  /// Whether `order=asc` requests a list in reverse order.
  func asksForOldestFirst() throws(Refusal) -> Bool {
    if let order = self["order"], order != "asc", order != "desc" {
      throw .invalid("order", input: order, type: "literal_error", message: "Input should be 'asc' or 'desc'")
    }
    return self["order"] == "asc"
  }
}

extension ClosedRange<Int> {
  /// Why a number is not in this range; nil: it is.
  func flaw(of number: Int) -> (type: String, message: String)? {
    if number < lowerBound { return ("greater_than_equal", "Input should be greater than or equal to \(lowerBound)") }
    return number > upperBound ? ("less_than_equal", "Input should be less than or equal to \(upperBound)") : nil
  }
}
