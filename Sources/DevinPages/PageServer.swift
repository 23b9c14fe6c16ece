import DevinModel
import Files
import Foundation
import HTTPTypes
import HummingbirdCore
import Logging
package import MirrorReading
import NIOCore
import NIOPosix

/// Serves a mirror as pages on this machine, to everyone who knows the address. Every path begins with a secret, which keeps out other
/// users of the machine. The secret is not in a cookie, since browsers send a cookie to every port of a host, so also to servers of others:
/// https://www.rfc-editor.org/rfc/rfc6265#section-8.5. The server only reads; no request can change anything.
package struct PageServer: Sendable {
  private let pages: LocalPages
  /// First part of every path.
  private let secret: String

  /// A browser opens about six connections. Other users of this machine could open more, so their number and memory are limited.
  private static let mostConnections = 64
  /// The time limit for receiving a complete request, and between two requests on one connection.
  private static let mostIdle = TimeAmount.seconds(10)
  /// The time limit for sending an answer.
  private static let mostWriting = TimeAmount.seconds(30)

  /// The port is in use, or this user may not use it.
  package struct CannotListen: Error, Hashable, Sendable {
    /// The operating system's error text.
    package let why: String
  }

  /// - Parameters:
  ///   - database: path of the mirror's file.
  ///   - rate: what an ACU costs the user; nil: unknown.
  ///   - describe: the text of an error, such as its message with the advice of a program.
  /// - Throws: `MirrorError` when there is no mirror at this path.
  package init(
    database: String, rate: ACURate? = nil, describing describe: @escaping @Sendable (MirrorError) -> String = \.message
  ) throws {
    var source = SystemRandomNumberGenerator()
    secret = (0..<2).map { _ in
      let digits = String(source.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
    var pages = LocalPages(reader: try MirrorReader(database: database, keepsAnswers: true), root: "/\(secret)", rate: rate)
    pages.describe = describe
    self.pages = pages
  }

  /// Serves until the task is cancelled.
  /// - Parameters:
  ///   - port: 0: any free one.
  ///   - onRunning: receives the address to open.
  /// - Throws: `CannotListen`.
  package func run(port: Int, onRunning: @escaping @Sendable (String) -> Void) async throws {
    var logger = Logger(label: "DevinPages")
    logger.logLevel = .critical
    let (ports, bound) = AsyncStream.makeStream(of: Int.self)
    let channel = HTTP1Channel(
      responder: { request, writer, channel in
        let answer = await answer(request.head, port: channel.localAddress?.port ?? 0)
        let ending = channel.eventLoop.scheduleTask(in: Self.mostWriting) { channel.close(promise: nil) }
        defer { ending.cancel() }
        if let content = answer.content, request.head.method != .head {
          try await writer.writeResponse(answer.head, content)
        } else {
          try await writer.writeResponse(answer.head, body: request.head.method == .head ? "" : answer.body)
        }
        // A body is never read, so the connection is closed, whatever the body's size.
        if request.hasBody { channel.close(promise: nil) }
      },
      configuration: .init(
        idleTimeout: Self.mostIdle,
        httpDecoderConfiguration: .init(maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 16 << 10, maxHeaderFieldCount: 100)))
    let server = Server(
      childChannelSetup: channel,
      configuration: ServerConfiguration(
        address: .hostname("127.0.0.1", port: port),
        availableConnectionsDelegate: .maximum(Self.mostConnections, logger: logger)),
      onServerRunning: { bound.yield($0.localAddress?.port ?? port) }, eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
      logger: logger)
    // In a separate task: the server must not be cancelled while it accepts a connection.
    let serving = Task {
      defer { bound.finish() }
      try await server.run()
    }
    guard let port = await ports.first(where: { _ in true }) else {
      do {
        return try await serving.value
      } catch let error as IOError {
        throw CannotListen(why: String(cString: strerror(error.errnoCode)))
      }
    }
    onRunning("http://127.0.0.1:\(port)/\(secret)/")
    while !Task.isCancelled { try? await Task.sleep(for: .seconds(86_400)) }
    try? await server.shutdownGracefully()
  }

  /// A page of another site could make a browser send requests here (DNS rebinding), so only this machine's own names are accepted.
  private func answer(_ head: HTTPRequest, port: Int) async -> PageResponse {
    let names = ["127.0.0.1", "localhost", "[::1]"].flatMap { ["\($0):\(port)"] + (port == 80 ? [$0] : []) }
    guard let host = head.authority, names.contains(host.lowercased()) else {
      return PageResponse(
        status: 421, contentType: "text/plain; charset=utf-8",
        body: "Open these pages at this address: http://127.0.0.1:\(port)/\n")
    }
    guard head.method == .get || head.method == .head else {
      return PageResponse(status: 405, contentType: "text/plain; charset=utf-8", body: "Only GET is supported.\n")
    }
    guard let target = PageTarget(head.path ?? "/").below(secret) else {
      // A plain text, since a page would contain links with the secret.
      return PageResponse(
        status: 403, contentType: "text/plain; charset=utf-8",
        body:
          "Open the complete address that devin-sync serve printed. It contains a secret that keeps out other users of this machine.\n"
      )
    }
    return await pages.answer(target)
  }
}

extension PageResponse {
  /// Only our own style sheet and script are loaded, no script in a page runs, and no other site may embed or cache a page.
  fileprivate var head: HTTPResponse {
    var head = HTTPResponse(status: .init(code: status))
    head.headerFields[.contentType] = contentType
    // An attachment's content gets its own origin, so that it could do nothing here even if a browser ran it.
    head.headerFields[.contentSecurityPolicy] =
      content == nil
      ? "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
      : "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
    if let content { head.headerFields[.contentDisposition] = content.disposition }
    if let fileName { head.headerFields[.contentDisposition] = "attachment; filename=\"\(fileName)\"" }
    head.headerFields[.xContentTypeOptions] = "nosniff"
    head.headerFields[.cacheControl] = "no-store"
    for (name, value) in [
      ("Referrer-Policy", "no-referrer"), ("Cross-Origin-Resource-Policy", "same-origin"),
      ("Cross-Origin-Opener-Policy", "same-origin"),
    ] {
      if let name = HTTPField.Name(name) { head.headerFields[name] = value }
    }
    if status == 405 { head.headerFields[.allow] = "GET, HEAD" }
    head.headerFields[.contentLength] = String(content?.byteCount ?? body.utf8.count)
    return head
  }
}

extension Request {
  fileprivate var hasBody: Bool {
    (headers[.contentLength] ?? "0") != "0" || headers[.transferEncoding] != nil
  }
}

extension OpenContent {
  /// Whether the content is shown or saved, and under which name. The name contains only letters, digits and a few marks, and no mark comes
  /// first, so that no system interprets it differently. https://www.rfc-editor.org/rfc/rfc6266
  fileprivate var disposition: String {
    let safe = name.unicodeScalars.map { scalar -> Character in
      let isPlain =
        scalar.isASCII
        && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-_.".unicodeScalars.contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    let plain = String(String(safe).drop { ".-_".contains($0) }.suffix(100).drop { ".-_".contains($0) })
    return "\(imageType == nil ? "attachment" : "inline"); filename=\"\(plain.isEmpty ? "file" : plain)\""
  }
}

extension ResponseWriter {
  /// Sends the content piece by piece, since it may be too large for memory.
  fileprivate consuming func writeResponse(_ head: HTTPResponse, _ content: OpenContent) async throws {
    var writer = try await writeHead(head)
    var left = content.byteCount
    while left > 0 {
      let piece = try content.file.start(min(left, 1 << 16))
      guard !piece.isEmpty else { break }
      left -= piece.count
      try await writer.write(ByteBuffer(bytes: piece))
    }
    try await writer.finish(nil)
  }

  fileprivate consuming func writeResponse(_ head: HTTPResponse, body: String) async throws {
    var writer = try await writeHead(head)
    if !body.isEmpty { try await writer.write(ByteBuffer(string: body)) }
    try await writer.finish(nil)
  }
}
