/// The one place that tells seconds from milliseconds: the API documents seconds, and some deployments send milliseconds. Nothing
/// else in Swift compares a time with this limit; the views in `Schema/` write the comparison out, so that any SQLite tool can read the file,
/// and a test holds them to the same form.
///
/// Which numbers are times where a time decides what is read next. A server may send any number, and a file may hold what an
/// earlier version took over from one: what is no time between 1970 and 9999 counts as absent, so that sums and differences of
/// times cannot overflow.
package enum EngineTime {
  /// Numbers above are milliseconds, up to the end of 9999.
  private static let mostSeconds: Int64 = 100_000_000_000
  private static let mostMilliseconds: Int64 = 253_402_300_799_999

  /// - Returns: Unix seconds; nil: the number is no time.
  package static func seconds(_ number: Int64?) -> Int64? {
    guard let number, (0...mostMilliseconds).contains(number) else { return nil }
    return number > mostSeconds ? number / 1000 : number
  }

  /// For what people are shown, as SQL: Unix seconds of a value that is seconds or milliseconds, whatever else it is unchanged.
  package static func shown(sql value: String) -> String { "iif(\(value) > \(mostSeconds), \(value) / 1000, \(value))" }

  /// The same as `seconds(_:)`, as SQL; NULL: the value is no whole number, or no time.
  package static func seconds(sql value: String) -> String {
    """
    CASE WHEN typeof(\(value)) = 'integer' AND \(value) BETWEEN 0 AND \(mostMilliseconds)
      THEN iif(\(value) > \(mostSeconds), (\(value)) / 1000, \(value)) END
    """
  }
}
