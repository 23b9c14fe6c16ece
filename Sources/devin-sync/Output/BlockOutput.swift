import Foundation
import Synchronization

/// Writes blocks of bytes to stdout as they are, and notices when nobody reads them any more.
final class BlockOutput: Sendable {
  private enum Ending {
    case abandoned
    case failed(Int32)
  }

  private let ending = Mutex<Ending?>(nil)
  private let descriptor: Int32

  init(_ descriptor: Int32 = STDOUT_FILENO) {
    self.descriptor = descriptor
    // A reader that went away is told by the write, and ends nothing by itself.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Whether nothing can be written any more.
  var isClosed: Bool { ending.withLock { $0 != nil } }

  /// Why that is, for people; nil: it can, or the reader went away, which is no failure of ours.
  var trouble: String? {
    ending.withLock {
      guard case .failed(let number) = $0 else { return nil }
      return
        "the output could not be written: \(String(cString: strerror(number))). Pass the last state that was stored, and the rest is printed."
    }
  }

  /// Whether the other end of the pipe is closed, found out without writing.
  var isAbandoned: Bool {
    if isClosed { return true }
    var place = pollfd(fd: descriptor, events: 0, revents: 0)
    guard poll(&place, 1, 0) == 1, place.revents & Int16(POLLERR) != 0 else { return false }
    end(.abandoned)
    return true
  }

  /// - Returns: false: nothing can be written any more.
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
