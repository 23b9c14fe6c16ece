public import DevinModel
import Foundation
import MirrorStore

/// Full-text search in messages, titles, notes and playbooks, with ranked results.
public struct MirrorSearch: Hashable, Sendable {
  /// The tables that are searched.
  public enum Place: String, CaseIterable, Hashable, Sendable, Encodable {
    /// The texts of messages.
    case messages
    /// Titles of sessions.
    case sessions
    /// Knowledge notes.
    case notes
    /// Playbooks.
    case playbooks
  }

  /// One row that matches.
  public struct Hit: Hashable, Sendable, Encodable {
    /// The table that contains it.
    public let place: Place
    /// Id of the message, session, note or playbook.
    public let id: String
    /// The session, for a message or a session.
    public let session: String?
    /// Title of the session, note or playbook; nil: it has none.
    public let title: String?
    /// The text around the match, with the match in brackets.
    public let snippet: String
    /// Nil: unknown.
    public let at: UnixTime?
    /// The author of a message (devin or user), or the owner of the session.
    public let who: String?
    /// Address in the web app.
    public let url: String?
    /// Smaller is better; comparable only within one place.
    public let rank: Double
    /// For a message: the messages before and after it.
    public var context: [SessionStory.Message] = []
  }

  /// Best first within each place.
  public let hits: [Hit]
  /// Whether each text was read instead of the index, since the index cannot find words in scripts without spaces between words. In that
  /// case the newest hits come first.
  public let wasReadThrough: Bool
  /// Whether the search term is not valid in SQLite's full-text syntax, so that it was searched as plain text.
  public let wasTakenAsText: Bool
  /// Places with more hits than the limit.
  public var placesWithMore: [Place] { Place.allCases.filter { found[$0] != nil } }
  /// The number of matching rows in each place with more hits than the limit, counted up to `mostCounted`; an inner nil: not counted, since
  /// each text was read.
  public let found: [Place: Int?]
  /// Matches in one place are counted up to this number; one more means that there are more.
  public static let mostCounted = 1_000
  /// Where there are more matches than shown, as a sentence for people without its full stop; nil: all are shown.
  public var moreFound: String? {
    let parts = placesWithMore.map { place -> String in
      switch found[place] ?? nil {
      case nil: place.rawValue
      case .some(let count) where count > Self.mostCounted: "more than \(Self.mostCounted.grouped) \(place.rawValue)"
      case .some(let count): "\(count.grouped) \(place.rawValue)"
      }
    }
    guard !parts.isEmpty else { return nil }
    return (found.values.contains { $0 == nil } ? "there are more matches in " : "matches: ") + parts.joined(separator: ", ")
  }
  /// Whether more messages matched than `Options.rankedMatches`, so that the best were only chosen among the newest of them.
  package let wasRankedInPart: Bool
  /// The maximum number of rows that are not in the full-text index yet, so that they are not found: during a run, or after an
  /// interrupted one. Only places with such rows are included.
  public let unindexed: [Place: Int64]

  /// Options of a search.
  public struct Options: Hashable, Sendable {
    /// The tables to search; default: all.
    public var places = Set(Place.allCases)
    /// Only rows of this time or later; nil: of any time.
    public var since: UnixTime?
    /// Id, name or email address of the user who started the session; excludes notes and playbooks.
    public var user: String?
    /// Id of an organization; nil: all.
    public var organization: String?
    /// The maximum number of hits in each place.
    public var limit = 20
    /// Messages to show before and after each.
    public var context = 0
    /// The search is stopped after this time.
    public var timeLimit = Duration.seconds(60)
    /// The best matches are chosen among this many matching messages, those that were mirrored last. Then even a word in most messages is
    /// ranked within milliseconds. Nil: among all. A prefix search (`a*`) always considers all.
    package var rankedMatches: Int?

    /// Everywhere, 20 hits of each place, for at most 60 seconds.
    public init() {}
  }

