import MirrorStore

/// What becomes of a row.
package enum SessionDecision: Hashable, Sendable {
  /// It is sent.
  case send
  /// It was sent before; what the answer was.
  case unchanged(session: String?, url: String?)
  /// It was sent before, and nobody knows what became of it. It is looked for, and not sent again because it was not found.
  case open
  /// Another row was sent under its key; why, for people.
  case conflict(String)
  /// It may not be sent; why, for people.
  case blocked(String)

  /// Given what the journal says of the row's key.
  init(_ row: SessionRow, _ entry: SessionJournal.Entry?, _ options: SessionOptions) {
    if let entry, entry.isOpen || entry.outcome == .done {
      guard entry.hash == row.hash else {
        self = .conflict("another row with this key was sent before; use a new key")
        return
      }
      self = entry.isOpen ? .open : .unchanged(session: entry.session, url: entry.url)
      return
    }
    // What the server refused, or what is known not to have been done, may be tried again, and may be another row by now.
    switch row.action {
    case .terminate where !options.allowsTermination:
      self = .blocked("a session that was ended cannot be resumed; --allow-terminate allows it")
    case .create where options.acuLimit != nil && row.limit == nil:
      self = .blocked("it has no max_acu_limit, and --max-acus is to limit the sum")
    case .create where options.marks && row.tags.count >= SessionRow.tagLimit:
      self = .blocked("a session has at most \(SessionRow.tagLimit) tags, and a marker is one of them; --no-marker does without")
    default: self = .send
    }
  }
}

/// What is asked of `push sessions` beyond its file.
package struct SessionOptions: Sendable {
  /// Whether a new session gets a tag for as long as it is looked for.
  package var marks = true
  package var allowsTermination = false
  /// The most rows to send; nil: all.
  package var limit: Int?
  /// The most ACUs that the new sessions of one run may cost together; nil: any.
  package var acuLimit: Int64?
  /// What somebody says of rows whose outcome is not known.
  package var resolutions: [SessionResolution] = []

  package init() {}
}

/// What somebody who looked says of a row.
package struct SessionResolution: Hashable, Sendable {
  package enum Truth: Hashable, Sendable {
    /// It created this session.
    case created(session: String)
    /// It was carried out.
    case done
    /// It was not.
    case notDone
  }

  package let key: String
  package let truth: Truth

  /// - Parameter text: `KEY=SESSION_ID`, `KEY=done` or `KEY=none`. A key may contain `=`.
  /// - Returns: nil: it is none of these.
  package init?(_ text: String) {
    guard let sign = text.lastIndex(of: "="), sign != text.startIndex else { return nil }
    key = String(text[..<sign])
    switch text[text.index(after: sign)...] {
    case "": return nil
    case "none": truth = .notDone
    case "done": truth = .done
    case let id: truth = .created(session: id.hasPrefix("devin-") ? String(id.dropFirst(6)) : String(id))
    }
  }
}
