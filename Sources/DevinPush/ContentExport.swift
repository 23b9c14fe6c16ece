import DevinModel
package import MirrorReading

/// The objects of a mirror that can be written back, as files.
package struct ContentExport: Sendable {
  package struct File: Hashable, Sendable {
    /// `notes/engineering/how-to-test-a1b2c3d4.md`
    package let path: String
    package let text: String
    package let entry: ContentManifest.Entry
  }

  /// By path; no two paths are the same, also to a file system that knows neither case nor forms of a letter.
  package let files: [File]

  /// - Throws: `MirrorError`; `FileProblem` where the mirror does without texts that belong into files.
  package init(of reader: MirrorReader) async throws {
    let omitted = try await reader.answer("SELECT resource, member FROM sync_omitted").rows
    for kind in ContentKind.allCases {
      if let row = omitted.first(where: { $0[0].text == kind.resourceName }) {
        throw FileProblem(
          reader.database,
          "it does without \(kind.resourceName).\(row[1].text ?? "") (setting omit), so that files would be incomplete")
      }
    }
    var files: [File] = []
    for kind in ContentKind.allCases { files += try await Self.files(of: kind, in: reader) }
    self.files = files.sorted { $0.path < $1.path }
  }

  private static func files(of kind: ContentKind, in reader: MirrorReader) async throws -> [File] {
    let sql = "SELECT \(kind.keyMember), _raw, org_id FROM \(kind.resourceName) WHERE _deleted_at IS NULL"
    var objects: [(key: String, row: [String: JSONValue], organization: String?)] = []
    for row in try await reader.answer(sql).rows {
      guard let key = row[0].text, var members = row[1].text.flatMap(JSONValue.object(of:)) else { continue }
      let organization = row[2].text
      // Where the list says the organization and the object does not.
      if members["org_id"] == nil, let organization { members["org_id"] = .text(organization) }
      objects.append((key, members, organization))
    }
    // In an order of their own, so that each export gives the same number to the same one.
    objects.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let paths = DocumentPath.numbered(
      objects.map { object in
        DocumentPath.of(
          kind.rawValue, folders: kind == .notes ? object.row["folder_path"]?.text ?? "" : "",
          name: object.row[kind.nameMember]?.text ?? "", id: object.key, ending: kind.ending)
      })
    return zip(objects, paths).map { object, path in
      File(
        path: path, text: ContentFile.text(kind, key: object.key, row: object.row),
        entry: ContentManifest.Entry(
          resource: kind.resourceName, key: object.key, organization: object.organization,
          hash: Content(kind, row: object.row).hash))
    }
  }

  /// With which a file at this path begins if an export wrote it; nil: none writes there.
  package static func beginning(of path: String) -> String? {
    guard let parts = DocumentPath.parts(of: path), let kind = ContentKind(rawValue: parts[0]), path.hasSuffix(kind.ending) else {
      return nil
    }
    return "\(kind.bodyMember == nil ? "" : "---\n")\(kind.keyMember): \""
  }
}
