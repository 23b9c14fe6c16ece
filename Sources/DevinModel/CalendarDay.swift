import Foundation

/// A calendar day as text: 2026-11-01.
package enum CalendarDay {
  /// Whether a text begins with an existing day and, if a time of day follows, an existing time: Foundation would accept 31 February as
  /// 3 March, and 25:00 as a time of the next day.
  package static func begins(_ text: String) -> Bool {
    let day = String(text.prefix(10))
    let style = Date.ISO8601FormatStyle.iso8601.year().month().day()
    guard (try? Date(day, strategy: style))?.formatted(style) == day else { return false }
    guard let time = text.firstMatch(of: /T(\d\d):?(\d\d):?(\d\d)/)?.output else { return true }
    return time.1 < "24" && time.2 < "60" && time.3 < "60"
  }

  /// A billing day, which starts eight hours after the calendar day: as a date, as a number of days or hours ago (`30d`, `12h`),
  /// or as the first or last day of a span (`yesterday`, `last week`, `2026-11`; see `DaySpan`).
  /// - Parameter isFirst: whether it starts a span that ends today, so that `30d` means the last 30 days.
  /// - Returns: `2026-11-01`; nil: the text is neither.
  package static func billing(_ text: String, isFirst: Bool = false, now: UnixTime = .now) -> String? {
    if text.count == 10, begins(text) { return text }
    let dayBegins = Duration.seconds(8 * 3600)
    if let span = DaySpan(text, today: (now - dayBegins).day) {
      return String(UnixTime(day: isFirst ? span.first : span.last).iso8601.prefix(10))
    }
    guard text.last == "d" || text.last == "h", var age = Duration(text: text) else { return nil }
    // Today counts as one of the days.
    if isFirst, text.last == "d", age >= .seconds(86_400) { age -= .seconds(86_400) }
    return Date(timeIntervalSince1970: Double((now - age - dayBegins).rawValue))
      .formatted(.iso8601.year().month().day())
  }
}
