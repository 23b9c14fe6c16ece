import Files
import Foundation

/// Keeps files in step with what was written: a new object's id, the version that a file now stands for, and the list of what is exported.
struct WrittenFiles {
  private let root: String
  private let folder: Folder
  private var manifest: ContentManifest?

  init(_ root: String) throws {
    self.root = root
    folder = try Folder(root)
    manifest = try ContentManifest.read(in: folder)
  }

  /// Gives a file the id and the base of the object that it now is.
  /// - Returns: false: it was edited meanwhile, or is written in a way that does not allow it.
  mutating func note(_ row: ServerRow, of change: PushPlan.Change) throws -> Bool {
    var parts = change.place.split(separator: "/").map(String.init)
    let name = parts.removeLast()
    let place = try parts.reduce(folder) { try $0.folder($1) }
    let data = try place.open(name, .reading).read(limit: ContentTree.fileLimit)
    guard let text = String(validating: data, as: UTF8.self),
      let before = try? ContentFile(text, kind: change.kind, path: change.path), before.content.hash == change.content?.hash,
      let after = ContentFile.text(text, nowOf: row.key, row.content, row: row.members),
      let file = try? ContentFile(after, kind: change.kind, path: change.path), file.key == row.key,
      file.content.hash == before.content.hash, file.base?.hash == row.content.hash
    else { return false }
    try place.replace(name, with: Data(after.utf8), mode: nil)
    manifest?.content?[change.place] = ContentManifest.Entry(
      resource: change.resource, key: row.key,
      organization: change.scope == .enterprise ? nil : change.scope.organization, hash: row.content.hash)
    if let files = manifest?.files, !files.contains(change.place) { manifest?.files = (files + [change.place]).sorted() }
    return true
  }

  mutating func noteDeletion(of change: PushPlan.Change) {
    manifest?.content?[change.place] = nil
    manifest?.files.removeAll { $0 == change.place }
  }

  func finish() throws { try manifest?.write(in: folder) }
}
