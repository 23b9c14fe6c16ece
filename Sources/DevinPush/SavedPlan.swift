import DevinModel
import Files
import Foundation

/// A plan as a file: what was asked for, and what it would have done when it was made. It holds no key and no text of an object.
package struct SavedPlan: Codable, Sendable {
  /// One change that was planned.
  package struct Entry: Codable, Hashable, Sendable {
    let action: String
    let resource: String
    let key: String?
    let file: String
    /// Empty: the enterprise.
    let organization: String
    /// SHA-256 of what is to be written, and of what the server had; nil: nothing.
    let content, server: String?

    private enum CodingKeys: String, CodingKey {
      case action, resource, key, file
      case organization = "org_id"
      case content = "content_hash"
      case server = "server_hash"
    }

    /// For people.
    var text: String { "\(action) \(file)\(key.map { " (\($0))" } ?? "")" }
  }

  /// Where it is carried out.
  package let address: String
  /// Absolute.
  package let paths: [String]
  let kinds: [String]
  let deletes, overwrites, allowsMassDeletion: Bool
  package let target: String?
  let entries: [Entry]

  private enum CodingKeys: String, CodingKey {
    case paths, kinds, target
    case address = "api_url"
    case deletes = "delete"
    case overwrites = "overwrite"
    case allowsMassDeletion = "allow_mass_deletion"
    case entries = "changes"
  }

  /// In bytes.
  private static let limit = 1 << 26

  package init(_ plan: PushPlan, of paths: [String], _ options: PushOptions, address: String) {
    self.address = address
    self.paths = paths.map { URL(fileURLWithPath: $0).standardizedFileURL.path }
    kinds = options.kinds.map(\.rawValue).sorted()
    deletes = options.deletes
    overwrites = options.overwrites
    allowsMassDeletion = options.allowsMassDeletion
    target = options.target
    entries = plan.changes.map(\.entry)
  }

  /// - Throws: `FileError`; `FileProblem` for a file that holds no plan.
  package init(file path: String) throws {
    let (folder, name) = try Self.place(path)
    let data = try folder.open(name, .reading).read(limit: Self.limit)
    guard let plan = try? JSONDecoder().decodeBounded(SavedPlan.self, from: data) else {
      throw FileProblem(path, "it is no plan that --plan-file wrote")
    }
    self = plan
  }

  /// Only its owner may read it.
  /// - Throws: `FileError`.
  package func write(to path: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let (folder, name) = try Self.place(path)
    try folder.replace(name, with: try encoder.encode(self) + Data("\n".utf8), mode: 0o600)
  }

  private static func place(_ path: String) throws -> (Folder, String) {
    let file = URL(fileURLWithPath: path).standardizedFileURL
    return (try Folder(file.deletingLastPathComponent().path), file.lastPathComponent)
  }

  /// What was asked for, with the demand that it is still the same.
  /// - Parameter limit: the most changes; nil: all.
  package func options(limit: Int?) -> PushOptions {
    var options = PushOptions()
    options.kinds = Set(kinds.compactMap(ContentKind.init(named:)))
    options.deletes = deletes
    options.overwrites = overwrites
    options.allowsMassDeletion = allowsMassDeletion
    options.target = target
    options.limit = limit
    options.expected = entries
    return options
  }

  /// How a plan differs from what was expected, for people; empty: it does not.
  static func differences(_ expected: [Entry], _ plan: PushPlan) -> [String] {
    let now = plan.changes.map(\.entry)
    func texts(_ entries: [Entry], without others: [Entry], _ how: String) -> [String] {
      let others = Set(others)
      return entries.filter { !others.contains($0) }.map { "\(how): \($0.text)" }
    }
    return texts(expected, without: now, "planned") + texts(now, without: expected, "now")
  }
}

extension PushPlan.Change {
  fileprivate var entry: SavedPlan.Entry {
    SavedPlan.Entry(
      action: decision.action, resource: resource, key: key, file: ContentTree.absolute(root, place) ?? path,
      organization: scope.organization, content: content?.hash, server: now?.content.hash)
  }
}
