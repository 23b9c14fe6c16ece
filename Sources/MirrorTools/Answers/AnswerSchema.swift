import ModelContext

/// The schemas of answers; the answers of all tools have some members in common.
enum AnswerSchema {
  static let text: JSON = ["type": "string"]
  static let number: JSON = ["type": "number"]
  static let whole: JSON = ["type": "integer"]
  static let truth: JSON = ["type": "boolean"]
  static let time: JSON = ["type": "string", "description": "RFC 3339, UTC"]

  static func list(_ items: JSON, _ description: String) -> JSON {
    ["type": "array", "items": items, "description": .text(description)]
  }

  /// - Parameter required: the members that are always present; nil: all.
  static func object(_ properties: JSONObject, required: [String]? = nil) -> JSON {
    ["type": "object", "properties": .object(properties), "required": .list((required ?? properties.names).map(JSON.text))]
  }

  /// - Parameters:
  ///   - properties: the members of this tool's answer.
  ///   - required: those of them that are always present; nil: all.
  static func answer(_ properties: JSONObject, required: [String]? = nil) -> JSON {
    let common: JSONObject = [
      "mirror": object(
        [
          "verdict": ["type": "string", "description": "whether the mirror is complete, as of when, and what is missing"],
          "is_complete": truth, "as_of": time, "newest_list": time, "checked_at": time, "sync_is_running": truth,
        ], required: ["verdict", "is_complete", "sync_is_running"]),
      "notice": text,
    ]
    let rest: JSONObject = [
      "remarks": list(text, "what to know of this answer"),
      "truncated": ["type": "boolean", "description": "whether there is more; next_cursor leads to it"],
      "next_cursor": text,
    ]
    return object(
      common.merging(properties).merging(rest), required: ["mirror", "notice", "truncated"] + (required ?? properties.names))
  }
}
