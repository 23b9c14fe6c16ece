package import DevinModel
package import Foundation
import MirrorStore
import Synchronization

/// Sends the rows that changed since an earlier feed, for loading into another system. All rows are from one moment of the file.
package struct MirrorFeed: Sendable {
  package struct Options: Hashable, Sendable {
    package var format = FeedFormat.singer
    /// Names of resources; empty: those that have rows, or that were sent before.
    package var resources: Set<String> = []
    /// Resources that count when the mirror's completeness is reported.
    package var asked: Set<String> = []
    /// Columns to leave out, as `resource.column`.
    package var excluded: Set<String> = []
    /// Whether to send the objects as received from Devin too.
    package var withObjects = false
    /// Nil: the rows of every organization.
    package var organization: String?
    /// The maximum number of rows of each resource; nil: all.
    package var limit: Int?
    /// The key for replacing what people wrote and who they are with pseudonyms; nil: rows are sent unchanged.
    package var redactionKey: Data?

    package init() {}
  }

  /// What was sent.
  package struct Report: Hashable, Sendable {
    package struct Stream: Hashable, Sendable {
      package let resource: String
      package let plan: FeedPlan
      package let rows: Int
      /// Whether there are more rows than the limit allows.
      package let isCut: Bool
      /// Rows that cannot be sent, because the type of their key differs from its column's.
      package let unkeyed: Int
    }

    /// The resources that were sent, or should have been.
    package let streams: [Stream]
    package let state: FeedState
    /// The completeness of the mirror at the moment of the feed.
    package let completeness: MirrorCompleteness
    /// Whether the receiver accepted no more, so that the feed ended early.
    package let isClosed: Bool

    package var rows: Int { streams.reduce(0) { $0 + $1.rows } }
  }

  private let reader: MirrorReader
  private let options: Options
  /// In the order in which they are sent: parents before children.
  private let streams: [FeedStream]

  /// - Throws: `MirrorError.unknownColumn` or `.neededColumn` for a column that cannot be excluded, `.noOrganizations` if rows of a named
  ///   resource do not contain their organization.
  package init(_ reader: MirrorReader, _ options: Options) throws {
    self.reader = reader
    self.options = options
    do {
      streams = try FeedCatalogue(MirrorSchemaText.tables(Catalogue.all.map(\.name), in: reader.store)).streams(options)
    } catch {
      throw MirrorError(storing: error)
    }
  }

  /// - Parameters:
  ///   - state: what the reader of the feed already has; nil: nothing.
  ///   - now: the time to report as the time of extraction.
  ///   - write: receives complete lines; returns false when the receiver accepts no more.
  /// - Throws: `MirrorError`, also if the file was replaced since it was opened; `CancellationError`.
  package func send(
    from state: FeedState?, now: UnixTime = .now, to write: @escaping @Sendable (UnsafeRawBufferPointer) -> Bool
  ) async throws -> Report {
    let (options, streams) = (options, streams)
    do {
      try reader.store.demandPlace()
      return try await reader.store.snapshot { snapshot in
        let round = try FeedRound(snapshot, options, streams, state ?? FeedState(), now, FeedLines(to: write))
        return try round.send()
      }
    } catch let error as StoreError {
      throw MirrorError(error)
    }
  }
}

/// One feed, from one moment of the file.
private final class FeedRound {
  private let snapshot: MirrorStore.Snapshot
  private let options: MirrorFeed.Options
  private let streams: [FeedStream]
  private let now: UnixTime
  private let lines: FeedLines
  private var state: FeedState
  private var report: [MirrorFeed.Report.Stream] = []
  private let health: [MirrorStore.OrganizationHealth]
  private let newest: Int64
  private let newestPruned: Int64
  /// The smallest bookmark, and the resources with changes after it.
  private let oldest: Int64
  private let changed: Set<String>

  init(
    _ snapshot: MirrorStore.Snapshot, _ options: MirrorFeed.Options, _ streams: [FeedStream], _ state: FeedState, _ now: UnixTime,
    _ lines: FeedLines
  ) throws {
    (self.snapshot, self.options, self.streams, self.state, self.now, self.lines) = (
      snapshot, options, streams, state, now, lines
    )
    newest = try snapshot.newestChange()
    newestPruned = try snapshot.newestPruned()
    oldest = streams.compactMap { state.bookmarks[$0.resource]?.change }.min() ?? .max
    changed = try snapshot.changedResources(after: oldest)
    health = try snapshot.health().filter {
      options.organization == nil || $0.organization == options.organization || $0.organization.isEmpty
    }
  }

  func send() throws -> MirrorFeed.Report {
    // Targets print the first state as what they have, until they have stored something.
    lines.add(options.format.line(of: state))
    for stream in streams where !lines.isClosed { try send(stream) }
    lines.add(options.format.line(of: state))
    lines.flush()
    return MirrorFeed.Report(
      streams: report, state: state, completeness: MirrorCompleteness(health, names: nil, asked: options.asked),
      isClosed: lines.isClosed)
  }

