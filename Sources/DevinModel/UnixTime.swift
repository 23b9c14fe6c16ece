#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Seconds since 1970-01-01T00:00:00Z, as in Devin's API and in every time column of the mirror.
public struct UnixTime: RawRepresentable, Hashable, Comparable, Codable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z; negative before.
  public var rawValue: Int64

  /// - Parameter rawValue: seconds, not milliseconds.
  public init(rawValue: Int64) { self.rawValue = rawValue }

  /// Whether the left one is earlier.
  public static func < (left: UnixTime, right: UnixTime) -> Bool { left.rawValue < right.rawValue }

  /// 1970-01-01T00:00:00Z: earlier than any time that Devin sends.
  package static let epoch = UnixTime(rawValue: 0)

  /// The system clock, in whole seconds.
  public static var now: UnixTime { UnixTime(rawValue: Int64(time(nil))) }

  /// The result is limited to the range of the type, since a time may come from a server or from a file.
  public func advanced(by duration: Duration) -> UnixTime {
    let (sum, isTooFar) = rawValue.addingReportingOverflow(duration.components.seconds)
    return UnixTime(rawValue: isTooFar ? (rawValue < 0 ? .min : .max) : sum)
  }

  package static func + (time: UnixTime, duration: Duration) -> UnixTime { time.advanced(by: duration) }

  package static func - (time: UnixTime, duration: Duration) -> UnixTime { time.advanced(by: .zero - duration) }

  /// How long after another time this one is, negative if it is before. Limited in the same way as `advanced`.
  package static func - (later: UnixTime, earlier: UnixTime) -> Duration { .seconds(later.seconds(since: earlier)) }

  /// Seconds from another time to this one, negative if the other is later. Limited in the same way as `advanced`.
  package func seconds(since other: UnixTime) -> Int64 {
    let (difference, isTooFar) = rawValue.subtractingReportingOverflow(other.rawValue)
    return isTooFar ? (rawValue < 0 ? .min : .max) : difference
  }

  /// The same day and time of day this many months later, in UTC; a day that the month does not have becomes a day of the next month.
  public func adding(months: Int) -> UnixTime {
    var seconds = time_t(rawValue)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    parts.tm_mon += Int32(months)
    return UnixTime(rawValue: Int64(timegm(&parts)))
  }

  /// The beginning of a day in UTC.
  /// - Parameter day: days since 1970-01-01.
  package init(day: Int64) { self.init(rawValue: day * 86_400) }

  /// Days since 1970-01-01, in UTC.
  package var day: Int64 { rawValue / 86_400 }

  /// Parses the HTTP date of `Date` and `Retry-After`, `Sun, 06 Nov 1994 08:49:37 GMT`; nil for any other text.
  /// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
  package init?(httpDate: some StringProtocol) {
    let fields = httpDate.split(separator: " ")
    let clock = fields.dropFirst(4).first?.split(separator: ":").compactMap { Int32($0) } ?? []
    guard fields.count == 6, fields[0].hasSuffix(","), fields[5] == "GMT", clock.count == 3,
      let day = Int32(fields[1]), let month = Self.months.firstIndex(of: String(fields[2])), let year = Int32(fields[3]),
      (1...31).contains(day), (1970...9999).contains(year), (0...23).contains(clock[0]), (0...59).contains(clock[1]),
      (0...60).contains(clock[2])
    else { return nil }
    var parts = tm()
    (parts.tm_mday, parts.tm_mon, parts.tm_year) = (day, Int32(month), year - 1900)
    (parts.tm_hour, parts.tm_min, parts.tm_sec) = (clock[0], clock[1], clock[2])
    self.init(rawValue: Int64(timegm(&parts)))
  }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// `2026-11-23T08:00:00Z`; the text is `unknown time` outside the years 0 to 9999, which only a faulty server sends.
  public var iso8601: String {
    guard (-62_167_219_200...253_402_300_799).contains(rawValue) else { return "unknown time" }
    var seconds = time_t(rawValue)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 24)
    let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
