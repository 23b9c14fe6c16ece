import DevinModel
import MirrorReading
import Synchronization

/// What the header of each page shows: navigation, organizations, search, and how fresh and complete the mirror is.
struct PageHeader {
  let links: [(name: String, path: String)]
  let page: (any LocalPage)?
  let target: PageTarget
  let facts: HeaderFacts.Facts

  var model: [String: Any] {
    let organization = target["org"]
    let chosen = facts.organizations.first { $0.id == organization }
    let here = page.map { page in links.contains { $0.path == page.section } ? page.section : "/" } ?? "/"
    let switcher: [String: Any] = [
      "action": here,
      "organizations": facts.organizations.map {
        ["id": $0.id, "name": $0.name, "isChosen": $0.id == chosen?.id] as [String: Any]
      },
    ]
    return [
      "links": links.map { link -> [String: Any] in
        [
          "name": link.name, "href": PageTarget.address(link.path, [("org", organization)]),
          "isHere": link.path == page?.section,
        ]
      },
      "switcher": facts.organizations.count > 1 ? [switcher] : [[String: Any]](),
      "searchFor": page?.path == "/search" ? target["q"] ?? "" : "", "org": organization.map { [$0] } ?? [String](),
      "badge": facts.freshness.map { [badge($0)] } ?? [[String: Any]](),
    ]
  }

  private func badge(_ freshness: MirrorReader.Freshness) -> [String: Any] {
    let completeness = freshness.completeness
    let age = (completeness.asOf ?? freshness.newest).map { ", \(UnixTime.now.age(of: $0))" } ?? ""
    let text =
      completeness.isEmpty ? "Empty" : completeness.isComplete ? "Complete\(age)" : "Incomplete\(age)"
    return [
      "text": text + (facts.isSyncing ? "; sync is running" : ""), "isGood": completeness.isComplete,
      "verdict": completeness.verdict(), "href": PageTarget.address("/health", [("org", target["org"])]),
    ]
  }
}

/// The facts for headers, kept until the file changes.
final class HeaderFacts: Sendable {
  struct Facts: Sendable {
    var freshness: MirrorReader.Freshness?
    var isSyncing = false
    var organizations: [(id: String, name: String)] = []
  }

  private let kept = Mutex<(stamp: MirrorReader.Stamp, facts: Facts)?>(nil)

  /// A page whose header cannot be made is shown without it: the page itself says what is wrong with the file.
  func current(of reader: MirrorReader) async -> Facts {
    let stamp = reader.stamp
    // A run that was killed changes nothing in the file, so this is asked each time.
    let isSyncing = (try? await reader.isSyncing()) ?? false
    if var known = kept.withLock({ $0?.stamp == stamp ? $0?.facts : nil }) {
      known.isSyncing = isSyncing
      return known
    }
    let facts = Facts(
      freshness: try? await reader.freshness(asked: Set(Catalogue.all.map(\.name))), isSyncing: isSyncing,
      organizations: (try? await reader.organizations()) ?? [])
    if facts.freshness != nil { kept.withLock { $0 = (stamp, facts) } }
    return facts
  }
}

extension UnixTime {
  /// How long before this a moment was, for people: `2 min ago`.
  func age(of moment: UnixTime) -> String {
    let seconds = seconds(since: moment)
    switch seconds {
    case ..<60: return "just now"
    case ..<3_600: return "\(seconds / 60) min ago"
    case ..<(2 * 86_400): return "\(seconds / 3_600) h ago"
    default: return "\((seconds / 86_400).grouped) days ago"
    }
  }
}
