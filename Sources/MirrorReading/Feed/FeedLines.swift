/// Collects lines and hands them over in large blocks.
final class FeedLines {
  private let write: (UnsafeRawBufferPointer) -> Bool
  private var buffer: UnsafeMutableBufferPointer<UInt8>
  private var used = 0
  /// Whether nobody takes any more.
  private(set) var isClosed = false

  private static let block = 1 << 18

  /// - Parameter write: false: nobody takes any more.
  init(to write: @escaping (UnsafeRawBufferPointer) -> Bool) {
    self.write = write
    buffer = .allocate(capacity: Self.block)
  }

  deinit { buffer.deallocate() }

  /// - Parameter line: of our own making.
  func add(_ line: String) {
    var line = line
    line.withUTF8 { add(UnsafeRawBufferPointer($0)) }
  }

  /// - Parameter line: JSON as SQLite makes it.
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

  /// Puts these bytes behind what is collected, and ends the line.
  private func end(with bytes: [UInt8]) {
    makeRoom(for: bytes.count + 1)
    for byte in bytes + [UInt8(ascii: "\n")] {
      buffer[used] = byte
      used += 1
    }
  }

  /// Hands over what is collected.
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
