import Crypto
import DevinModel
package import Files
import Foundation
import Synchronization

/// A content that is complete and in its place.
package struct KeptContent: Hashable, Sendable {
  /// SHA-256 in hexadecimal digits.
  package let hash: String
  package let byteCount: Int
  /// What its first bytes say it is; nil: no picture that is known.
  package let type: String?
}

/// A content that is being written: its bytes are counted and hashed on their way to the disk.
package final class ContentPart: Sendable {
  private struct State {
    var hash = SHA256()
    var byteCount = 0
    var start: [UInt8] = []
    var isOver = false
  }

  private let file: OpenFile
  private let name: String
  private let folder: ContentFolder
  private let state = Mutex(State())

  init(_ file: OpenFile, named name: String, in folder: ContentFolder) {
    self.file = file
    self.name = name
    self.folder = folder
  }

  deinit { drop() }

  package var byteCount: Int { state.withLock(\.byteCount) }
  /// Of what has been written so far.
  var hash: String { state.withLock { ContentHash.text($0.hash.finalize()) } }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileTrouble) {
    try file.write(bytes)
    state.withLock { state in
      state.hash.update(bufferPointer: bytes)
      state.byteCount += bytes.count
      if state.start.count < 12 { state.start += bytes.prefix(12 - state.start.count) }
    }
    CrashPoint.reached(.part)
  }

  /// Puts it onto the disk, and then into its place.
  package func keep() throws(FileTrouble) -> KeptContent {
    let state = state.withLock(\.self)
    let content = KeptContent(
      hash: ContentHash.text(state.hash.finalize()), byteCount: state.byteCount, type: FileContents.imageType(of: state.start))
    try file.sync()
    try folder.take(name, as: content.hash)
    self.state.withLock { $0.isOver = true }
    CrashPoint.reached(.content)
    return content
  }

  /// Removes it, unless it is in its place. May be called again.
  package func drop() {
    let isFirst = state.withLock { state in
      defer { state.isOver = true }
      return !state.isOver
    }
    if isFirst { folder.drop(name) }
  }
}

package enum ContentHash {
  /// Of what was not read yet of a file.
  package static func of(_ file: OpenFile) throws(FileTrouble) -> String {
    var hash = SHA256()
    try file.eachPiece { bytes throws(FileTrouble) in hash.update(bufferPointer: bytes) }
    return text(hash.finalize())
  }

  static func text(_ digest: SHA256Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
