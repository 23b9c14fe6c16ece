import DevinModel

/// Sums over the rows that are shown and over all rows, so that a shortened table says what it omits.
package struct ColumnTotals: Sendable {
  private struct Sum: Sendable {
    let column: String
    var shown = 0.0
    var all = 0.0
  }

  private var sums: [Sum]

  /// - Parameter columns: names of numeric columns.
  package init(of columns: [String]) { sums = columns.map { Sum(column: $0) } }

  /// Adds a row. Values that are not numbers are ignored.
  package mutating func add(_ columns: [String], _ values: [MirrorValue], isShown: Bool) {
    for index in sums.indices {
      guard let place = columns.firstIndex(of: sums[index].column), let value = values[place].real, value.isFinite else {
        continue
      }
      sums[index].all += value
      if isShown { sums[index].shown += value }
    }
  }

  /// `700 of 820 hours`, columns separated by commas; empty: there is no column.
  package var text: String {
    sums.map { "\($0.shown.shown) of \($0.all.shown) \($0.column.replacing("_", with: " "))" }.joined(separator: ", ")
  }
}
