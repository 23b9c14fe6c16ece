import DevinModel
import MirrorReading

extension PageTable {
  /// The first two columns of the result are id and title, which are combined.
  static func ofSessions(_ caption: String, _ answer: MirrorReader.QueryResult) -> PageTable {
    let named = answer.rows.map { row -> [PageTable.Cell] in
      let id = row[0].text ?? ""
      let rest = zip(answer.columns.dropFirst(2), row.dropFirst(2)).map { column, value -> PageTable.Cell in
        switch (column, value) {
        case ("url", .text(let address)): .init(address: address, text: "open")
        case (_, .integer), (_, .real): .init(value.shown, isNumber: true)
        default: .init(value.text)
        }
      }
      return [.init(row[1].text ?? id, href: "/sessions/\(id.asPathPart)")] + rest
    }
    return PageTable(
      caption, ["session"] + answer.columns.dropFirst(2).map { $0 == "url" ? "web app" : $0 }, named, empty: "none")
  }
}
