import DevinSandbox

/// What the player did to each object, and when by the server's clock. Claims of the mirror are compared with this; it is independent of
/// the mirror's bookkeeping.
struct ChangeLog: Sendable {
  /// The last visible change, by resource and id.
  private var shown: [SandboxResource: [String: Int]] = [:]
  /// The last invisible change: the mirror finds it when it next reads everything, or the row by its id.
  private var hidden: [SandboxResource: [String: Int]] = [:]

  /// How long an invisible change may go unnoticed, including the daily full reconciliation and clocks that jump by a day.
  private static let window = 3 * 86_400

  private static let ofSession: [SandboxResource] = [.sessions, .sessionInsights, .sessionMessages, .sessionAttachments]

  mutating func note(_ resource: SandboxResource, _ id: String, at time: Int, shows: Bool = true) {
    for resource in Self.ofSession.contains(resource) ? Self.ofSession : [resource] {
      if shows { shown[resource, default: [:]][id] = time } else { hidden[resource, default: [:]][id] = time }
    }
    // Folders contain the number of their notes.
    if resource == .knowledgeNotes { shown[.knowledgeFolders, default: [:]]["*"] = time }
  }

  /// Records that an answer contained false data about an object. As with an invisible change, a later read of everything corrects it.
  mutating func noteLie(about resource: SandboxResource, at time: Int) { hidden[resource, default: [:]]["*"] = time }

  /// Whether an object may differ in a mirror that is complete as of a time.
  func excuses(_ resource: SandboxResource, _ id: String, asOf time: Int) -> Bool {
    let last = max(shown[resource]?[id] ?? .min, shown[resource]?["*"] ?? .min)
    let lastHidden = max(hidden[resource]?[id] ?? .min, hidden[resource]?["*"] ?? .min)
    return last >= time || lastHidden >= time - Self.window
  }
}
