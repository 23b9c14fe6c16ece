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
    request.headers += [
      ("Authorization", "Bearer \(credential.key)"), ("Accept", "application/json"), ("User-Agent", userAgent),
    ]
    var response = try await base.send(request)
    response.body = withoutKey(response.body)
    response.headers = response.headers.mapValues { $0.replacingOccurrences(of: credential.key, with: credential.description) }
    return response
  }

  private func withoutKey(_ body: ByteBuffer) -> ByteBuffer {
    let key = Array(credential.key.utf8)
    guard body.withUnsafeReadableBytes({ $0.contains(key) }) else { return body }
    var clean = Data(body.readableBytesView)
    while let range = clean.range(of: Data(key)) { clean.replaceSubrange(range, with: Data(credential.description.utf8)) }
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
