/// One session and everything that hangs on it.
struct SessionRecord: Sendable {
  let id: String
  /// The object as sent.
  var bytes: [UInt8]
  var facts: SessionFacts
  var thread: MessageThread
  /// The insights' analysis as sent; nil: none was made.
  var analysis: [UInt8]?
  var attachments: RowList
  var isDeleted = false
  /// Whether a request ended it for good.
  var isEnded = false

  /// What a cursor behind it names.
  var position: PageCursor.Position { .session(createdAt: facts.createdAt, id: id) }

  /// As the list of sessions sends it, or that of insights.
  func bytes(of resource: SandboxResource) -> [UInt8] { resource == .sessionInsights ? insights : bytes }

  /// As the insights name it.
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

  /// The insights of the session as sent: its row, the counts of its messages, the analysis.
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
