import Foundation

/// Times as schedules write them, such as `2026-11-01T12:00:00Z`.
enum ISOTime {
  static func text(_ unixSeconds: Int) -> String { Date(timeIntervalSince1970: Double(unixSeconds)).formatted(.iso8601) }
}
