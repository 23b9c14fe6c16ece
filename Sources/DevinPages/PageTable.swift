import DevinModel
import Foundation
import MirrorReading

/// A table of a page. On a narrow screen each row is a list of names and values, so that no column is hidden.
struct PageTable {
  struct Cell {
    let text: String
    var href: String?
    var isNumber = false
    /// A short text below, such as a short id.
    var note: String?
    /// How the text is marked, as a class of the style sheet: the text itself says the same. Nil: not marked.
    var mark: String?
    /// Initials of a person, in front of the name.
    var initials: String?

    init(_ text: String?, href: String? = nil, isNumber: Bool = false, note: String? = nil, mark: String? = nil) {
      self.text = text ?? ""
      self.href = href
      self.isNumber = isNumber
      self.note = note
      self.mark = mark
    }

    /// An address from the mirror: a link only if it is a web address, which a browser opens without running anything.
    init(address: String?, text: String? = nil) {
      let address = address ?? ""
      let isWeb = address.lowercased().hasPrefix("https://") || address.lowercased().hasPrefix("http://")
      self.init(text ?? address, href: isWeb ? address : nil)
    }

    /// A user or service user.
    init(person name: String?, href: String? = nil) {
      self.init(name, href: href)
      initials = name?.initials
    }

    /// The status of a session.
    init(status: String?, detail: String? = nil) {
      let detail = detail.map { ", " + $0.replacing("_", with: " ") } ?? ""
      self.init((status ?? "unknown") + detail, mark: status.map { SessionMark.of($0, detail) })
    }

    fileprivate var model: [String: Any] {
      [
        "text": text, "href": href ?? "", "isLink": href != nil, "isOwn": href?.hasPrefix("/") == true, "isNumber": isNumber,
        // Short texts, such as times and numbers, stay on one line.
        "isShort": text.utf8.count <= 17, "note": note.map { [$0] } ?? [String](), "mark": mark.map { [$0] } ?? [String](),
        "initials": initials.map { [$0] } ?? [String](),
      ]
    }
  }

  /// The name of a column, and the page that is sorted by it.
  struct Column {
    let name: String
    var href: String?
    /// Nil: the table is not sorted by this column.
    var isDescending: Bool?

    init(_ name: String, href: String? = nil, isDescending: Bool? = nil) {
      (self.name, self.href, self.isDescending) = (name, href, isDescending)
    }
  }

  let caption: String
  let columns: [Column]
  let rows: [[Cell]]
  var emptyText = "nothing"

  init(_ caption: String, _ columns: [Column], _ rows: [[Cell]], empty: String = "nothing") {
    (self.caption, self.columns, self.rows, emptyText) = (caption, columns, rows, empty)
  }

  init(_ caption: String, _ columns: [String], _ rows: [[Cell]], empty: String = "nothing") {
    self.init(caption, columns.map { Column($0) }, rows, empty: empty)
  }

  /// The result of a query. A column named url becomes links, and one named session_id links to our own page of the session.
  init(_ caption: String, _ answer: MirrorReader.QueryResult, hasPages: Bool = false, empty: String = "nothing") {
    let rows = answer.rows.map { row in
      zip(answer.columns, row).map { column, value -> Cell in
        switch (column, value) {
        case ("url", .text(let address)): Cell(address: address, text: "open")
        case ("session_id", .text(let id)) where hasPages: Cell(id, href: "/sessions/\(id.asPathPart)")
        case (_, .integer), (_, .real): Cell(value.shown, isNumber: true)
        default: Cell(value.text)
        }
      }
    }
    self.init(caption, answer.columns.map { $0.replacing("_", with: " ") }, rows, empty: empty)
  }

  var model: [String: Any] {
    let numeric = columns.indices.map { column in
      rows.contains { $0[column].isNumber } && rows.allSatisfy { $0[column].isNumber || $0[column].text.isEmpty }
    }
    // Without column names, the table is a list of facts, and the first cell of each row is its heading.
    let isFacts = columns.allSatisfy(\.name.isEmpty)
    return [
      "isFacts": isFacts, "caption": [caption], "isEmpty": rows.isEmpty, "emptyText": emptyText, "isWide": columns.count > 6,
      "columns": zip(columns, numeric).map { column, isNumber -> [String: Any] in
        [
          "name": column.name, "isNumber": isNumber, "isLink": column.href != nil, "href": column.href ?? "",
          "order": column.isDescending.map { [$0 ? "descending" : "ascending"] } ?? [String](),
          "arrow": column.isDescending.map { $0 ? " ↓" : " ↑" } ?? "",
        ]
      },
      "rows": rows.map { row -> [String: Any] in
        [
          "cells": row.enumerated().map { column, cell -> [String: Any] in
            cell.model.merging(["label": columns[column].name, "isHeading": isFacts && column == 0]) { $1 }
          }
        ]
      },
    ]
  }
}

/// How the status of a session is marked. The text says the same, so that no colour is needed to read it.
enum SessionMark {
  static func of(_ status: String, _ detail: String) -> String {
    if detail.contains("waiting") { return "waiting" }
    if detail.contains("limit") || detail.contains("out of") { return "bad" }
    return switch status {
    case "running", "claimed", "resuming", "new": "active"
    case "error": "bad"
    case "exit": "good"
    default: "quiet"
    }
  }

  static func of(outcome: String?) -> String {
    switch outcome?.lowercased() {
    case "merged", "done": "good"
    case "open", "opened", "draft", "reopened": "active"
    case "closed", "declined", "abandoned", "refused", "not_done": "bad"
    default: "waiting"
    }
  }
}

extension MirrorReader.Value {
  /// Numbers formatted for people.
  var shown: String {
    switch self {
    case .integer(let number): number.grouped
    case .real(let number): number.shown
    default: text ?? ""
    }
  }
}

extension String {
  /// Encoded as one part of a path, whatever it contains.
  var asPathPart: String {
    addingPercentEncoding(
      withAllowedCharacters: .init(charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_~"))
      ?? ""
  }

  /// One or two letters of a name: `AL` for Ada Lovelace; nil: it is an id, not a name.
  var initials: String? {
    guard count(where: \.isNumber) < 4 else { return nil }
    let words = prefix { $0 != "@" }.split { !$0.isLetter && !$0.isNumber }
    let letters = [words.first, words.count > 1 ? words.last : nil].compactMap { $0?.first }
    return letters.isEmpty ? nil : String(letters).uppercased()
  }

  /// The start of an id, which is enough to find its session.
  var shortID: String { String(prefix(8)) }
}
