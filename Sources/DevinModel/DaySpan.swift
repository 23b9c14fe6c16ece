/// Consecutive days that a word or a month names: `today`, `yesterday`, `this week`, `last week`, `this month`, `last month`, `2026-11`.
/// Weeks start on Monday. A dash or an underscore may replace the space.
package struct DaySpan: Hashable, Sendable {
  /// Days since 1970-01-01.
  package let first: Int64
  /// The last day; the span of a current week or month ends today.
  package let last: Int64

  /// - Parameter today: days since 1970-01-01.
  /// - Returns: nil: the text names no days.
  package init?(_ text: String, today: Int64) {
    // 1970-01-01 was a Thursday.
    let monday = today - (today + 3) % 7
    let month = CivilMonth(ofDay: today)
    switch text.lowercased().replacing("-", with: " ").replacing("_", with: " ") {
    case "today": (first, last) = (today, today)
    case "yesterday": (first, last) = (today - 1, today - 1)
    case "this week": (first, last) = (monday, today)
    case "last week": (first, last) = (monday - 7, monday - 1)
    case "this month": (first, last) = (month.firstDay, today)
    case "last month": (first, last) = (month.previous.firstDay, month.firstDay - 1)
    default:
      let parts = text.split(separator: "-", omittingEmptySubsequences: false)
      guard text.count == 7, parts.count == 2, parts[0].count == 4, parts.allSatisfy({ $0.allSatisfy(\.isASCII) }),
        let year = Int64(parts[0]), let number = Int64(parts[1]), year >= 1970, (1...12).contains(number)
      else { return nil }
      let month = CivilMonth(year: year, month: number)
      (first, last) = (month.firstDay, month.next.firstDay - 1)
    }
  }
}

/// A month of the Gregorian calendar.
private struct CivilMonth {
  let year, month: Int64

  init(year: Int64, month: Int64) {
    self.year = year
    self.month = month
  }

  init(ofDay day: Int64) {
    var month = CivilMonth(year: 1970 + day / 366, month: 1)
    while month.next.firstDay <= day { month = month.next }
    self = month
  }

  var next: CivilMonth { month == 12 ? CivilMonth(year: year + 1, month: 1) : CivilMonth(year: year, month: month + 1) }
  var previous: CivilMonth { month == 1 ? CivilMonth(year: year - 1, month: 12) : CivilMonth(year: year, month: month - 1) }

  /// Days since 1970-01-01. https://howardhinnant.github.io/date_algorithms.html#days_from_civil
  var firstDay: Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = year / 400
    let ofEra = year - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5
    return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
  }
}
