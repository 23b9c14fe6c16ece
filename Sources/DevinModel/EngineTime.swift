/// The only place that distinguishes seconds from milliseconds: the API documents seconds, and some deployments send milliseconds. No
/// other Swift code compares a time with this limit. The views in `Schema/` contain the comparison, so that any SQLite tool can read the
/// file, and a test checks that they use the same form.
///
/// It also decides which numbers are valid times when a time determines what is read next. A server may send any number, and a file may
/// contain a value that an earlier version stored. A number that is not a time between 1970 and 9999 counts as missing, so that sums and
/// differences of times cannot overflow.
package enum EngineTime {
  /// Larger numbers are milliseconds, up to the end of 9999.
  private static let mostSeconds: Int64 = 100_000_000_000
  private static let mostMilliseconds: Int64 = 253_402_300_799_999

  /// - Returns: Unix seconds; nil: the number is not a valid time.
  fileprivate static func seconds(_ number: Int64) -> Int64? {
    guard (0...mostMilliseconds).contains(number) else { return nil }
    return number > mostSeconds ? number / 1000 : number
  }

  /// SQL for display: a value in seconds or milliseconds becomes Unix seconds; any other value is unchanged.
  package static func shown(sql value: String) -> String { "iif(\(value) > \(mostSeconds), \(value) / 1000, \(value))" }

  /// SQL equivalent of `UnixTime(reported:)`; NULL: the value is not a whole number, or not a valid time.
  package static func seconds(sql value: String) -> String {
    """
    CASE WHEN typeof(\(value)) = 'integer' AND \(value) BETWEEN 0 AND \(mostMilliseconds)
      THEN iif(\(value) > \(mostSeconds), (\(value)) / 1000, \(value)) END
    """
  }
}

extension UnixTime {
  /// A time as a server or a file reports it, in seconds or milliseconds. Nil: there is none, or the number is not a valid time.
  package init?(reported number: Int64?) {
    guard let seconds = number.flatMap(EngineTime.seconds) else { return nil }
    self.init(rawValue: seconds)
  }
}
