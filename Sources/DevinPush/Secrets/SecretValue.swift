import Foundation

#if canImport(Glibc)
  import Glibc
#endif

/// The value of a secret, on its way to Devin. It cannot be printed, encoded or compared, and its memory is overwritten when nobody holds it
/// any more. Copies that Foundation and the network make on the way are not reached.
package final class SecretValue: @unchecked Sendable, CustomStringConvertible, CustomReflectable {
  /// Of a value, in bytes.
  package static let limit = 64 << 10

  /// Why bytes are no value. Says nothing of them.
  package enum Invalid: Error, Sendable {
    case empty
    case tooLong
    /// No UTF-8, or with a NUL character, which no text of an environment can hold.
    case noText
  }

  // `@unchecked Sendable`, since the compiler cannot see that nothing changes this memory between `init` and `deinit`.
  private let bytes: UnsafeMutableRawBufferPointer

  /// - Parameter source: is overwritten.
  package init(taking source: inout [UInt8]) throws(Invalid) {
    defer { Self.wipe(&source) }
    guard !source.isEmpty else { throw .empty }
    guard source.count <= Self.limit else { throw .tooLong }
    guard !source.contains(0), String(validating: source, as: UTF8.self) != nil else { throw .noText }
    bytes = .allocate(byteCount: source.count, alignment: 1)
    bytes.copyBytes(from: source)
  }

  deinit {
    Self.wipe(bytes)
    bytes.deallocate()
  }

  package var description: String { "…" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  /// For the body of a request, right before it is sent.
  var text: String { String(decoding: UnsafeRawBufferPointer(bytes), as: UTF8.self) }

  /// Whether a text repeats the value, or so much of it that it should be seen nowhere: any six bytes in a row.
  func isEchoed(in text: String) -> Bool {
    let width = min(6, bytes.count)
    var text = text
    return text.withUTF8 { text in
      guard text.count >= width, let start = bytes.baseAddress, let place = text.baseAddress else { return false }
      return (0...bytes.count - width).contains { offset in
        (0...text.count - width).contains { memcmp(place + $0, start + offset, width) == 0 }
      }
    }
  }

  private static func wipe(_ source: inout [UInt8]) { source.withUnsafeMutableBytes { wipe($0) } }

  /// Overwrites memory in a way that no compiler leaves out.
  private static func wipe(_ bytes: UnsafeMutableRawBufferPointer) {
    guard let start = bytes.baseAddress else { return }
    #if canImport(Glibc)
      explicit_bzero(start, bytes.count)
    #else
      memset_s(start, bytes.count, 0, bytes.count)
    #endif
  }
}