  /// - Parameters:
  ///   - text: words, or a query in SQLite's full-text syntax: "a phrase", a*, a OR b, a NOT b, NEAR(a b).
  ///   - options: where to search, and how much to find.
  ///   - reader: the mirror that is searched.
  /// - Throws: `MirrorError`; `.searchIsOff` if there is no full-text index.
  public init(_ text: String, _ options: Options = Options(), in reader: MirrorReader) async throws {
    guard reader.indexesText else { throw MirrorError.searchIsOff(reader.database) }
    unindexed = try await Self.unindexed(options.places, reader)
    if let organization = options.organization { try await reader.demandOrganization(organization) }
    if let user = options.user { try await reader.demandUser(user) }
    wasReadThrough = text.unicodeScalars.contains(where: \.isOfScriptWithoutSpaces)
    if wasReadThrough {
      wasTakenAsText = false
      wasRankedInPart = false
      let words = text.split(whereSeparator: \.isWhitespace).map {
        String($0.drop { $0 == "\"" }.prefix { $0 != "\"" && $0 != "*" })
      }
      let result = try await Self.hits(text, words: words.filter { !$0.isEmpty }, options, reader)
      (hits, found) = (result.hits, result.found)
      return
    }
    do {
      let result = try await Self.hits(text, options, reader)
      (hits, found, wasRankedInPart) = (result.hits, result.found, result.wasRankedInPart)
      wasTakenAsText = false
    } catch MirrorError.unusableQuery {
      let result = try await Self.hitsOfPlainText(text, options, reader)
      (hits, found, wasRankedInPart) = (result.hits, result.found, result.wasRankedInPart)
      wasTakenAsText = true
    }
  }

  private struct Result {
    var hits: [Hit] = []
    var found: [Place: Int?] = [:]
    var wasRankedInPart = false
  }

  /// Quoted text is always valid search syntax. An index that refuses it is damaged.
  private static func hitsOfPlainText(_ text: String, _ options: Options, _ reader: MirrorReader) async throws -> Result {
    do {
      return try await hits(words(of: text), options, reader)
    } catch MirrorError.unusableQuery(let why) {
      throw MirrorError.unusableFile(.damagedIndex, "the full-text index in \(reader.database) is damaged: \(why)")
    }
  }

  private static func unindexed(_ places: Set<Place>, _ reader: MirrorReader) async throws -> [Place: Int64] {
    do {
      let rows = try await reader.store.unindexedRows()
      return places.reduce(into: [:]) { counts, place in counts[place] = rows[place.table] }
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }

  /// What cannot be found yet, as a sentence for people without its full stop; nil: everything can.
  public var notYetFound: String? {
    guard !unindexed.isEmpty else { return nil }
    let counts = Place.allCases.compactMap { place in unindexed[place].map { "\($0) \(place.rawValue)" } }
    return
      "up to \(counts.joined(separator: ", ")) are not in the full-text index yet and cannot be found. The active or the next run adds them"
  }

  /// Each word as a quoted term, whatever characters it has.
  private static func words(of text: String) -> String {
    let words = text.split(whereSeparator: \.isWhitespace).map { "\"\($0.replacing("\"", with: "\"\""))\"" }
    return words.isEmpty ? "\"\"" : words.joined(separator: " ")
  }

  /// - Parameter words: all of these must occur in a text, without the index; nil: `text` is a query of the index.
  private static func hits(
    _ text: String, words: [String]? = nil, _ options: Options, _ reader: MirrorReader
  ) async throws -> Result {
    var result = Result()
    let ranked = text.contains("*") ? nil : options.rankedMatches.map(Int64.init)
    for place in Place.allCases where options.places.contains(place) {
      if options.user != nil, place == .notes || place == .playbooks { continue }
      let asked: [String: MirrorValue] = [
        "text": .text(words?.first ?? text), "words": .text(try words.map(Self.json) ?? ""),
        "since": .time(options.since),
        "user": options.user.map { .text($0) } ?? .null,
        "org": options.organization.map { .text($0) } ?? .null, "limit": .integer(Int64(options.limit) + 1),
        "ranked": ranked.map { .integer($0) } ?? .null,
      ]
      let answer = try await reader.answer(
        words != nil ? place.queryOfTexts : place == .messages && ranked != nil ? place.queryOfNewest : place.query, asked,
        within: options.timeLimit)
      if answer.rows.count > options.limit {
        let count = words == nil ? try await reader.answer(place.count, asked, within: options.timeLimit).rows[0][0].integer : nil
        result.found.updateValue(count.map { Int($0) }, forKey: place)
      }
      if let ranked, let row = answer.rows.first, row.count > 8, row[8].integer == ranked { result.wasRankedInPart = true }
      result.hits += answer.rows.prefix(options.limit).map { row in
        Hit(
          place: place, id: row[0].text ?? "", session: row[1].text, title: row[2].text, snippet: row[3].text ?? "",
          at: row[4].time, who: row[5].text, url: row[6].text, rank: row[7].real ?? 0)
      }
    }
    guard options.context > 0 else { return result }
    for index in result.hits.indices where result.hits[index].place == .messages {
      result.hits[index].context = try await context(of: result.hits[index], options.context, reader)
    }
    return result
  }

  private static func json(_ words: [String]) throws -> String {
    String(decoding: try JSONEncoder().encode(words), as: UTF8.self)
  }

  private static func context(of hit: Hit, _ count: Int, _ reader: MirrorReader) async throws -> [SessionStory.Message] {
    try await reader.answer(
      """
      WITH turns AS (
        SELECT event_id, source, \(EngineTime.shown(sql: "created_at")) AS at, message,
          row_number() OVER (ORDER BY \(EngineTime.shown(sql: "created_at")), rowid) AS place
        FROM session_messages WHERE session_id = :session AND _deleted_at IS NULL),
      here AS (SELECT place FROM turns WHERE event_id = :event)
      SELECT event_id, source, at, message FROM turns, here WHERE abs(turns.place - here.place) <= :count ORDER BY turns.place
      """,
      ["session": .text(hit.session ?? ""), "event": .text(hit.id), "count": .integer(Int64(count))]
    ).rows.map {
      SessionStory.Message(id: $0[0].text ?? "", source: $0[1].text ?? "", at: $0[2].time, text: $0[3].text ?? "")
    }
  }
}

