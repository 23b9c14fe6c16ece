/// A list as it is about to be sent: its rows are bytes already, what surrounds them is written
/// last.
struct Page: Sendable {
  /// How the rows are wrapped.
  enum Envelope: Sendable {
    /// `{"items":[…],"end_cursor":…,"has_next_page":…,"total":…}`
    case cursor
    /// `{"folders":[…],"root_note_count":n}`
    case folders(rootNoteCount: Int)
    /// `{"NAME":[…]}`
    case member(String)
    /// `[…]`
    case bare
  }

  /// What stands in the place of the list.
  enum Items: Sendable {
    case rows
    /// The member is left out.
    case missing
    /// This JSON instead of a list.
    case other(String)
  }

  var resource: SandboxResource
  var envelope = Envelope.cursor
  var rows: [[UInt8]]
  var items = Items.rows
  var endCursor: JSONValue = nil
  var hasNextPage = false
  /// nil: null.
  var total: Int?
  /// The cursor behind the last row, whether or not it is sent.
  var nextCursor: PageCursor?

  /// The body as sent.
  func rendered() throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.reduce(256) { $0 + $1.count + 1 })
    switch envelope {
    case .bare:
      appendItems(to: &bytes)
    case .member(let name):
      bytes.append(UInt8(ascii: "{"))
      if case .missing = items {
      } else {
        bytes.append(contentsOf: "\"\(name)\":".utf8)
        appendItems(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    case .folders(let rootNoteCount):
      bytes.append(UInt8(ascii: "{"))
      appendMember("folders", to: &bytes)
      bytes.append(contentsOf: "\"root_note_count\":\(rootNoteCount)}".utf8)
    case .cursor:
      bytes.append(UInt8(ascii: "{"))
      appendMember("items", to: &bytes)
      bytes.append(contentsOf: "\"end_cursor\":".utf8)
      bytes.append(contentsOf: try JSONBytes.encode(endCursor))
      bytes.append(contentsOf: ",\"has_next_page\":\(hasNextPage),\"total\":".utf8)
      bytes.append(contentsOf: (total.map(String.init) ?? "null").utf8)
      bytes.append(UInt8(ascii: "}"))
    }
    return bytes
  }

  private func appendMember(_ name: String, to bytes: inout [UInt8]) {
    if case .missing = items { return }
    bytes.append(contentsOf: "\"\(name)\":".utf8)
    appendItems(to: &bytes)
    bytes.append(UInt8(ascii: ","))
  }

  private func appendItems(to bytes: inout [UInt8]) {
    switch items {
    case .missing: bytes.append(contentsOf: "null".utf8)
    case .other(let json): bytes.append(contentsOf: json.utf8)
    case .rows:
      bytes.append(UInt8(ascii: "["))
      for (index, row) in rows.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: row)
      }
      bytes.append(UInt8(ascii: "]"))
    }
  }
}
