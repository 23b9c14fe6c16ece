/// Collects lines and passes them on in large blocks.
final class FeedLines {
  private let write: (UnsafeRawBufferPointer) -> Bool
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var used = 0
  /// Whether the receiver accepts no more lines.
  private(set) var isClosed = false

  private static let block = 1 << 18

  /// - Parameter write: returns false when the receiver accepts no more.
  init(to write: @escaping (UnsafeRawBufferPointer) -> Bool) {
    self.write = write
    buffer = .allocate(capacity: Self.block)
  }

  deinit { buffer.deallocate() }

  /// - Parameter line: a line that this program composed itself.
  func add(_ line: String) {
    var line = line
    line.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// - Parameter line: JSON as produced by SQLite.
  func add(_ line: UnsafeRawBufferPointer) {
    makeRoom(for: line.count + 1)
    guard !isClosed else { return }
    let place = UnsafeMutableBufferPointer(rebasing: buffer[used..<used + line.count])
    _ = place.update(fromContentsOf: line)
    if JSONRepair.repair(place) {
      end(with: JSONRepair.printable(place))
    } else {
      used += line.count
      end(with: [])
    }
  }

  /// Appends these bytes and ends the line.
  private func end(with bytes: [UInt8]) {
    makeRoom(for: bytes.count + 1)
    for byte in bytes + [UInt8(ascii: "\n")] {
      buffer[used] = byte
      used += 1
    }
  }

  /// Passes on what is collected.
  func flush() {
    if used > 0, !isClosed { isClosed = !write(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<used])) }
    used = 0
  }

  private func makeRoom(for count: Int) {
    guard used + count > buffer.count else { return }
    flush()
    guard count > buffer.count else { return }
    buffer.deallocate()
    buffer = .allocate(capacity: count)
  }
}
