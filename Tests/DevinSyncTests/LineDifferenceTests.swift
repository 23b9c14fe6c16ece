import Testing
import TrialSupport

@testable import DevinSync
@testable import MirrorReading

@Suite("Differences of texts, line by line")
struct LineDifferenceTests {
  /// The result of applying a difference to the old lines.
  private func applied(_ difference: LineDifference, _ old: [Int], _ new: [Int]) -> [Int] {
    var result: [Int] = []
    var (o, n) = (0, 0)
    while o < old.count || n < new.count {
      if o < old.count, difference.isRemoved[o] {
        o += 1
      } else if n < new.count, difference.isInserted[n] {
        result.append(new[n])
        n += 1
      } else {
        guard o < old.count, n < new.count, old[o] == new[n] else { return [-1] }
        result.append(old[o])
        (o, n) = (o + 1, n + 1)
      }
    }
    return result
  }

  @Test("a difference converts one text into the other, however long they are", arguments: 0..<60)
  func leadsOver(_ seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let kinds = random.pick([2, 30, 100_000])
    let old = (0..<random.number(0...4_000)).map { _ in random.number(0...kinds) }
    var new = old
    for _ in 0..<random.number(0...random.pick([3, 3_000])) {
      let place = random.number(0...new.count)
      if random.chance(50) || place == new.count {
        new.insert(random.number(0...kinds), at: place)
      } else {
        new.remove(at: place)
      }
    }
    let difference = LineDifference(from: old, to: new)
    #expect(applied(difference, old, new) == new)
    let few = LineDifference(from: old, to: new, steps: 1_000)
    #expect(applied(few, old, new) == new)
  }

  @Test("a line that was added to a long text is the only difference")
  func oneLine() {
    let old = Array(0..<50_000)
    let difference = LineDifference(from: old, to: old[..<30_000] + [99_999] + old[30_000...])
    #expect(
      !difference.isRemoved.contains(true) && difference.isInserted.filter(\.self).count == 1 && difference.isInserted[30_000])
    #expect(!difference.isCoarse)
  }

  @Test("texts without common lines are replaced, and texts with too many reordered common lines are reported as coarse")
  func replaced() {
    let all = LineDifference(from: Array(0..<16_000), to: Array(20_000..<36_000))
    #expect(!all.isRemoved.contains(false) && !all.isInserted.contains(false) && !all.isCoarse)
    let twice = (0..<16_000).map { $0 / 2 }
    #expect(LineDifference(from: [-1] + twice, to: twice.reversed() + [-2]).isCoarse)
  }

  @Test("two encodings of one character are a difference, and CR LF ends a line")
  func bytes() {
    let diff = UnifiedDiff("caf\u{e9}\r\nb\r\n", "cafe\u{301}\r\nb\r\n", names: ("a", "b"))
    #expect(diff.lines == ["--- a", "+++ b", "@@ -1,2 +1,2 @@", "-caf\u{e9}\r", "+cafe\u{301}\r", " b\r"])
  }
}
