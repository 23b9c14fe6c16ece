import Foundation
import NIOCore

/// Gives each request the key, and takes the key out of each answer should the server echo it: whatever stands above
/// this step can print and store what it gets.
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
    response.body = withoutKey(response.body)
    response.headers = response.headers.mapValues { $0.replacingOccurrences(of: credential.key, with: credential.description) }
    return response
  }

  private func withoutKey(_ body: ByteBuffer) -> ByteBuffer {
    let key = Array(credential.key.utf8)
    guard body.withUnsafeReadableBytes({ $0.contains(key) }) else { return body }
    var clean = Data(body.readableBytesView)
    let cover = Data(credential.description.utf8)
    var start = clean.startIndex
    while let range = clean.range(of: Data(key), in: start..<clean.endIndex) {
      clean.replaceSubrange(range, with: cover)
      // Behind the cover, which a short key is a part of.
      start = range.lowerBound + cover.count
    }
    return ByteBuffer(bytes: clean)
  }
}

extension UnsafeRawBufferPointer {
  /// Every byte of every answer passes here, so it is the C library that looks for the first byte.
  fileprivate func contains(_ wanted: [UInt8]) -> Bool {
    guard var place = baseAddress, let first = wanted.first else { return false }
    let end = place + count
    while end - place >= wanted.count, let found = memchr(place, Int32(first), end - place - wanted.count + 1) {
      if memcmp(found, wanted, wanted.count) == 0 { return true }
      place = UnsafeRawPointer(found) + 1
    }
    return false
  }
}
