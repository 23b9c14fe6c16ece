/// A plain table for people: numbers to the right, and on a terminal no wider than the screen.
struct TextTable {
  /// What happens to a text that is longer than its column may be.
  enum Overflow {
    /// It ends with an ellipsis.
    case cut
    /// It continues on the next line, so that nothing is lost.
    case fold
  }

  private var rows: [[String]]
  private let rightAligned: Set<Int>
  private let overflow: Overflow

  /// Spaces between columns.
  private static let gap = 2
  /// A text column that becomes narrower than this is of no use.
  private static let least = 16
  /// The same for the name of a column of numbers.
  private static let leastHeader = 6

  init(_ header: [String], rightAligned: Set<Int> = [], overflow: Overflow = .fold) {
    rows = [header]
    self.rightAligned = rightAligned
    self.overflow = overflow
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  /// For standard output: as wide as the terminal, and complete where there is none.
  var lines: [String] { fitted(to: Terminal.output.width).lines }

  func show() { show(within: Terminal.output.width) }

  /// Prints it, and says which columns had no room.
  /// - Parameter width: nil: as wide as its content.
  func show(within width: Int?) {
    let (lines, omitted) = fitted(to: width)
    for (index, line) in lines.enumerated() { Console.print(StyledText(line, index == 0 ? .bold : nil)) }
    if !omitted.isEmpty {
      let names = omitted.map { "`\($0)`" }.joined(separator: ", ")
      Console.say(
        "devin-sync: no room for \(omitted.count == 1 ? "the column" : "the columns") \(names); --wide shows everything")
    }
  }

  /// - Parameter width: columns of the terminal; nil: nothing is cut.
  /// - Returns: the lines, without spaces at their ends, and the names of columns that were left out: the last ones are the least important.
  func fitted(to width: Int?) -> (lines: [String], omitted: [String]) {
    guard let width else { return (lines(rows.map { $0.map(\.printable) }, widths: nil), []) }
    let rows = rows.map { row in row.map { $0.onOneLine.printable } }
    let header = rows.first ?? []
    let content = header.indices.map { column in rows.dropFirst().map { $0[column] } }
    let inside = content.map { $0.lazy.map(\.columns).max() ?? 0 }
    let natural = zip(header, inside).map { max($0.columns, $1) }
    let least = header.indices.map { column in
      let isFixed = rightAligned.contains(column) || (inside[column] <= 20 && content[column].allSatisfy(\.isNumberOrTime))
      return isFixed ? max(inside[column], min(natural[column], Self.leastHeader)) : min(natural[column], Self.least)
    }
    let widths = Self.widths(natural, least: least, within: width, keepsAll: overflow == .fold)
    let shown = rows.map { Array($0.prefix(widths.count)) }
    return (lines(shown, widths: widths), Array(header.dropFirst(widths.count)))
  }

  /// The widths of the columns that fit: the widest columns shrink first. If that is not enough, the last columns are left out.
  /// - Parameters:
  ///   - least: what each column needs to stay readable.
  ///   - keepsAll: whether columns become narrower than that instead of being left out.
  static func widths(_ natural: [Int], least: [Int], within width: Int, keepsAll: Bool = false) -> [Int] {
    var count = natural.count
    while count > 0 {
      let room = width - gap * (count - 1)
      let (natural, least) = (Array(natural.prefix(count)), Array(least.prefix(count)))
      if natural.reduce(0, +) <= room { return natural }
      if least.reduce(0, +) <= room { return level(natural, least: least, within: room) }
      if keepsAll || count == 1 { return level(natural, least: natural.map { min($0, 4) }, within: room) }
      count -= 1
    }
    return []
  }

  /// Widths up to one common limit, which is as large as the room allows; what is left goes to the first columns that were limited.
  private static func level(_ natural: [Int], least: [Int], within room: Int) -> [Int] {
    func widths(_ limit: Int) -> [Int] { zip(natural, least).map { min($0, max($1, limit)) } }
    var limit = natural.max() ?? 0
    while limit > 0, widths(limit).reduce(0, +) > room { limit -= 1 }
    var result = widths(limit)
    var rest = room - result.reduce(0, +)
    for column in result.indices where rest > 0 && result[column] < natural[column] {
      result[column] += 1
      rest -= 1
    }
    return result
  }

  private func lines(_ rows: [[String]], widths limits: [Int]?) -> [String] {
    let widths = limits ?? (rows.first ?? []).indices.map { column in rows.lazy.map { $0[column].columns }.max() ?? 0 }
    return rows.flatMap { row -> [String] in
      let cells = row.enumerated().map { column, text -> [String] in
        guard limits != nil, text.columns > widths[column] else { return [text] }
        return overflow == .fold ? text.folded(to: widths[column]) : [text.cut(to: widths[column])]
      }
      return (0..<(cells.map(\.count).max() ?? 0)).map { line in
        let parts = cells.enumerated().map { column, lines in
          (line < lines.count ? lines[line] : "").padded(to: widths[column], right: rightAligned.contains(column))
        }
        return parts.joined(separator: String(repeating: " ", count: Self.gap)).withoutSpacesAtTheEnd
      }
    }
  }
}

extension String {
  var withoutSpacesAtTheEnd: String { String(reversed().drop { $0 == " " }.reversed()) }

  /// Whether it is empty or begins with a digit, as numbers, sizes and times do; `never` is said of times.
  fileprivate var isNumberOrTime: Bool { isEmpty || self == "-" || self == "never" || first?.isNumber == true }

  /// Line breaks, tabs and runs of spaces become one space, so that a cell stays readable in a row.
  fileprivate var onOneLine: String {
    guard contains(where: { $0.isNewline || $0 == "\t" }) else { return self }
    return split { $0.isWhitespace }.joined(separator: " ")
  }
}
