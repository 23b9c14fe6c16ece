extension Collection<String> {
  /// The name with the smallest edit distance, for typing errors; nil: none is close.
  package func nearest(to word: String) -> String? {
    let best = self.map { (name: $0, distance: Self.distance($0, word)) }.min { $0.distance < $1.distance }
    return best.flatMap { $0.distance <= Swift.max(2, word.count / 3) ? $0.name : nil }
  }

  /// The edit distance: the number of letters to add, remove or change, or of neighbors to swap.
  /// https://en.wikipedia.org/wiki/Damerau-Levenshtein_distance
  private static func distance(_ one: String, _ other: String) -> Int {
    let (one, other) = (Array(one), Array(other))
    var (before, last) = ([Int](), Array(0...other.count))
    for row in one.indices {
      var current = [row + 1]
      for column in other.indices {
        let change = last[column] + (one[row] == other[column] ? 0 : 1)
        var best = Swift.min(last[column + 1] + 1, current[column] + 1, change)
        if row > 0, column > 0, one[row] == other[column - 1], one[row - 1] == other[column] {
          best = Swift.min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      (before, last) = (last, current)
    }
    return last[other.count]
  }
}
