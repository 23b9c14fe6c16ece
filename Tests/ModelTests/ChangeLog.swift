import DevinSandbox

/// What the player did to each object, and when by the server's clock: the truth that statements of the mirror are held against. It
/// knows nothing of how the mirror keeps its books.
struct ChangeLog: Sendable {
  /// The last change that shows, by resource and id.
  private var shown: [SandboxResource: [String: Int]] = [:]
  /// The last one that does not: the mirror finds it when it next reads everything, or the row by its id.
  private var hidden: [SandboxResource: [String: Int]] = [:]

  /// So long may a change that does not show go unnoticed, the daily full reconciliation and clocks that jump by a day included.
  private static let window = 3 * 86_400

  private static let ofSession: [SandboxResource] = [.sessions, .sessionInsights, .sessionMessages, .sessionAttachments]

  mutating func note(_ resource: SandboxResource, _ id: String, at time: Int, shows: Bool = true) {
    for resource in Self.ofSession.contains(resource) ? Self.ofSession : [resource] {
      if shows { shown[resource, default: [:]][id] = time } else { hidden[resource, default: [:]][id] = time }
    }
    // Folders count their notes.
    if resource == .knowledgeNotes { shown[.knowledgeFolders, default: [:]]["*"] = time }
  }

  /// An answer said something else of an object than is so. As with a change that does not show, a later reading of everything finds it.
  mutating func noteLie(about resource: SandboxResource, at time: Int) { hidden[resource, default: [:]]["*"] = time }

  /// Whether an object may differ in a mirror that is complete as of a time.
  func excuses(_ resource: SandboxResource, _ id: String, asOf time: Int) -> Bool {
    let last = max(shown[resource]?[id] ?? .min, shown[resource]?["*"] ?? .min)
    let lastHidden = max(hidden[resource]?[id] ?? .min, hidden[resource]?["*"] ?? .min)
    return last >= time || lastHidden >= time - Self.window
  }
}
