import DevinModel
import MirrorReading

extension PageTable {
  /// The first two columns of the result are id and title, which are combined.
  static func ofSessions(_ caption: String, _ answer: MirrorReader.QueryResult, empty: String = "none") -> PageTable {
    let named = answer.rows.map { row -> [PageTable.Cell] in
      let id = row[0].text ?? ""
      let rest = zip(answer.columns.dropFirst(2), row.dropFirst(2)).map { column, value -> PageTable.Cell in
        switch (column, value) {
        case ("url", .text(let address)): .init(address: address, text: "open")
        case ("for whom", .text(let name)), ("started by", .text(let name)): .init(person: name)
        case ("status", .text(let status)): .init(status: status)
        case (_, .integer), (_, .real): .init(value.shown, isNumber: true)
        default: .init(value.text)
        }
      }
      return [.init(session: id, title: row[1].text)] + rest
    }
    return PageTable(
      caption, ["session"] + answer.columns.dropFirst(2).map { $0 == "url" ? "web app" : $0 }, named, empty: empty)
  }
}

extension PageTable.Cell {
  /// A link to our own page of a session, with its short id.
  init(session id: String, title: String?) {
    let title = title.flatMap { $0.isEmpty ? nil : $0 }
    self.init(title ?? "Session \(id.shortID)", href: "/sessions/\(id.asPathPart)", note: title == nil ? nil : id.shortID)
  }
}
