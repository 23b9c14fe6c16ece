import Dispatch
import Foundation

/// The lines that come in, read on a thread of its own: a pipe has no other way to wait that works everywhere. When too many are not dealt with
/// yet, reading waits.
final class LineInput: Sendable {
  enum Line: Hashable, Sendable {
    case line(Data)
    /// It was longer than a line may be, and was dropped.
    case tooLong
  }

  /// Ends with the input.
  let lines: AsyncStream<Line>
  private let room: DispatchSemaphore

  /// - Parameters:
  ///   - descriptor: where to read.
  ///   - longest: the most bytes of a line.
  ///   - waiting: the most lines that are not dealt with yet.
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

  /// One line has been dealt with.
  func finishOne() { room.signal() }
}

/// Takes bytes apart at line breaks.
struct LineSplitter: Sendable {
  let longest: Int
  private var rest = Data()
  private var isTooLong = false

  init(longest: Int) { self.longest = longest }

  /// - Returns: the lines that end in these bytes; blank ones are left out.
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

  /// - Returns: a last line that no line break ends.
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
