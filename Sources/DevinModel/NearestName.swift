extension Collection<String> {
  /// The name with the smallest edit distance, for typing errors; nil: none is close.
  package func nearest(to word: String) -> String? {
    let best = self.map { (name: $0, distance: Self.distance($0, word)) }.min { $0.distance < $1.distance }
    return best.flatMap { $0.distance <= Swift.max(2, word.count / 3) ? $0.name : nil }
  }

  /// The edit distance: the number of letters to add, remove or change.
  private static func distance(_ one: String, _ other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (index, letter) in one.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in other.indices {
        let above = row[column + 1]
        row[column + 1] = Swift.min(above + 1, row[column] + 1, diagonal + (letter == other[column] ? 0 : 1))
        diagonal = above
      }
    }
    return row[other.count]
  }
}
