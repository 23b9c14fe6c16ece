import DevinSandbox
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// Sends one request over a new connection and keeps the answer, even if it was cut
/// short.
struct Probe: Sendable {
  struct Reply: Sendable {
    var status = 0
    var headers = HTTPHeaders()
    var body: [UInt8] = []
    /// Whether the answer had its announced length.
    var isComplete = false

    var text: String { String(decoding: body, as: UTF8.self) }

    func json() throws -> JSONValue {
      try JSONDecoder().decode(JSONValue.self, from: Data(body))
    }

    /// The rows of a page.
    func items() throws -> [JSONValue] {
      try json()["items"]?.list ?? []
    }
  }

  /// The connection ended before an answer began.
  struct NoAnswer: Error {}

  let port: Int
  let key: String?
  let organization: String

  init(_ sandbox: Sandbox, key: String?? = .none) {
    port = sandbox.port
    self.key = key ?? sandbox.scenario.key
    organization = sandbox.scenario.organizationID
  }

  /// - Parameter path: after the organization, percent-encoded.
  func get(_ path: String) async throws -> Reply {
    try await send(.GET, "/v3/organizations/\(organization)/\(path)")
  }

  func control(_ method: HTTPMethod, _ path: String, _ body: String = "") async throws -> Reply {
    try await send(method, "/_sandbox/\(path)", body: body)
  }

  func send(
    _ method: HTTPMethod, _ target: String, body: String = "", accepting encoding: String? = nil, contentType: String? = nil
  ) async throws -> Reply {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.addHTTPClientHandlers()
          return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
            wrappingChannelSynchronously: channel)
        }
      }
    var headers: HTTPHeaders = [
      "host": "127.0.0.1", "connection": "close", "content-length": String(body.utf8.count),
    ]
    if let key { headers.add(name: "authorization", value: "Bearer \(key)") }
    if let contentType { headers.add(name: "content-type", value: contentType) }
    if let encoding { headers.add(name: "accept-encoding", value: encoding) }
    let head = HTTPRequestHead(version: .http1_1, method: method, uri: target, headers: headers)
    return try await channel.executeThenClose { inbound, outbound in
      // The server may answer, and close the connection, before it has read everything.
      try? await outbound.write(
        contentsOf: [.head(head), .body(.byteBuffer(ByteBuffer(string: body))), .end(nil)])
      var reply: Reply?
      do {
        for try await part in inbound {
          switch part {
          case .head(let head): reply = Reply(status: Int(head.status.code), headers: head.headers)
          case .body(let buffer): reply?.body.append(contentsOf: buffer.readableBytesView)
          case .end:
            reply?.isComplete = true
            if let reply { return reply }
          }
        }
      } catch {
        guard reply != nil else { throw NoAnswer() }
      }
      guard let reply else { throw NoAnswer() }
      return reply
    }
  }
}

extension JSONValue {
  subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  var list: [JSONValue]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }

  var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  var number: Int? {
    guard case .int(let value) = self else { return nil }
    return value
  }
}

extension Probe {
  /// All rows of a list with cursors, by following it.
  func walk(_ path: String, first: Int = 7) async throws -> [JSONValue] {
    var rows: [JSONValue] = []
    var after = ""
    while true {
      let separator = path.contains("?") ? "&" : "?"
      let page = try await get("\(path)\(separator)first=\(first)\(after)").json()
      rows += page["items"]?.list ?? []
      guard page["has_next_page"] == true, let cursor = page["end_cursor"]?.string else {
        return rows
      }
      after = "&after=" + cursor.percentEncoded
    }
  }
}

extension String {
  var percentEncoded: String {
    addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? self
  }
}

/// The objects of a resource that are not deleted, parsed.
extension Sandbox {
  func parsedObjects(_ resource: SandboxResource) throws -> [JSONValue] {
    try objects(resource).map { try JSONDecoder().decode(JSONValue.self, from: Data($0.utf8)) }
  }

  func ids(_ resource: SandboxResource) throws -> [String] {
    try parsedObjects(resource).compactMap { ($0["object"] ?? $0)[resource.key ?? ""]?.string }
  }
}
