/// What the last few filters found, so that the pages of one walk do not each look at every
/// session.
struct FoundSessions: Sendable {
  private struct Entry {
    let revision: Int
    let places: [Int]
  }

  private var entries: [SessionFilter: Entry] = [:]
  private static let capacity = 64

  func places(_ filter: SessionFilter, revision: Int) -> [Int]? {
    guard let entry = entries[filter], entry.revision == revision else { return nil }
    return entry.places
  }

  mutating func remember(_ places: [Int], for filter: SessionFilter, revision: Int) {
    if entries.count >= Self.capacity { entries.removeAll(keepingCapacity: true) }
    entries[filter] = Entry(revision: revision, places: places)
  }
}
