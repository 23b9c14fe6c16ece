/// One session with all of its parts.
struct SessionRecord: Sendable {
  let id: String
  /// The object as sent.
  var bytes: [UInt8]
  var facts: SessionFacts
  var thread: MessageThread
  /// The analysis in the insights, as sent; nil: there is none.
  var analysis: [UInt8]?
  var attachments: RowList
  var isDeleted = false
  /// Whether a request ended it for good.
  var isEnded = false

  /// The position in a cursor after this session.
  var position: PageCursor.Position { .session(createdAt: facts.createdAt, id: id) }

  /// As sent in the list of sessions, or in that of insights.
  func bytes(of resource: SandboxResource) -> [UInt8] { resource == .sessionInsights ? insights : bytes }

  /// The size as named in insights.
  var size: String {
    let (user, devin) = thread.counts
    return switch user + devin {
    case ..<6: "xs"
    case ..<15: "s"
    case ..<40: "m"
    case ..<150: "l"
    default: "xl"
    }
  }

  /// The insights of the session as sent: its row, its message counts, and the analysis.
  var insights: [UInt8] {
    let (user, devin) = thread.counts
    var bytes: [UInt8] = []
    bytes.reserveCapacity(self.bytes.count + (analysis?.count ?? 0) + 160)
    bytes.append(contentsOf: self.bytes.dropLast())
    bytes.append(contentsOf: ",\"analysis\":".utf8)
    if let analysis {
      bytes.append(contentsOf: analysis)
      bytes.append(contentsOf: ",\"analysis_status\":\"completed\"".utf8)
    } else {
      bytes.append(contentsOf: "null,\"analysis_status\":null".utf8)
    }
    bytes.append(contentsOf: ",\"num_devin_messages\":\(devin),\"num_user_messages\":\(user),\"session_size\":\"\(size)\"}".utf8)
    return bytes
  }
}
