/// Why a request has no result, with the error codes of JSON-RPC and of the protocol.
/// https://modelcontextprotocol.io/specification/2026-07-28/basic
package struct ProtocolError: Error, Hashable, Sendable {
  package let code: Int64
  /// One sentence.
  package let message: String
  package var data: JSON?

  package static func noJSON(_ why: String) -> ProtocolError { ProtocolError(code: -32_700, message: why) }
  package static func invalidRequest(_ why: String) -> ProtocolError { ProtocolError(code: -32_600, message: why) }
  package static func invalidParameters(_ why: String, data: JSON? = nil) -> ProtocolError {
    ProtocolError(code: -32_602, message: why, data: data)
  }

  package static func unknownMethod(_ name: String) -> ProtocolError {
    ProtocolError(code: -32_601, message: "Method not found", data: .text(name))
  }

  package static func unsupportedRevision(_ requested: String) -> ProtocolError {
    ProtocolError(
      code: -32_022, message: "Unsupported protocol version",
      data: ["supported": ProtocolRevision.list, "requested": .text(requested)])
  }

  /// The code for a resource that does not exist depends on the revision: newer revisions no longer use the older code.
  package static func unknownResource(_ address: String, _ why: String, in revision: ProtocolRevision) -> ProtocolError {
    ProtocolError(code: revision.isStateless ? -32_602 : -32_002, message: why, data: ["uri": .text(address)])
  }

  package static let defect = ProtocolError(code: -32_603, message: "Internal error")

  package var json: JSON { ["code": .integer(code), "message": .text(message), "data": data] }
}
