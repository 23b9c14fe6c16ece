import Foundation

/// The position where a later call of the same tool continues. To a client it is an opaque text.
struct AnswerCursor: Hashable, Sendable {
  let tool: String
  let position: String

  init(tool: String, position: String) {
    self.tool = tool
    self.position = position
  }

  /// - Returns: nil: it is not one of ours.
  init?(_ text: String) {
    let padded = text.replacing("-", with: "+").replacing("_", with: "/")
    guard let data = Data(base64Encoded: padded + String(repeating: "=", count: (4 - padded.count % 4) % 4)),
      let parts = String(data: data, encoding: .utf8)?.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false),
      parts.count == 2
    else { return nil }
    self.init(tool: String(parts[0]), position: String(parts[1]))
  }

  var text: String {
    Data("\(tool)\n\(position)".utf8).base64EncodedString()
      .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
  }
}
