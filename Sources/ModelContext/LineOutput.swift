import Dispatch
import Foundation
import Synchronization

/// Writes complete lines, one after another, outside of the threads that tasks share, so that a slow reader blocks only this output.
final class LineOutput: Sendable {
  private let descriptor: Int32
  private let queue = DispatchQueue(label: "output")
  private let broken = Mutex(false)

  init(_ descriptor: Int32) {
    self.descriptor = descriptor
    // A closed pipe is reported by the write call, and must not end the process.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Whether the reader has closed the pipe.
  var isBroken: Bool { broken.withLock(\.self) }

  /// Returns when the line is written, or cannot be written.
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
