import DevinModel
import GRDB

/// Typed reads of columns. GRDB's subscripts end the process if a column holds a value of another type. That can happen in any
/// file: it may be forged or damaged, or the server may have chosen the value.
extension Row {
  /// - Throws: `UnreadableValue`.
  func value<Value: DatabaseValueConvertible>(_ column: String) throws -> Value {
    do {
      // To find a column by name, GRDB converts all names to lowercase at each read.
      guard let place = columnNames.enumerated().first(where: { $0.element == column })?.offset else {
        return try decode(forColumn: column)
      }
      return try decode(atIndex: place)
    } catch is RowDecodingError {
      throw UnreadableValue(column: column)
    }
  }

  /// A time from 1970 to 9999; nil: NULL, or a number outside this range.
  /// - Throws: `UnreadableValue`.
  func time(_ column: String) throws -> UnixTime? { try UnixTime(reported: value(column)) }

  /// A duration from a column of whole seconds; nil: NULL, or a number that is no duration that a setting can have.
  /// - Throws: `UnreadableValue`.
  func duration(_ column: String) throws -> Duration? {
    guard let seconds: Int64 = try value(column), (0...(1 << 40)).contains(seconds) else { return nil }
    return .seconds(seconds)
  }

  /// A counter, which will be incremented; 0 if the column is NULL.
  /// - Throws: `UnreadableValue`, also if it is negative or so large that incrementing it could overflow.
  func count(_ column: String) throws -> Int64 {
    let number: Int64 = try value(column) ?? 0
    guard (0...(1 << 53)).contains(number) else { throw UnreadableValue(column: column) }
    return number
  }
}

/// A column holds something that devin-sync never writes there.
struct UnreadableValue: Error {
  let column: String
}
