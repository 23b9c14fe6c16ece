import Foundation

/// The address of a text in the mirror: `devin://sessions/ID`.
enum MirrorAddress: Hashable, Sendable {
  case session(String)
  case note(String)
  case playbook(String)

  /// - Returns: nil: it is no such address.
  init?(_ text: String) {
    guard text.hasPrefix("devin://") else { return nil }
    let parts = text.dropFirst("devin://".count).split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let id = String(parts[1]).removingPercentEncoding, !id.isEmpty else { return nil }
    switch parts[0] {
    case "sessions": self = .session(id)
    case "notes": self = .note(id)
    case "playbooks": self = .playbook(id)
    default: return nil
    }
  }

  var text: String {
    switch self {
    case .session(let id): "devin://sessions/\(Self.part(id))"
    case .note(let id): "devin://notes/\(Self.part(id))"
    case .playbook(let id): "devin://playbooks/\(Self.part(id))"
    }
  }

  private static func part(_ id: String) -> String {
    id.addingPercentEncoding(
      withAllowedCharacters: .alphanumerics.intersection(.init(charactersIn: Unicode.Scalar(0)..."\u{7f}")).union(
        .init(charactersIn: "-._~"))) ?? id
  }
}
