import Foundation
import NIOCore

/// Adds the key to each request, and removes it from each answer in case the server echoes it. All callers can therefore
/// print and store what they receive.
package struct AuthorizingTransport<Base: HTTPTransport>: HTTPTransport {
  private let base: Base
  private let credential: Credential
  private let userAgent: String

  package init(base: Base, credential: Credential, userAgent: String) {
    self.base = base
    self.credential = credential
    self.userAgent = userAgent
  }

  package func send(_ request: APIRequest) async throws(APIError) -> APIResponse {
    var request = request
    request.headers.append(("User-Agent", userAgent))
    if request.download == nil {
      request.headers += [("Authorization", "Bearer \(credential.key)"), ("Accept", "application/json")]
    }
    var response = try await base.send(request)
    credential.remove(from: &response)
    return response
  }
}

extension Credential {
  /// Takes the key out of an answer, should the server echo it.
  func remove(from response: inout APIResponse) {
    let key = Array(key.utf8)
    response.body = without(key, in: response.body)
    response.headers = response.headers.mapValues { without(key, in: $0) }
  }

  private func without(_ key: [UInt8], in text: String) -> String {
    var text = text
    let isClean = text.withUTF8 { UnsafeRawBufferPointer($0).range(of: key, from: 0) == nil }
    return isClean ? text : text.replacingOccurrences(of: self.key, with: description)
  }

  private func without(_ key: [UInt8], in body: ByteBuffer) -> ByteBuffer {
    body.withUnsafeReadableBytes { bytes in
      guard var found = bytes.range(of: key, from: 0) else { return body }
      let cover = Array(description.utf8)
      var clean = ByteBuffer()
      var start = 0
      while true {
        clean.writeBytes(bytes[start..<found.lowerBound])
        clean.writeBytes(cover)
        start = found.upperBound
        guard let next = bytes.range(of: key, from: start) else { break }
        found = next
      }
      clean.writeBytes(bytes[start...])
      return clean
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The range of a key, even if some of its characters are JSON escapes: decoding the text would reveal the complete key.
  fileprivate func range(of key: [UInt8], from start: Int) -> Range<Int>? {
    guard let first = key.first else { return nil }
    // Every byte of every answer passes here, so it is the C library that looks for the key and, where a character of it may be escaped,
    // for where it can begin. The key is printable ASCII, so that an escape of a character by its number begins as said here.
    let isPlain = !key.contains { "\"\\/".utf8.contains($0) } && place(of: Array("\\u00".utf8), from: start) == count
    if isPlain {
      let found = place(of: key, from: start)
      return found < count ? found..<(found + key.count) : nil
    }
    var plain = place(of: first, from: start)
    var escaped = place(of: UInt8(ascii: "\\"), from: start)
    while case let candidate = Swift.min(plain, escaped), candidate < count {
      if let end = end(of: key, at: candidate) { return (candidate - (isEscaped(candidate) ? 1 : 0))..<end }
      if plain == candidate { plain = place(of: first, from: candidate + 1) }
      if escaped == candidate { escaped = place(of: UInt8(ascii: "\\"), from: candidate + 1) }
    }
    return nil
  }

  /// The next position of the byte; `count`: there is none.
  private func place(of byte: UInt8, from start: Int) -> Int {
    guard let baseAddress, start < count, let found = memchr(baseAddress + start, Int32(byte), count - start) else {
      return count
    }
    return UnsafeRawPointer(found) - baseAddress
  }

  /// Where the bytes stand next; `count`: nowhere. Letters and digits are frequent, so that another one of them is looked for first.
  private func place(of bytes: [UInt8], from start: Int) -> Int {
    let rare = bytes.firstIndex { !$0.isLetterOrDigit } ?? 0
    var found = place(of: bytes[rare], from: start + rare)
    while let baseAddress, found < count, found - rare + bytes.count <= count {
      if memcmp(baseAddress + (found - rare), bytes, bytes.count) == 0 { return found - rare }
      found = place(of: bytes[rare], from: found + 1)
    }
    return count
  }

  /// Whether a backslash escapes this character, so that both must be removed together.
  private func isEscaped(_ place: Int) -> Bool {
    self[place] == UInt8(ascii: "\\") && !self[..<place].reversed().prefix { $0 == UInt8(ascii: "\\") }.count.isMultiple(of: 2)
  }

  /// The position after the key, if the key begins here.
  private func end(of key: [UInt8], at start: Int) -> Int? {
    var place = start
    for byte in key {
      guard place < count else { return nil }
      if let width = widthOfEscape(of: byte, at: place) {
        place += width
      } else if self[place] == byte {
        place += 1
      } else {
        return nil
      }
    }
    return place
  }

  /// The length of the JSON escape for a printable ASCII character at this position: `\u0063`, `\/`. Nil: there is none.
  private func widthOfEscape(of byte: UInt8, at place: Int) -> Int? {
    guard self[place] == UInt8(ascii: "\\"), place + 1 < count else { return nil }
    if self[place + 1] == byte, "\"\\/".utf8.contains(byte) { return 2 }
    guard place + 6 <= count, self[place + 1] == UInt8(ascii: "u") else { return nil }
    return UInt16(String(decoding: self[(place + 2)..<(place + 6)], as: UTF8.self), radix: 16) == UInt16(byte) ? 6 : nil
  }
}

extension UInt8 {
  fileprivate var isLetterOrDigit: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
    default: false
    }
  }
}
