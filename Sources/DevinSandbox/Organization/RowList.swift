/// Objects of one kind in list order. An object never changes its ordinal,
/// so a cursor with an ordinal stays valid whatever is deleted.
struct RowList: Sendable {
  struct Row: Sendable {
    let ordinal: Int
    let id: String
    /// The object as sent.
    var bytes: [UInt8]

    var object: JSONObject { get throws { try JSONBytes.decodeObject(bytes) } }
  }

  private(set) var rows: [Row] = []
  private var deleted: [String: Row] = [:]
  private var nextOrdinal = 0

  func row(_ id: String) -> Row? { rows.first { $0.id == id } }

  /// The index in `rows` of the first row after an ordinal.
  func index(after ordinal: Int) -> Int { rows.partitioningIndex { $0.ordinal > ordinal } }

  mutating func append(id: String, bytes: [UInt8]) {
    rows.append(Row(ordinal: nextOrdinal, id: id, bytes: bytes))
    nextOrdinal += 1
  }

  /// - Returns: false: there is no such row, or it is deleted.
  mutating func replace(_ id: String, with bytes: [UInt8]) -> Bool {
    guard let index = rows.firstIndex(where: { $0.id == id }) else { return false }
    rows[index].bytes = bytes
    return true
  }

  /// - Returns: false: there is no such row, or it is deleted.
  mutating func delete(_ id: String) -> Bool {
    guard let index = rows.firstIndex(where: { $0.id == id }) else { return false }
    deleted[id] = rows.remove(at: index)
    return true
  }

  /// Restores a deleted row at its old position.
  ///
  /// - Returns: false: there is no deleted row with this id.
  mutating func restore(_ id: String) -> Bool {
    guard let row = deleted.removeValue(forKey: id) else { return false }
    rows.insert(row, at: index(after: row.ordinal))
    return true
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element satisfies a condition that is false for all before it and true for all after.
  func partitioningIndex(where belongsBehind: (Element) -> Bool) -> Int {
    var low = startIndex
    var high = endIndex
    while low < high {
      let middle = low + (high - low) / 2
      if belongsBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
