import DevinAPI
import DevinModel
import Files
import MirrorStore
import Synchronization

/// Disk space for contents, shared by all downloads: no bytes are written before space is reserved for them.
final class ContentRoom: Sendable {
  private struct State {
    var used: Int
    var known: Set<String>
  }

  private let limit: Int
  private let state: Mutex<State>

  /// - Parameters:
  ///   - used: bytes of the contents that are stored.
  ///   - known: hashes of these contents.
  init(limit: Int, used: Int, known: Set<String>) {
    self.limit = limit
    state = Mutex(State(used: used, known: known))
  }

  /// - Returns: false: there is no space for this many more bytes, and nothing was reserved.
  func reserve(_ bytes: Int) -> Bool {
    state.withLock { state in
      let (sum, isTooMuch) = state.used.addingReportingOverflow(bytes)
      guard !isTooMuch, sum <= limit else { return false }
      state.used = sum
      return true
    }
  }

  func release(_ bytes: Int) { state.withLock { $0.used -= bytes } }

  /// A content is stored: the space reserved for it is now used or, if the same content was already stored, free again.
  func settle(_ content: KeptContent, reserved: Int) {
    state.withLock { state in
      state.used -= reserved
      if state.known.insert(content.hash).inserted { state.used += content.byteCount }
    }
  }
}

/// Writes a content to disk as it arrives, within the limits.
final class FileSink: BodySink {
  enum Refusal: Sendable {
    /// The number of bytes, as announced, or as received before the download was stopped.
    case tooLarge(Int)
    case noRoom(Int)
    case disk(FileError)
  }

  private struct State {
    var part: ContentPart?
    var reserved = 0
    var refusal: Refusal?
  }

  private let folder: ContentFolder
  private let room: ContentRoom
  private let limit: Int
  private let state = Mutex(State())

  init(_ folder: ContentFolder, _ room: ContentRoom, limit: Int) {
    self.folder = folder
    self.room = room
    self.limit = limit
  }

  deinit { drop() }

  /// Why it accepts no more bytes; nil: it accepts them.
  var refusal: Refusal? { state.withLock(\.refusal) }

  func begin(length: Int?) -> Bool {
    drop()
    return state.withLock { state in
      state.refusal = nil
      if let length {
        guard length <= limit else { return refuse(&state, .tooLarge(length)) }
        guard room.reserve(length) else { return refuse(&state, .noRoom(length)) }
        state.reserved = length
      }
      do throws(FileError) {
        state.part = try folder.part()
        return true
      } catch {
        return refuse(&state, .disk(error))
      }
    }
  }

  func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      guard let part = state.part else { return false }
      let count = part.byteCount + bytes.count
      guard count <= limit else { return refuse(&state, .tooLarge(count)) }
      if count > state.reserved {
        guard room.reserve(count - state.reserved) else { return refuse(&state, .noRoom(count)) }
        state.reserved = count
      }
      do throws(FileError) {
        try part.write(bytes)
        return true
      } catch {
        return refuse(&state, .disk(error))
      }
    }
  }

  /// Moves the content to its final path.
  func keep() throws(FileError) -> KeptContent {
    let part = state.withLock(\.part)
    guard let part else { throw FileError(folder.path, .missing) }
    let content = try part.keep()
    state.withLock { state in
      room.settle(content, reserved: state.reserved)
      state.reserved = 0
      state.part = nil
    }
    return content
  }

  /// Removes what was written, and releases its space.
  func drop() {
    state.withLock { state in
      state.part?.drop()
      state.part = nil
      room.release(state.reserved)
      state.reserved = 0
    }
  }

  private func refuse(_ state: inout State, _ refusal: Refusal) -> Bool {
    state.refusal = refusal
    return false
  }
}
