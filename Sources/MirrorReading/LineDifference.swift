/// Finds the lines of two texts that have no counterpart in the other text. Memory grows with the number of lines, and the number of steps
/// is limited. The standard library's comparison needs time and memory quadratic in the differences, so it only gets short parts. Longer
/// parts are split at lines that occur once in each text (patience diff, https://bramcohen.livejournal.com/73318.html).
struct LineDifference {
  private(set) var isRemoved: [Bool]
  private(set) var isInserted: [Bool]
  /// Whether a part with common lines counts as replaced, since comparing it would have taken too many steps.
  private(set) var isCoarse = false

  private typealias Part = (old: Range<Int>, new: Range<Int>)

  /// The maximum number of lines, of both texts, that the standard library compares at once.
  private static let mostAtOnce = 2_000
  /// The maximum number of steps in total: a few tenths of a second.
  private var steps: Int

  /// - Parameter old: a number for each line; equal lines have equal numbers.
  init(from old: [Int], to new: [Int], steps: Int = 40_000_000) {
    isRemoved = Array(repeating: false, count: old.count)
    isInserted = Array(repeating: false, count: new.count)
    self.steps = steps
    var parts: [Part] = [(old.indices, new.indices)]
    while let part = parts.popLast() {
      let part = Self.withoutCommonEnds(part, old, new)
      if part.old.isEmpty || part.new.isEmpty {
        replace(part)
      } else if let others = split(part, old, new) {
        parts += others
      }
    }
  }

  private static func withoutCommonEnds(_ part: Part, _ old: [Int], _ new: [Int]) -> Part {
    var (o, n) = part
    while let first = o.first, let other = n.first, old[first] == new[other] { (o, n) = (o.dropFirst(), n.dropFirst()) }
    while let last = o.last, let other = n.last, old[last] == new[other] { (o, n) = (o.dropLast(), n.dropLast()) }
    return (o, n)
  }

  /// - Returns: the parts to compare instead; nil: this part is done.
  private mutating func split(_ part: Part, _ old: [Int], _ new: [Int]) -> [Part]? {
    let count = part.old.count + part.new.count
    if count <= Self.mostAtOnce, spend(count * count / 4) {
      for change in new[part.new].difference(from: old[part.old]) {
        switch change {
        case .remove(let offset, _, _): isRemoved[part.old.lowerBound + offset] = true
        case .insert(let offset, _, _): isInserted[part.new.lowerBound + offset] = true
        }
      }
      return nil
    }
    let anchors = spend(count) ? Self.anchors(part, old, new) : []
    guard !anchors.isEmpty else {
      isCoarse = isCoarse || !Set(old[part.old]).isDisjoint(with: new[part.new])
      replace(part)
      return nil
    }
    var parts: [Part] = []
    var (o, n) = (part.old.lowerBound, part.new.lowerBound)
    for anchor in anchors {
      parts.append((o..<anchor.old, n..<anchor.new))
      (o, n) = (anchor.old + 1, anchor.new + 1)
    }
    return parts + [(o..<part.old.upperBound, n..<part.new.upperBound)]
  }

  /// - Returns: whether this many steps were left.
  private mutating func spend(_ count: Int) -> Bool {
    guard steps >= count else { return false }
    steps -= count
    return true
  }

  private mutating func replace(_ part: Part) {
    for line in part.old { isRemoved[line] = true }
    for line in part.new { isInserted[line] = true }
  }

  /// The longest sequence of lines that occur once in both parts, in the same order.
  private static func anchors(_ part: Part, _ old: [Int], _ new: [Int]) -> [(old: Int, new: Int)] {
    // The position of each line; nil: it occurs more than once.
    func places(_ lines: [Int], _ range: Range<Int>) -> [Int: Int?] {
      range.reduce(into: [:]) { $0.updateValue($0[lines[$1]] == nil ? $1 : nil, forKey: lines[$1]) }
    }
    let inNew = places(new, part.new)
    let pairs = places(old, part.old).compactMap { line, place in
      place.flatMap { place in (inNew[line] ?? nil).map { (old: place, new: $0) } }
    }.sorted { $0.old < $1.old }
    // For each length, the sequence that ends first; each pair refers to the pair before it.
    var ends: [Int] = []
    var before: [Int?] = []
    for (index, pair) in pairs.enumerated() {
      var (low, high) = (0, ends.count)
      while low < high {
        let middle = (low + high) / 2
        if pairs[ends[middle]].new < pair.new { low = middle + 1 } else { high = middle }
      }
      before.append(low > 0 ? ends[low - 1] : nil)
      if low < ends.count { ends[low] = index } else { ends.append(index) }
    }
    var row: [(old: Int, new: Int)] = []
    var next = ends.last
    while let index = next {
      row.append(pairs[index])
      next = before[index]
    }
    return row.reversed()
  }
}
