/// How a feed is written: one JSON object per line.
package enum FeedFormat: String, CaseIterable, Hashable, Sendable {
  /// The messages of https://github.com/singer-io/getting-started/blob/master/docs/SPEC.md, with versions as Singer's targets know them.
  case singer
  /// `{"resource","key","op","row","changed_at","change_id"}`, and lines with another `op` for a state or a version.
  case ndjson
}

extension FeedFormat {
  /// The line for a row, as SQL over `f`. Parameters: `version` if all rows are sent, `time`.
  func line(of stream: FeedStream, isComplete: Bool) -> String {
    let version = isComplete ? ", 'version', :version" : ""
    switch self {
    case .singer:
      let record = stream.record([("_sdc_deleted_at", FeedColumn.utc("f.\(FeedColumn.deletedAt.quotedAsName)"))])
      return """
        json_object('type', 'RECORD', 'stream', \(stream.resource.quotedAsText), 'record', \(record)\(version), 'time_extracted', :time)
        """
    case .ndjson:
      return """
        json_object('resource', \(stream.resource.quotedAsText), 'key', \(stream.keyText),
          'op', iif(f.\(FeedColumn.deletedAt.quotedAsName) IS NULL, 'upsert', 'delete'), 'row', \(stream.record()),
          'changed_at', f."change time", 'change_id', f."change number"\(version))
        """
    }
  }

  /// The line before the first row of a resource; nil: none.
  func opening(of stream: FeedStream) -> String? {
    guard self == .singer else { return nil }
    let key = stream.key.map(\.quotedAsJSON).joined(separator: ",")
    return """
      {"type":"SCHEMA","stream":\(stream.resource.quotedAsJSON),"key_properties":[\(key)],"schema":\(stream.schema)}
      """
  }

  /// The line that says that the resource has no rows except those of this version.
  func activation(of stream: FeedStream, version: Int64) -> String {
    switch self {
    case .singer: #"{"type":"ACTIVATE_VERSION","stream":\#(stream.resource.quotedAsJSON),"version":\#(version)}"#
    case .ndjson: #"{"resource":\#(stream.resource.quotedAsJSON),"op":"activate","version":\#(version)}"#
    }
  }

  func line(of state: FeedState) -> String {
    switch self {
    case .singer: #"{"type":"STATE","value":\#(state.json)}"#
    case .ndjson: #"{"op":"state","state":\#(state.json)}"#
    }
  }
}
