import DevinAPI
import DevinModel
import Foundation
import Synchronization
import TestSupport

@testable import DevinPush

/// Notes of one organization, as the service keeps them, with everything that can go wrong on the way to it.
final class FakeService: HTTPTransport, WriteTransport {
  static let organization = "org-1"
  private static let path = "/v3/organizations/org-1/knowledge/notes"

  /// What happens to the next request that changes something.
  enum Mishap {
    /// It is carried out, and its answer is lost.
    case lostAnswer
    /// It never arrives, and nobody can tell.
    case lostRequest
    /// It is carried out and answered with this status.
    case doneBut(status: Int)
    /// It is not carried out and answered with this status.
    case status(Int)
    /// Somebody else writes just before it.
    case otherWriter(note: String, body: String)
    /// A text is stored in another way than it was sent.
    case trims
  }

  private struct State {
    var notes: [String: [String: JSONValue]] = [:]
    var mishaps: [Mishap] = []
    var created = 0
    var writes: [String] = []
    /// How often what is read is still what was before the last write.
    var lag = 0
    var before: [String: [String: JSONValue]] = [:]
  }

  private let state = Mutex(State())
  private let now: @Sendable () -> UnixTime

  init(now: @escaping @Sendable () -> UnixTime) { self.now = now }

  /// Method and path of everything that was to change something.
  var writes: [String] { state.withLock(\.writes) }
  var notes: [String: [String: JSONValue]] { state.withLock(\.notes) }

  func body(of note: String) -> String? { notes[note]?["body"]?.text }

  func put(_ note: String, body: String) {
    state.withLock { state in
      state.notes[note] = Self.row(note, body: body, at: now())
    }
  }

  func remove(_ note: String) { state.withLock { $0.notes[note] = nil } }

  /// - Parameter lag: reads that still show what was before the next write.
  func next(_ mishaps: Mishap..., lag: Int = 0) {
    state.withLock { state in
      state.mishaps = mishaps
      state.lag = lag
    }
  }

  private static func row(_ note: String, body: String, at time: UnixTime) -> [String: JSONValue] {
    [
      "note_id": .text(note), "name": .text("name of \(note)"), "trigger": .text("t"), "body": .text(body),
      "folder_id": .text("f"),
      "folder_path": .text("/f"), "pinned_repo": .null, "is_enabled": .bool(true), "org_id": .text(organization),
      "access_type": .text("org"), "created_at": .integer(time.rawValue), "updated_at": .integer(time.rawValue), "macro": .null,
    ]
  }

  // MARK: - Reading

  func send(_ request: APIRequest) async throws(APIError) -> APIResponse {
    let notes = state.withLock { state in
      guard state.lag > 0, !state.writes.isEmpty else { return state.notes }
      state.lag -= 1
      return state.before
    }
    let path = String(request.target.prefix { $0 != "?" })
    if path == "/v3/self" { return .text(#"{"principal_type": "service_user", "service_user_id": "s", "org_id": "org-1"}"#) }
    if path == Self.path {
      return .page(notes.sorted { $0.key < $1.key }.map { JSONValue.object($0.value).canonical })
    }
    guard path.hasPrefix(Self.path + "/"), let note = notes[String(path.dropFirst(Self.path.count + 1))] else {
      return .text("{}", status: 404)
    }
    return .text(JSONValue.object(note).canonical)
  }

  // MARK: - Writing

  func send(_ request: WriteRequest) async throws(WriteFailure) -> APIResponse {
    let mishap = state.withLock { state in
      state.writes.append("\(request.method.rawValue) \(request.path)")
      state.before = state.notes
      return state.mishaps.isEmpty ? nil : state.mishaps.removeFirst()
    }
    let lost = WriteFailure(APIError(.connection("lost"), endpoint: request.description), mayHaveArrived: true)
    switch mishap {
    case .lostRequest: throw lost
    case .status(let status): return .text("{}", status: status)
    case .otherWriter(let note, let body): put(note, body: body)
    default: break
    }
    let answer = carryOut(request, isTrimming: { if case .trims = mishap { true } else { false } }())
    switch mishap {
    case .lostAnswer: throw lost
    case .doneBut(let status): return .text("{}", status: status)
    default: return answer
    }
  }

  private func carryOut(_ request: WriteRequest, isTrimming: Bool) -> APIResponse {
    state.withLock { state in
      let key = request.path == Self.path ? nil : String(request.path.dropFirst(Self.path.count + 1))
      if let key, state.notes[key] == nil { return .text("{}", status: 404) }
      if request.method == .delete, let key {
        state.notes[key] = nil
        return .text("{}")
      }
      let id = key ?? "note-new-\(state.created + 1)"
      if key == nil { state.created += 1 }
      var row = key.flatMap { state.notes[$0] } ?? Self.row(id, body: "", at: now())
      for (name, value) in JSONValue.object(of: request.body ?? "") ?? [:] { row[name] = value }
      if isTrimming, let body = row["body"]?.text { row["body"] = .text(body.trimmingCharacters(in: .whitespacesAndNewlines)) }
      row["updated_at"] = .integer(now().rawValue)
      state.notes[id] = row
      return .text(JSONValue.object(row).canonical)
    }
  }
}
