import Crypto
import DevinModel
package import Files
import Foundation
import Synchronization

/// A content that is complete and at its final path.
package struct KeptContent: Hashable, Sendable {
  /// SHA-256 in hexadecimal digits.
  package let hash: String
  package let byteCount: Int
  /// The media type according to its first bytes; nil: no known image format.
  package let type: String?
}

/// A content that is being written: its bytes are counted and hashed while they are written to disk.
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
  /// The hash of what has been written so far.
  var hash: String { state.withLock { ContentHash.text($0.hash.finalize()) } }

  package func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
    try file.write(bytes)
    state.withLock { state in
      state.hash.update(bufferPointer: bytes)
      state.byteCount += bytes.count
      if state.start.count < 12 { state.start += bytes.prefix(12 - state.start.count) }
    }
    CrashPoint.reached(.part)
  }

  /// Flushes it to disk, and then moves it to its final path.
  package func keep() throws(FileError) -> KeptContent {
    let state = state.withLock(\.self)
    let content = KeptContent(
      hash: ContentHash.text(state.hash.finalize()), byteCount: state.byteCount, type: FileContents.imageType(of: state.start))
    try file.sync()
    try folder.take(name, as: content.hash)
    self.state.withLock { $0.isOver = true }
    CrashPoint.reached(.content)
    return content
  }

  /// Removes it, unless it is at its final path. May be called more than once.
  package func drop() {
    let isFirst = state.withLock { state in
      defer { state.isOver = true }
      return !state.isOver
    }
    if isFirst { folder.drop(name) }
  }
}

/// SHA-256 in hexadecimal digits.
package enum ContentHash {
  /// The hash of the part of a file that was not read yet.
  package static func of(_ file: OpenFile) throws(FileError) -> String {
    var hash = SHA256()
    try file.eachPiece { bytes throws(FileError) in hash.update(bufferPointer: bytes) }
    return text(hash.finalize())
  }

  package static func of(_ text: String) -> String { self.text(SHA256.hash(data: Data(text.utf8))) }

  static func text(_ digest: SHA256Digest) -> String {
    digest.map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}
