import Foundation
import Synchronization

/// Writes blocks of bytes to stdout unchanged, and notices when the reader has closed the pipe.
final class BlockOutput: Sendable {
  private enum Ending {
    case abandoned
    case failed(Int32)
  }

  private let ending = Mutex<Ending?>(nil)
  private let descriptor: Int32

  init(_ descriptor: Int32 = STDOUT_FILENO) {
    self.descriptor = descriptor
    // A closed pipe is reported by the write call, and must not end the process.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Whether writing is no longer possible.
  var isClosed: Bool { ending.withLock { $0 != nil } }

  /// Why writing is not possible, for people; nil: it is possible, or the reader closed the pipe, which is no failure.
  var trouble: String? {
    ending.withLock {
      guard case .failed(let number) = $0 else { return nil }
      return
        "the output could not be written: \(String(cString: strerror(number))). Pass the last state that was stored, and the rest is printed."
    }
  }

  /// Whether the other end of the pipe is closed, checked without writing.
  var isAbandoned: Bool {
    if isClosed { return true }
    var place = pollfd(fd: descriptor, events: 0, revents: 0)
    guard poll(&place, 1, 0) == 1, place.revents & Int16(POLLERR) != 0 else { return false }
    end(.abandoned)
    return true
  }

  /// - Returns: false: writing is no longer possible.
  @Sendable
  func write(_ block: UnsafeRawBufferPointer) -> Bool {
    var rest = block[...]
    while !rest.isEmpty, !isClosed {
      let count = Foundation.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        end(errno == EPIPE ? .abandoned : .failed(errno))
        return false
      }
      rest = rest.dropFirst(count)
    }
    return !isClosed
  }

  private func end(_ how: Ending) { ending.withLock { $0 = $0 ?? how } }
}
