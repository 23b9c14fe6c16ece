package import DevinAPI

/// What became of one row.
package struct SessionResult: Sendable {
  package enum Outcome: Hashable, Sendable {
    /// It was carried out, and is in the mirror.
    case done
    /// It was sent before, or the session is already as the row wishes.
    case unchanged
    /// The server refused it.
    case refused(APIError)
    /// Nothing was sent, since the session could not be read before.
    case unread(APIError)
    /// Nothing was sent; why, for people.
    case notSent(String)
    /// Nothing was sent, since the row cannot be sent as it is; why, for people.
    case blocked(String)
    /// Another row was sent under its key, or it was sent and the session does not show it; why, for people.
    case conflict(String)
    /// The answer was lost, and what it was to do is not done. It may be sent again: twice is the same as once.
    case notDone(APIError)
    /// The answer was lost, and looking did not tell. It is not sent again until somebody says what is true; why, for people.
    case open(String)
  }

  package let row: SessionRow
  package internal(set) var outcome: Outcome
  package internal(set) var session: String?
  package internal(set) var url: String?
  /// Why the tag by which the session is looked for is still there; nil: it is not.
  package internal(set) var markerTrouble: String?
}

/// What pushing a file of rows did.
package struct SessionReport: Sendable {
  /// `sync_runs.run_id`; nil: nothing was sent.
  package internal(set) var run: Int64?
  package internal(set) var plan = SessionPlan()
  package internal(set) var results: [SessionResult] = []
  /// Why what somebody said of a row cannot be recorded; nothing was sent then. Nil: it was.
  package internal(set) var objection: String?
  /// Rows of earlier runs whose sessions still have the tag by which they were looked for, and why.
  package internal(set) var markersLeft: [(key: String, why: String)] = []
  /// Rows that are not in the file and whose outcome is not known: their keys.
  package internal(set) var openElsewhere: [String] = []
  package internal(set) var wasDeclined = false
  package internal(set) var wasCancelled = false
}
