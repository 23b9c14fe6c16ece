import Dispatch
import Foundation
import Synchronization

/// Writes whole lines, one after the other, off the threads that all tasks share: a reader that is slow makes only this wait.
final class LineOutput: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "output")
  private let broken = Mutex(false)

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    // A reader that went away is told by the write, and ends nothing by itself.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Whether the reader went away.
  var isBroken: Bool { broken.withLock(\.self) }

  /// Returns when the line is written, or cannot be.
  func send(_ line: String) async {
    await withCheckedContinuation { done in
      queue.async {
        self.writeAll(Array((line + "\n").utf8))
        done.resume()
      }
    }
  }

  private func writeAll(_ bytes: [UInt8]) {
    var place = 0
    while place < bytes.count, !isBroken {
      let count = bytes[place...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return broken.withLock { $0 = true } }
      place += count
    }
  }
}
