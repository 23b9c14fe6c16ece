import Foundation

/// Times in the format of schedules, such as `2026-11-01T12:00:00Z`.
enum ISOTime {
  static func text(_ unixSeconds: Int) -> String { Date(timeIntervalSince1970: Double(unixSeconds)).formatted(.iso8601) }

  /// Unix seconds of a time with a zone; nil: it is none.
  static func seconds(_ text: String) -> Int? {
    let styles = [Date.ISO8601FormatStyle(), Date.ISO8601FormatStyle(includingFractionalSeconds: true)]
    return styles.lazy.compactMap { try? Date(text, strategy: $0) }.first.map { Int($0.timeIntervalSince1970) }
  }
}

/// Times in the format of the header `Date`, such as `Sun, 01 Nov 2026 12:00:00 GMT`.
enum HTTPDate {
  static func text(_ unixSeconds: Int) -> String {
    Date(timeIntervalSince1970: Double(unixSeconds)).formatted(
      .verbatim(
        "\(weekday: .abbreviated), \(day: .twoDigits) \(month: .abbreviated) \(year: .padded(4)) \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits) GMT",
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
  }
}