extension MirrorSearch.Place {
  /// SQL condition: the session `s` belongs to `:user`; true for all if that is NULL.
  static let ofUser = """
    (:user IS NULL OR s.user_id = :user OR s.service_user_id = :user OR coalesce(s.service_user_id, s.user_id) IN (
        SELECT user_id FROM people WHERE lower(name) = lower(:user) OR lower(email) = lower(:user)))
    """

  /// SQL for id, session, title, snippet, time, author, address and rank; the best first.
  fileprivate var query: String { "SELECT \(columns) \(matches) ORDER BY f.rank LIMIT :limit" }

  /// SQL for the number of matching rows, counted up to one more than `MirrorSearch.mostCounted`.
  fileprivate var count: String {
    "SELECT count(*) FROM (SELECT \(time) AS at \(matches) LIMIT \(MirrorSearch.mostCounted + 1))"
  }

  private var columns: String {
    switch self {
    case .messages:
      """
      m.event_id, m.session_id, s.title, snippet(search_session_messages, 0, '[', ']', '…', 24), \(time) AS at, m.source, s.url, f.rank
      """
    case .sessions:
      """
      s.session_id, s.session_id, s.title, snippet(search_sessions, 0, '[', ']', '…', 24), \(time) AS at,
        coalesce((SELECT name FROM people AS p WHERE p.user_id = coalesce(s.service_user_id, s.user_id)), s.service_user_id, s.user_id),
        s.url, f.rank
      """
    case .notes, .playbooks:
      """
      t.\(self == .notes ? "note_id" : "playbook_id"), NULL, t.\(title), snippet(search_\(table), -1, '[', ']', '…', 24), \(time) AS at,
        NULL, NULL, f.rank
      """
    }
  }

  private var time: String {
    switch self {
    case .messages: EngineTime.shown(sql: "m.created_at")
    case .sessions: EngineTime.shown(sql: "s.created_at")
    case .notes, .playbooks: EngineTime.shown(sql: "t.updated_at")
    }
  }

  /// The FROM and WHERE clauses. `at` is the time of a row.
  private var matches: String {
    switch self {
    case .messages:
      """
      FROM search_session_messages AS f CROSS JOIN session_messages AS m ON m.rowid = f.rowid CROSS JOIN sessions AS s USING (session_id)
      WHERE search_session_messages MATCH :text AND m._deleted_at IS NULL AND s._deleted_at IS NULL
        AND (:since IS NULL OR at >= :since) AND (:org IS NULL OR m.org_id = :org) AND \(Self.ofUser)
      """
    case .sessions:
      """
      FROM search_sessions AS f CROSS JOIN sessions AS s ON s.rowid = f.rowid
      WHERE search_sessions MATCH :text AND s._deleted_at IS NULL
        AND (:since IS NULL OR at >= :since) AND (:org IS NULL OR s.org_id = :org) AND \(Self.ofUser)
      """
    case .notes, .playbooks:
      """
      FROM search_\(table) AS f CROSS JOIN \(table) AS t ON t.rowid = f.rowid
      WHERE search_\(table) MATCH :text AND t._deleted_at IS NULL
        AND (:since IS NULL OR at >= :since) AND (:org IS NULL OR t.org_id IS NULL OR t.org_id = :org)
      """
    }
  }

