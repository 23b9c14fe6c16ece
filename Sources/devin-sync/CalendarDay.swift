import Foundation

/// A day of the calendar on the command line: 2026-11-01.
enum CalendarDay {
  /// Whether a text begins with a day that exists and, where it goes on with a time of day, one that exists: Foundation takes 31 February
  /// for 3 March and 25:00 for the next day.
  static func begins(_ text: String) -> Bool {
    let day = String(text.prefix(10))
    let style = Date.ISO8601FormatStyle.iso8601.year().month().day()
    guard (try? Date(day, strategy: style))?.formatted(style) == day else { return false }
    guard let time = text.firstMatch(of: /T(\d\d):?(\d\d):?(\d\d)/)?.output else { return true }
    return time.1 < "24" && time.2 < "60" && time.3 < "60"
  }
}
