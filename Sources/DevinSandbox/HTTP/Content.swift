/// The content of an answer, before a fault changes it.
enum Content: Sendable {
  case page(Page)
  /// One object as sent.
  case object([UInt8])
  /// One that was made.
  case created([UInt8])
  /// A file of plain text.
  case text([UInt8])
  /// A redirect to this address.
  case redirect(String)

  func answer() throws -> Answer {
    switch self {
    case .page(let page): Answer(body: try page.rendered())
    case .object(let bytes): Answer(body: bytes)
    case .created(let bytes): Answer(status: 201, body: bytes)
    case .redirect(let location): Answer(redirectingTo: location)
    case .text(let bytes): Answer(contentType: "text/plain; charset=utf-8", body: bytes)
    }
  }

  static func json(_ value: some Encodable) throws -> Content { .object(try JSONBytes.encode(value)) }
}
