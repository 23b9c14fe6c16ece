/// The result of a call.
package struct ToolResult: Hashable, Sendable {
  /// For clients that show text.
  package let text: String
  /// The same data for programs; nil: the call failed.
  package let structured: JSONObject?

  package init(text: String, structured: JSONObject) {
    self.text = text
    self.structured = structured
  }

  /// A failed call: the model reads the reason, and what to do.
  package init(advice: String) {
    text = advice
    structured = nil
  }

  package var isError: Bool { structured == nil }

  package var json: JSONObject {
    [
      "content": [["type": "text", "text": .text(text)]], "structuredContent": structured.map(JSON.object),
      "isError": .truth(isError),
    ]
  }
}
