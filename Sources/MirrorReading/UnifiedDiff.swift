import DevinModel

/// Two texts, line by line, in the form that `diff -u` and `git` write.
package struct UnifiedDiff: Hashable, Sendable {
  /// Empty: the texts are the same.
  package let lines: [String]
  /// Whether lines that are in both texts may appear as removed and inserted, since there were too many differences to compare.
  package let isCoarse: Bool

  private struct Line {
    let sign: Character
    let text: Substring
  }

  /// - Parameter context: the number of lines shown around a change.
  package init(_ before: String, _ after: String, names: (before: String, after: String), context: Int = 3) {
    let old = Self.lines(of: before)
    let new = Self.lines(of: after)
    // Compare bytes: in Swift two encodings of é are equal, but to the reader of a diff they differ.
    var numbers: [[UInt8]: Int] = [:]
    let number = { (line: Substring) -> Int in
      let bytes = Array(line.utf8)
      defer { numbers[bytes] = numbers[bytes] ?? numbers.count }
      return numbers[bytes] ?? numbers.count
    }
    let difference = LineDifference(from: old.map(number), to: new.map(number))
    isCoarse = difference.isCoarse
    var all: [Line] = []
    var (o, n) = (0, 0)
    while o < old.count || n < new.count {
      if o < old.count, difference.isRemoved[o] {
        all.append(Line(sign: "-", text: old[o]))
        o += 1
      } else if n < new.count, difference.isInserted[n] {
        all.append(Line(sign: "+", text: new[n]))
        n += 1
      } else {
        all.append(Line(sign: " ", text: old[o]))
        o += 1
        n += 1
      }
    }
    lines = Self.hunks(all, context: context, names: names)
  }

  /// Without the empty part after the last line break. In Swift, CR LF is one character, so this compares bytes.
  private static func lines(of text: String) -> [Substring] {
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { Substring($0) }
    return lines.last?.isEmpty == true ? Array(lines.dropLast()) : lines
  }

  private static func hunks(_ all: [Line], context: Int, names: (before: String, after: String)) -> [String] {
    let changed = all.indices.filter { all[$0].sign != " " }
    guard !changed.isEmpty else { return [] }
    var spans: [Range<Int>] = []
    for index in changed {
      let span = max(0, index - context)..<min(all.count, index + context + 1)
      if let last = spans.last, last.upperBound >= span.lowerBound {
        spans[spans.count - 1] = last.lowerBound..<span.upperBound
      } else {
        spans.append(span)
      }
    }
    var lines = ["--- \(names.before)", "+++ \(names.after)"]
    var (old, new, at) = (1, 1, 0)
    for span in spans {
      for line in all[at..<span.lowerBound] {
        old += line.sign == "+" ? 0 : 1
        new += line.sign == "-" ? 0 : 1
      }
      let oldCount = all[span].count { $0.sign != "+" }
      let newCount = all[span].count { $0.sign != "-" }
      lines.append("@@ -\(oldCount == 0 ? old - 1 : old),\(oldCount) +\(newCount == 0 ? new - 1 : new),\(newCount) @@")
      lines += all[span].map { "\($0.sign)\($0.text)" }
      old += oldCount
      new += newCount
      at = span.upperBound
    }
    return lines
  }
}
