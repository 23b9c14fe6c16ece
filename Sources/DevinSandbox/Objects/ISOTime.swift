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
