import DevinModel
import MirrorReading

extension MirrorReader.QueryResult {
  func first(_ count: Int) -> Self { Self(columns: columns, rows: Array(rows.prefix(count))) }
}

/// A heading with its content.
struct PageSection {
  let heading: String
  var remark: String?
  var links: [(name: String, href: String)] = []
  var charts: [[String: Any]] = []
  var tables: [[String: Any]] = []
  /// What to do where there is nothing to show.
  var hints: [String] = []

  init(
    _ heading: String, remark: String? = nil, links: [(name: String, href: String)] = [], charts: [[String: Any]] = [],
    tables: [[String: Any]] = [], hints: [String] = []
  ) {
    (self.heading, self.remark, self.links, self.charts, self.tables, self.hints) = (
      heading, remark, links, charts, tables, hints
    )
  }

  /// The result of a question, up to this many rows, with a remark about omitted rows.
  init(
    _ question: MirrorQuestion, _ answer: MirrorReader.QueryResult, rows: Int, hasPages: Bool = false, empty: String = "nothing"
  ) {
    var cut = ""
    if answer.rows.count > rows {
      var totals = ColumnTotals(of: question.totals)
      for (index, row) in answer.rows.enumerated() { totals.add(answer.columns, row, isShown: index < rows) }
      let held = totals.text.isEmpty ? "" : ", with \(totals.text)"
      cut =
        " \(rows.grouped) of \(answer.rows.count.grouped) rows\(held); `devin-sync query \(question.name) --limit 0` prints all."
    }
    let remarks = [question.remark, question.hasPeriod ? "" : "Current state, not limited to the period."]
    self.init(
      question.text, remark: remarks.filter { !$0.isEmpty }.joined(separator: " "),
      tables: [PageTable(question.text + cut, answer.first(rows), hasPages: hasPages, empty: empty).model])
  }

  /// - Parameter id: the id of the heading, unique on its page.
  func model(_ id: String) -> [String: Any] {
    [
      "id": id, "heading": heading, "remark": remark.map { $0.isEmpty ? [] : [$0] } ?? [String](),
      "links": links.map { ["name": $0.name, "href": $0.href] }, "charts": charts, "tables": tables, "hints": hints,
    ]
  }
}
