import DevinModel
import Foundation
import MirrorReading

/// A table of a page.
struct PageTable {
  struct Cell {
    let text: String
    var href: String?
    var isNumber = false

    init(_ text: String?, href: String? = nil, isNumber: Bool = false) {
      self.text = text ?? ""
      self.href = href
      self.isNumber = isNumber
    }

    /// An address from the mirror: a link only if it is a web address, which a browser opens without running anything.
    init(address: String?, text: String? = nil) {
      let address = address ?? ""
      let isWeb = address.lowercased().hasPrefix("https://") || address.lowercased().hasPrefix("http://")
      self.init(text ?? address, href: isWeb ? address : nil)
    }
  }

  let caption: String
  let columns: [String]
  let rows: [[Cell]]
  var emptyText = "nothing"

  init(_ caption: String, _ columns: [String], _ rows: [[Cell]], empty: String = "nothing") {
    self.caption = caption
    self.columns = columns
    self.rows = rows
    emptyText = empty
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
      !rows.isEmpty && rows.allSatisfy { $0[column].isNumber || $0[column].text.isEmpty }
    }
    // Without column names, the table is a list of facts, and the first cell of each row is its heading.
    let isFacts = columns.allSatisfy(\.isEmpty)
    return [
      "hasColumns": !isFacts, "caption": caption, "isEmpty": rows.isEmpty, "emptyText": emptyText,
      "columns": zip(columns, numeric).map { ["name": $0, "isNumber": $1] as [String: Any] },
      "rows": rows.map { row in
        [
          "cells": row.enumerated().map { column, cell in
            [
              "text": cell.text, "href": cell.href ?? "", "isLink": cell.href != nil,
              "isOwn": cell.href?.hasPrefix("/") == true, "isNumber": cell.isNumber,
              "isHeading": isFacts && column == 0,
            ] as [String: Any]
          }
        ]
      },
    ]
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
}
