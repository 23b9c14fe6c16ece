/// A page of a list before it is sent: its rows are encoded already, the envelope is added at the end.
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

  /// What is sent instead of the list.
  enum Items: Sendable {
    case rows
    /// The member is omitted.
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
  /// The cursor after the last row, whether or not it is sent.
  var nextCursor: PageCursor?

  /// The body as sent.
  func rendered() throws -> [UInt8] {
    let (name, rest): (String?, String) =
      switch envelope {
      case .bare: (nil, "")
      case .member(let name): (name, "")
      case .folders(let rootNoteCount): ("folders", "\"root_note_count\":\(rootNoteCount)")
      case .cursor:
        (
          "items",
          "\"end_cursor\":\(String(decoding: try JSONBytes.encode(endCursor), as: UTF8.self)),"
            + "\"has_next_page\":\(hasNextPage),\"total\":\(total.map(String.init) ?? "null")"
        )
      }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.reduce(256) { $0 + $1.count + 1 })
    guard let name else {
      appendItems(to: &bytes)
      return bytes
    }
    bytes.append(UInt8(ascii: "{"))
    if case .missing = items {
    } else {
      bytes.append(contentsOf: "\"\(name)\":".utf8)
      appendItems(to: &bytes)
      if !rest.isEmpty { bytes.append(UInt8(ascii: ",")) }
    }
    bytes.append(contentsOf: "\(rest)}".utf8)
    return bytes
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