  /// The same for messages, but only the best of the newest matches; and the number of these.
  fileprivate var queryOfNewest: String {
    """
    WITH newest AS MATERIALIZED (
      SELECT f.rowid AS id, f.rank AS position, \(EngineTime.shown(sql: "m.created_at")) AS at
      FROM search_session_messages AS f CROSS JOIN session_messages AS m ON m.rowid = f.rowid CROSS JOIN sessions AS s USING (session_id)
      WHERE search_session_messages MATCH :text AND m._deleted_at IS NULL AND s._deleted_at IS NULL
        AND (:since IS NULL OR at >= :since) AND (:org IS NULL OR m.org_id = :org) AND \(Self.ofUser)
      ORDER BY f.rowid DESC LIMIT :ranked),
    best AS MATERIALIZED (SELECT * FROM newest ORDER BY position LIMIT :limit)
    SELECT m.event_id, m.session_id, s.title, snippet(search_session_messages, 0, '[', ']', '…', 24), b.at, m.source, s.url, b.position,
      (SELECT count(*) FROM newest)
    FROM best AS b CROSS JOIN search_session_messages AS f ON f.rowid = b.id CROSS JOIN session_messages AS m ON m.rowid = b.id
      CROSS JOIN sessions AS s USING (session_id)
    WHERE search_session_messages MATCH :text ORDER BY b.position
    """
  }

  /// The same, but searching the texts themselves. A match may start within a word.
  fileprivate var queryOfTexts: String {
    switch self {
    case .messages:
      """
      SELECT m.event_id, m.session_id, s.title, \(Self.snippet("m.message")), \(EngineTime.seconds(sql: "m.created_at")) AS at, m.source, s.url, 0.0
      FROM session_messages AS m CROSS JOIN sessions AS s USING (session_id)
      WHERE m._deleted_at IS NULL AND s._deleted_at IS NULL AND \(Self.holdsAll("m.message"))
        AND (:since IS NULL OR at >= :since) AND (:org IS NULL OR m.org_id = :org) AND \(Self.ofUser)
      ORDER BY at DESC LIMIT :limit
      """
    case .sessions:
      """
      SELECT s.session_id, s.session_id, s.title, \(Self.snippet("s.title")), \(EngineTime.seconds(sql: "s.created_at")) AS at,
        coalesce((SELECT name FROM people AS p WHERE p.user_id = coalesce(s.service_user_id, s.user_id)), s.service_user_id, s.user_id), s.url, 0.0
      FROM sessions AS s WHERE s._deleted_at IS NULL AND \(Self.holdsAll("s.title"))
        AND (:since IS NULL OR at >= :since) AND (:org IS NULL OR s.org_id = :org) AND \(Self.ofUser)
      ORDER BY at DESC LIMIT :limit
      """
    case .notes, .playbooks:
      """
      SELECT t.\(self == .notes ? "note_id" : "playbook_id"), NULL, t.\(title), \(Self.snippet(texts)),
        \(EngineTime.seconds(sql: "t.updated_at")) AS at, NULL, NULL, 0.0
      FROM \(table) AS t WHERE t._deleted_at IS NULL AND \(Self.holdsAll(texts))
        AND (:since IS NULL OR at >= :since) AND (:org IS NULL OR t.org_id IS NULL OR t.org_id = :org)
      ORDER BY at DESC LIMIT :limit
      """
    }
  }

  private var title: String { self == .notes ? "name" : "title" }
  private var texts: String { "coalesce(t.\(title), '') || ' ' || coalesce(t.body, '')" }

  private static func holdsAll(_ text: String) -> String {
    "(SELECT min(instr(\(text), value) > 0) FROM json_each(:words))"
  }

  /// SQL for the first match with some characters around it.
  private static func snippet(_ text: String) -> String {
    """
    (SELECT iif(place > 40, '…', '') || substr(text, max(1, place - 40), min(40, place - 1)) || '[' || :text || ']'
        || substr(text, place + length(:text), 60) || iif(length(text) > place + length(:text) + 60, '…', '')
      FROM (SELECT \(text) AS text, instr(\(text), :text) AS place))
    """
  }

  fileprivate var table: String {
    switch self {
    case .messages: "session_messages"
    case .sessions: "sessions"
    case .notes: "knowledge_notes"
    case .playbooks: "playbooks"
    }
  }
}

extension Unicode.Scalar {
  /// Thai, Lao and Khmer, kana, Chinese characters and Hangul, where spaces do not separate words, or not all words.
  fileprivate var isOfScriptWithoutSpaces: Bool {
    switch value {
    case 0x0e00...0x0eff, 0x1780...0x17ff, 0x3040...0x30ff, 0x3400...0x9fff, 0xac00...0xd7af, 0xf900...0xfaff, 0xff66...0xff9f,
      0x20000...0x3ffff:
      true
    default: false
    }
  }
}
