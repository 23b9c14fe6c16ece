import DevinModel

/// The messages of a session, oldest first, without deleted ones; all of them, or a part.
package struct SessionMessages: Hashable, Sendable {
  package let messages: [SessionStory.Message]
  /// For each message, how many characters of its text were cut off before and after the part in `messages`.
  package let cuts: [Cut]
  /// Whether the session has messages after these.
  package let hasMore: Bool

  package struct Cut: Hashable, Sendable {
    package let before, after: Int
  }

  /// Where a part starts.
  package struct Start: Hashable, Sendable {
    /// The number of messages before it.
    package var skipped = 0
    /// The number of characters of the first message that are left out.
    package var offset = 0

    package init(skipped: Int = 0, offset: Int = 0) {
      self.skipped = skipped
      self.offset = offset
    }
  }

  /// - Parameters:
  ///   - id: without the prefix `devin-`.
  ///   - start: where the part starts.
  ///   - count: the maximum number of messages; nil: all.
  ///   - longest: the maximum number of characters of a text; nil: all.
  ///   - reader: the mirror with the session.
  /// - Throws: `MirrorError`.
  package init(
    of id: String, from start: Start = Start(), count: Int? = nil, longest: Int? = nil, in reader: MirrorReader
  ) async throws {
    let rows = try await reader.answer(
      """
      WITH turns AS (
        SELECT rowid AS place, row_number() OVER (ORDER BY \(EngineTime.shown(sql: "created_at")), rowid) AS number
        FROM session_messages WHERE session_id = :id AND _deleted_at IS NULL)
      SELECT m.event_id, m.source, \(EngineTime.shown(sql: "m.created_at")),
        iif(:longest IS NULL, m.message, substr(m.message, iif(t.number = :skipped + 1, :offset, 0) + 1, :longest)),
        iif(:longest IS NULL, 0, length(m.message))
      FROM turns AS t CROSS JOIN session_messages AS m ON m.rowid = t.place WHERE t.number > :skipped ORDER BY t.number LIMIT :count
      """,
      [
        "id": .text(id), "count": .integer(count.map { Int64($0) + 1 } ?? -1), "skipped": .integer(Int64(start.skipped)),
        "longest": longest.map { .integer(Int64($0)) } ?? .null, "offset": .integer(Int64(start.offset)),
      ]
    ).rows
    hasMore = count.map { rows.count > $0 } ?? false
    let shown = rows.prefix(count ?? rows.count)
    messages = shown.map {
      SessionStory.Message(id: $0[0].text ?? "", source: $0[1].text ?? "", at: $0[2].time, text: $0[3].text ?? "")
    }
    cuts = zip(shown, messages).enumerated().map { index, part in
      let before = index == 0 ? start.offset : 0
      let whole = Int(part.0[4].integer ?? 0)
      return Cut(before: before, after: max(0, whole - before - part.1.text.unicodeScalars.count))
    }
  }

  /// The number of messages before this one; nil: the session has no such message.
  /// - Throws: `MirrorError`.
  package static func place(of message: String, session: String, in reader: MirrorReader) async throws -> Int? {
    try await reader.answer(
      """
      WITH turns AS (
        SELECT event_id, row_number() OVER (ORDER BY \(EngineTime.shown(sql: "created_at")), rowid) AS number
        FROM session_messages WHERE session_id = :session AND _deleted_at IS NULL)
      SELECT number - 1 FROM turns WHERE event_id = :message
      """, ["session": .text(session), "message": .text(message)]
    ).rows.first?.first?.integer.map { Int($0) }
  }

  /// - Throws: `MirrorError`.
  package static func count(of id: String, in reader: MirrorReader) async throws -> Int64 {
    try await reader.answer(
      "SELECT count(*) FROM session_messages WHERE session_id = :id AND _deleted_at IS NULL", ["id": .text(id)]
    ).rows.first?.first?.integer ?? 0
  }
}
