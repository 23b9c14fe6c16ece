extension Collection<String> {
  /// The one that is few slips of the fingers away; nil: none is.
  package func nearest(to word: String) -> String? {
    let best = self.map { (name: $0, distance: Self.distance($0, word)) }.min { $0.distance < $1.distance }
    return best.flatMap { $0.distance <= Swift.max(2, word.count / 3) ? $0.name : nil }
  }

  /// Letters to add, take away or change.
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
