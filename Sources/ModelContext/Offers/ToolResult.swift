/// What a call brought.
package struct ToolResult: Hashable, Sendable {
  /// For clients that show a text.
  package let text: String
  /// The same for programs; nil: it failed.
  package let structured: JSONObject?

  package init(text: String, structured: JSONObject) {
    self.text = text
    self.structured = structured
  }

  /// A call that failed: the model reads why, and what to do.
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
