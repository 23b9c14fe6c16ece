import DevinModel
package import Files
package import Foundation

/// What an export wrote into a folder: `.devin-sync.json` there.
package struct ContentManifest: Codable, Sendable {
  package struct Entry: Codable, Hashable, Sendable {
    /// The table.
    package let resource: String
    package let key: String
    /// Nil: the object belongs to the enterprise.
    package let organization: String?
    /// `Content.hash` of the version that was exported.
    package let hash: String

    private enum CodingKeys: String, CodingKey {
      case resource, key, hash
      case organization = "org_id"
    }
  }

  package static let name = ".devin-sync.json"
  /// In bytes.
  private static let limit = 1 << 26

  /// Paths below the folder.
  package var files: [String]
  /// By path; nil: the export was of another kind.
  package var content: [String: Entry]?

  package init(files: [String], content: [String: Entry]? = nil) {
    self.files = files
    self.content = content
  }

  /// - Returns: nil: there is none.
  /// - Throws: `FileError`; `FileProblem` where it is not what an export writes.
  package static func read(in folder: Folder) throws -> ContentManifest? {
    let data: Data
    do throws(FileError) {
      data = try folder.open(name, .reading).read(limit: limit)
    } catch {
      guard error.reason == .missing else { throw error }
      return nil
    }
    guard let manifest = try? JSONDecoder().decodeBounded(ContentManifest.self, from: data) else {
      throw FileProblem("\(folder.path)/\(name)", "it is not what an export writes")
    }
    return manifest
  }

  package var data: Data {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
      return try encoder.encode(self) + Data("\n".utf8)
    }
  }

  package func write(in folder: Folder) throws { try folder.replace(Self.name, with: try data, mode: nil) }
}
