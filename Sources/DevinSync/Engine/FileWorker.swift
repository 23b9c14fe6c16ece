import DevinAPI
import DevinModel
import Files
import MirrorReading
import MirrorStore

/// Reads the contents of attachments into the folder beside the mirror, several at once, the most recently listed first. A content is
/// stored on disk before its row says so. An interruption in between costs at most one content, which the next run reads again.
struct FileWorker: Sendable {
  let run: SyncRun
  private let limits: FileContents.Limits
  private let folder: ContentFolder
  private let room: ContentRoom

  /// Rows taken from the table at once: this limits memory, not work.
  private static let batch = 500
  /// After this many refusals without a success, all contents count as refused.
  private static let refusals = 5

  /// The result for one content.
  private enum Step: Sendable {
    case kept
    case notKept
    /// 403: the cause is the key or this content; the results of the others show which.
    case forbidden(APIError)
    /// Requests for other contents cannot succeed either.
    case stop(APIError)
  }

  private struct Tally {
    var kept = 0
    var forbidden: [APIError] = []
    var stop: APIError?

    var isForbidden: Bool { kept == 0 && forbidden.count >= FileWorker.refusals }
    var isOver: Bool { stop != nil || isForbidden }
  }

  /// Reads the contents that are wanted; problems are on the board.
  /// - Throws: `StoreError` when the folder or the mirror cannot be written.
  static func read(in run: SyncRun) async throws {
    let folder: ContentFolder
    do throws(FileError) {
      folder = try ContentFolder(beside: run.store.path, making: true)
      try folder.removeParts()
    } catch {
      throw StoreError(error)
    }
    // A missing file is found without reading any content.
    try await run.store.wantAgain(run.store.faultyContents(readingAll: false))
    try await run.store.planFiles(
      of: run.organizations, run.options.fileLimits, everything: run.options.full, now: run.now)
    let named = try await run.store.namedContents()
    let room = ContentRoom(
      limit: run.options.fileLimits.total, used: named.reduce(0) { $0 + $1.byteCount }, known: Set(named.map(\.hash)))
    try await FileWorker(run: run, limits: run.options.fileLimits, folder: folder, room: room).work()
  }

  private func work() async throws {
    run.board.parents(of: FileContents.name, found: try await run.store.countWantedFiles(of: run.organizations))
    var tally = Tally()
    while !Task.isCancelled, !tally.isOver {
      let files = try await run.store.wantedFiles(of: run.organizations, run: run.number, limit: Self.batch)
      guard !files.isEmpty else { break }
      try await read(files, &tally)
    }
    let wasCancelled = Task.isCancelled
    if let error = tally.stop, error.reason != .cancelled {
      report(error.reason == .unauthorized ? .keyRefused : .requestFailed, error)
    }
    if tally.isForbidden { report(.forbidden(FileContents.permission), tally.forbidden.last) }
    if !wasCancelled, !tally.isOver { try await reportRest() }
    run.board.finished(FileContents.name, outcomes: [wasCancelled ? .interrupted : .complete])
  }

  /// Reports contents that are not stored, except those excluded by the user's limits.
  private func reportRest() async throws {
    guard let figures = try await run.store.contentFigures(of: run.organizations) else { return }
    let files = KeptFiles(figures)
    if files.refused > 0 { report(.filesRefused(files.refused, try await run.store.fileReasons(.refused))) }
    if files.wanted > 0 { report(.filesUnread(files.wanted, try await run.store.fileReasons(.wanted))) }
  }

  private func read(_ files: [WantedFile], _ tally: inout Tally) async throws {
    try await withThrowingTaskGroup(of: Step.self) { group in
      var waiting = files[...]
      var reading = 0
      while true {
        while !tally.isOver, !Task.isCancelled, !waiting.isEmpty {
          let isAdmitted = reading == 0 ? await run.slots.enter() : run.slots.enterAtOnce()
          guard isAdmitted, let file = waiting.popFirst() else { break }
          reading += 1
          group.addTask {
            defer { run.slots.leave() }
            return try await read(file)
          }
        }
        guard let step = try await group.next() else { break }
        reading -= 1
        switch step {
        case .kept:
          tally.kept += 1
          run.board.parents(of: FileContents.name, done: 1)
        case .notKept: run.board.parents(of: FileContents.name, done: 1)
        case .forbidden(let error): tally.forbidden.append(error)
        // If another failure caused the cancellation, report that failure instead.
        case .stop(let error): if tally.stop == nil || tally.stop?.reason == .cancelled { tally.stop = error }
        }
      }
    }
  }

  private func read(_ file: WantedFile) async throws -> Step {
    guard !file.name.isEmpty else {
      return try await note(file, .refused, "its file name, which the request needs, is unknown")
    }
    // Use only the endpoint that the API documents: the address in the row may point to any server.
    let endpoint = Endpoint(
      FileContents.path, ["org_id": file.organization, "uuid": file.attachment, "name": file.name])
    let sink = FileSink(folder, room, limit: limits.file)
    defer { sink.drop() }
    let answer: DownloadResult
    do throws(APIError) { answer = try await run.client.file(endpoint, into: sink) } catch {
      return try await settle(file, after: error)
    }
    return try await settle(file, answer, sink)
  }

  private func settle(_ file: WantedFile, _ answer: DownloadResult, _ sink: FileSink) async throws -> Step {
    switch answer {
    case .received(let type):
      let content: KeptContent
      do throws(FileError) { content = try sink.keep() } catch { throw StoreError(error) }
      try await run.store.keep(file, content, announcedType: type?.asMediaType, run: run.number, now: run.now)
      return .kept
    case .missing: return try await note(file, .missing, "not found on the server (404)")
    case .refused(let why): return try await note(file, .refused, why)
    case .declined:
      switch sink.refusal {
      case .tooLarge(let bytes):
        return try await note(
          file, .tooLarge, "it has \(bytes.inBytes) or more, and file_limit is \(limits.file.inBytes)", byteCount: bytes)
      case .noRoom(let bytes):
        return try await note(
          file, .overTotal, "with its \(bytes.inBytes) all files would exceed files_limit, \(limits.total.inBytes)",
          byteCount: bytes)
      case .disk(let trouble): throw StoreError(trouble)
      case nil: return try await note(file, .wanted, "the download was cancelled")
      }
    }
  }

  private func settle(_ file: WantedFile, after error: APIError) async throws -> Step {
    switch error.reason {
    case .cancelled, .unauthorized, .unavailable, .rateLimited: return .stop(error)
    case .forbidden:
      _ = try await note(file, .refused, error.message)
      return .forbidden(error)
    case .connection, .server, .busy, .notJSON: return try await note(file, .wanted, error.message)
    default: return try await note(file, .refused, error.message)
    }
  }

  private func note(_ file: WantedFile, _ state: FileState, _ reason: String, byteCount: Int? = nil) async throws -> Step {
    try await run.store.note(
      file, state, reason: String(reason.prefix(500)), byteCount: byteCount, run: run.number, now: run.now)
    return .notKept
  }

  private func report(_ kind: SyncProblem.Kind, _ error: APIError? = nil) {
    var problem = SyncProblem(kind, resource: FileContents.name, error: error)
    if kind == .keyRefused { problem.keySource = run.keySource }
    run.board.problem(problem, of: FileContents.name)
  }
}

extension String {
  /// The media type that the server sent, shortened and with printable characters only; nil: none is left.
  fileprivate var asMediaType: String? {
    let type = String(unicodeScalars.filter { (0x20...0x7e).contains($0.value) }.prefix(100).map(Character.init))
    return type.isEmpty ? nil : type
  }
}