  private func send(_ stream: FeedStream) throws {
    let bookmark = state.bookmarks[stream.resource]
    if bookmark == nil, options.resources.isEmpty, try !snapshot.exists("SELECT 1 FROM \(stream.resource.quotedAsName)") {
      return
    }
    let isComplete = isComplete(stream.resource)
    let plan = FeedPlan(bookmark, try facts(of: stream, bookmark, isComplete: isComplete))
    var version = bookmark?.version ?? 0
    var sent = (rows: 0, last: Int64(0), isCut: false)
    switch plan {
    case .nothing: break
    case .complete:
      // Greater than every version that was sent before, even if the clock is wrong.
      version = max(now.rawValue * 1000, version + 1)
      sent = try sendRows(of: stream, after: nil, version: version)
      if !sent.isCut, isComplete { lines.add(options.format.activation(of: stream, version: version)) }
    case .changes(let change): sent = try sendRows(of: stream, after: change, version: version)
    }
    guard !lines.isClosed else { return }
    if plan != .nothing {
      let unkeyed = try stream.unkeyed.map { Int(try snapshot.number($0)) } ?? 0
      report.append(.init(resource: stream.resource, plan: plan, rows: sent.rows, isCut: sent.isCut, unkeyed: unkeyed))
    }
    try advance(stream, plan, sent, version, isActive: bookmark?.isActive ?? false, isComplete: isComplete)
  }

  /// Updates the bookmark. If all rows were to be sent but not all were, the next feed sends all again.
  private func advance(
    _ stream: FeedStream, _ plan: FeedPlan, _ sent: (rows: Int, last: Int64, isCut: Bool), _ version: Int64, isActive: Bool,
    isComplete: Bool
  ) throws {
    var isActive = isActive
    if case .complete = plan {
      if sent.isCut { return }
      isActive = isComplete
    }
    let change = sent.isCut ? sent.last : newest
    state.bookmarks[stream.resource] = FeedState.Bookmark(
      change: change, mark: try snapshot.change(change)?.mark ?? "", pruned: newestPruned,
      selection: selection(of: stream),
      rows: stream.isBelowRows ? try rows(of: stream, after: change) : nil, version: version, isActive: isActive)
    if plan != .nothing { lines.add(options.format.line(of: state)) }
  }

  /// - Parameter change: nil: all rows.
  private func sendRows(of stream: FeedStream, after change: Int64?, version: Int64) throws -> (
    rows: Int, last: Int64, isCut: Bool
  ) {
    if let opening = options.format.opening(of: stream) { lines.add(opening) }
    let line = options.format.line(of: stream, isComplete: change == nil)
    let sql =
      change == nil
      ? stream.all(line, organization: options.organization) : stream.changed(line, organization: options.organization)
    let limit = options.limit ?? .max
    let redaction = try redaction(of: stream)
    var (rows, last, isCut) = (0, Int64(0), false)
    let parameters: [String: MirrorValue] = [
      "newest": .integer(newest), "after": .integer(change ?? 0), "version": .integer(version), "time": .text(now.iso8601),
      "org": options.organization.map { .text($0) } ?? .null, "limit": .integer(options.limit.map { Int64($0) + 1 } ?? -1),
    ]
    try snapshot.texts(of: sql, parameters) { text, number in
      guard rows < limit else {
        isCut = true
        return false
      }
      if let redaction {
        lines.add(redaction.redact(line: String(decoding: text, as: UTF8.self)))
      } else {
        lines.add(text)
      }
      (rows, last) = (rows + 1, number)
      return !lines.isClosed
    }
    return (rows, last, isCut)
  }

  private func redaction(of stream: FeedStream) throws -> RowRedaction? {
    guard let key = options.redactionKey, let resource = Catalogue.resource(named: stream.resource) else { return nil }
    return try RowRedaction(of: resource, secret: key)
  }

  /// The fingerprint of what is sent. With another key, all pseudonyms differ, so the key is included.
  private func selection(of stream: FeedStream) -> String {
    let chosen = stream.selection(organization: options.organization)
    return options.redactionKey.map { Fingerprint(chosen + RowRedaction.mark(of: $0)).text } ?? chosen
  }

  private func facts(of stream: FeedStream, _ bookmark: FeedState.Bookmark?, isComplete: Bool) throws -> FeedPlan.Facts {
    let hasChanged = try bookmark.map { try self.hasChanged(stream, since: $0) } ?? false
    return FeedPlan.Facts(
      mark: try bookmark.flatMap { try snapshot.change($0.change)?.mark }, newestPruned: newestPruned,
      selection: selection(of: stream), hasChanged: hasChanged,
      hasVanished: try bookmark.map { try hasVanished(stream, since: $0, hasChanged: hasChanged) } ?? false,
      isComplete: isComplete)
  }

  private func hasChanged(_ stream: FeedStream, since bookmark: FeedState.Bookmark) throws -> Bool {
    guard changed.contains(stream.resource) else { return false }
    return try bookmark.change == oldest || snapshot.exists(stream.changes, ["after": .integer(bookmark.change)])
  }

  private func hasVanished(_ stream: FeedStream, since bookmark: FeedState.Bookmark, hasChanged: Bool) throws -> Bool {
    if let before = bookmark.rows, try rows(of: stream, after: bookmark.change) < before { return true }
    return try hasChanged && snapshot.exists(stream.vanished, ["after": .integer(bookmark.change)])
  }

  private func rows(of stream: FeedStream, after change: Int64) throws -> Int64 {
    try snapshot.number(stream.count, ["after": .integer(change)])
  }

  /// Whether every list of a resource, and at least one, was read completely.
  private func isComplete(_ resource: String) -> Bool {
    let completeness = MirrorCompleteness(health, names: [resource], asked: [])
    return completeness.isComplete && completeness.asOf != nil
  }
}

extension ChangeRecord {
  /// A fingerprint that distinguishes it from the change with the same number in another file.
  fileprivate var mark: String { Fingerprint("\(run)\n\(changedAt.rawValue)\n\(resource)\n\(change)\n\(key)").text }
}
