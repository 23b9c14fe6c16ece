import Dispatch
import Foundation

/// The incoming lines, read on a separate thread, since that is the only way of waiting for a pipe that works everywhere. If too many
/// lines are unprocessed, reading waits.
final class LineInput: Sendable {
  enum Line: Hashable, Sendable {
    case line(Data)
    /// The line exceeded the maximum length and was dropped.
    case tooLong
  }

  /// Ends when the input ends.
  let lines: AsyncStream<Line>
  private let room: DispatchSemaphore

  /// - Parameters:
  ///   - descriptor: the file descriptor to read.
  ///   - longest: the maximum size of a line in bytes.
  ///   - waiting: the maximum number of unprocessed lines.
  init(_ descriptor: Int32, longest: Int, waiting: Int) {
    let (lines, next) = AsyncStream.makeStream(of: Line.self)
    self.lines = lines
    let room = DispatchSemaphore(value: waiting)
    self.room = room
    Thread.detachNewThread {
      var splitter = LineSplitter(longest: longest)
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EINTR { continue }
        let isEnd = count <= 0
        for line in isEnd ? splitter.end() : splitter.take(buffer[..<count]) {
          room.wait()
          next.yield(line)
        }
        if isEnd { return next.finish() }
      }
    }
  }

  /// Must be called after each line has been processed.
  func finishOne() { room.signal() }
}

/// Splits bytes at line breaks.
struct LineSplitter: Sendable {
  let longest: Int
  private var rest = Data()
  private var isTooLong = false

  init(longest: Int) { self.longest = longest }

  /// - Returns: the lines that end in these bytes, without blank ones.
  mutating func take(_ bytes: ArraySlice<UInt8>) -> [LineInput.Line] {
    var lines: [LineInput.Line] = []
    var left = bytes
    while let end = left.firstIndex(of: UInt8(ascii: "\n")) {
      keep(left[..<end])
      lines += finish()
      left = left[(end + 1)...]
    }
    keep(left)
    return lines
  }

  /// - Returns: the last line, if it does not end with a line break.
  mutating func end() -> [LineInput.Line] { finish() }

  private mutating func keep(_ bytes: ArraySlice<UInt8>) {
    guard !isTooLong else { return }
    if rest.count + bytes.count > longest {
      isTooLong = true
      rest = Data()
    } else {
      rest.append(contentsOf: bytes)
    }
  }

  private mutating func finish() -> [LineInput.Line] {
    defer { (rest, isTooLong) = (Data(), false) }
    if isTooLong { return [.tooLong] }
    return rest.allSatisfy { [0x20, 0x09, 0x0d].contains($0) } ? [] : [.line(rest)]
  }
}
