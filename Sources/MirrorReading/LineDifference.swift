/// Which lines of two texts have no partner in the other one. Takes room for the lines alone, and a bounded number of steps: the
/// comparison of the standard library takes time and memory with the square of the differences, so it gets short parts only. Longer ones
/// are parted at lines that each text has once (patience diff, https://bramcohen.livejournal.com/73318.html).
struct LineDifference {
  private(set) var isRemoved: [Bool]
  private(set) var isInserted: [Bool]
  /// Whether a part that has lines in common was taken as replaced, since comparing it would have taken too many steps.
  private(set) var isCoarse = false

  private typealias Part = (old: Range<Int>, new: Range<Int>)

  /// Lines of both texts that the standard library compares at once.
  private static let mostAtOnce = 2_000
  /// Lines that may be looked at in all: some tenths of a second.
  private var steps: Int

  /// - Parameter lines: each by a number, the same for the same line.
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

  /// - Returns: the parts to compare instead; nil: this one is done.
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

  /// - Returns: whether there were so many left.
  private mutating func spend(_ count: Int) -> Bool {
    guard steps >= count else { return false }
    steps -= count
    return true
  }

  private mutating func replace(_ part: Part) {
    for line in part.old { isRemoved[line] = true }
    for line in part.new { isInserted[line] = true }
  }

  /// The longest row of lines that both parts have once and in the same order.
  private static func anchors(_ part: Part, _ old: [Int], _ new: [Int]) -> [(old: Int, new: Int)] {
    // Where a line is; nil: in more than one place.
    func places(_ lines: [Int], _ range: Range<Int>) -> [Int: Int?] {
      range.reduce(into: [:]) { $0.updateValue($0[lines[$1]] == nil ? $1 : nil, forKey: lines[$1]) }
    }
    let inNew = places(new, part.new)
    let pairs = places(old, part.old).compactMap { line, place in
      place.flatMap { place in (inNew[line] ?? nil).map { (old: place, new: $0) } }
    }.sorted { $0.old < $1.old }
    // Of the rows of each length the one that ends first; each pair knows what stands before it.
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
