import DevinModel

/// What the rows that are shown hold of all rows, so that a cut says what it leaves out.
package struct ColumnTotals: Sendable {
  private struct Sum: Sendable {
    let column: String
    var shown = 0.0
    var all = 0.0
  }

  private var sums: [Sum]

  /// - Parameter columns: names of numeric columns.
  package init(of columns: [String]) { sums = columns.map { Sum(column: $0) } }

  /// Adds a row. What is no number counts as nothing.
  package mutating func add(_ columns: [String], _ values: [MirrorValue], isShown: Bool) {
    for index in sums.indices {
      guard let place = columns.firstIndex(of: sums[index].column), let value = values[place].real, value.isFinite else {
        continue
      }
      sums[index].all += value
      if isShown { sums[index].shown += value }
    }
  }

  /// `700 of 820 hours`, each column after a comma; empty: there is no column.
  package var text: String {
    sums.map { "\($0.shown.shown) of \($0.all.shown) \($0.column.replacing("_", with: " "))" }.joined(separator: ", ")
  }
}
