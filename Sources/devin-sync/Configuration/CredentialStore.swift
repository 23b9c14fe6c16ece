import DevinSync
import Files
import Foundation

/// Keys stored under names, each in a separate file in `$XDG_DATA_HOME/devin-sync/credentials` that only this user can read.
struct CredentialStore: Sendable {
  /// A key and what is known about it. Only the file contains the key.
  struct Entry: Codable, Sendable {
    let key: String
    let description: String?
    /// Nil: the organization that the key belongs to.
    let organization: String?
    let owner: KeyOwner
    /// The API address where the key was verified.
    let apiURL: String
    let addedAt: UnixTime
  }

  /// What may be shown of a key: everything but the key itself.
  struct Listing: Encodable, Sendable {
    let name: String
    let entry: Entry
    /// When a run last used it; nil: never.
    let lastUsedAt: UnixTime?

    var organization: String? { entry.organization ?? entry.owner.organization }

    private enum CodingKeys: String, CodingKey {
      case name, description, organization, principalType, principalName, principalId, apiUrl, addedAt, lastUsedAt
    }

    func encode(to encoder: any Encoder) throws {
      var members = encoder.container(keyedBy: CodingKeys.self)
      try members.encode(name, forKey: .name)
      try members.encodeIfPresent(entry.description, forKey: .description)
      try members.encodeIfPresent(organization, forKey: .organization)
      try members.encodeIfPresent(entry.owner.kind, forKey: .principalType)
      try members.encodeIfPresent(entry.owner.name, forKey: .principalName)
      try members.encodeIfPresent(entry.owner.id, forKey: .principalId)
      try members.encode(entry.apiURL, forKey: .apiUrl)
      try members.encode(entry.addedAt, forKey: .addedAt)
      try members.encodeIfPresent(lastUsedAt, forKey: .lastUsedAt)
    }
  }

  let folder: String

  /// The store of this user.
  static var own: CredentialStore {
    let home = Settings.environment("HOME") ?? NSHomeDirectory()
    return CredentialStore(folder: (Settings.environment("XDG_DATA_HOME") ?? home + "/.local/share") + "/devin-sync/credentials")
  }

  func path(of name: String) -> String { "\(folder)/\(name).json" }

  /// Every key, by name.
  /// - Throws: as `entry`.
  func listing() throws -> [Listing] {
    try names().map { Listing(name: $0, entry: try entry($0), lastUsedAt: lastUsed($0)) }
  }

  /// When a run last used it, nil: never.
  private func lastUsed(_ name: String) -> UnixTime? {
    let attributes = try? FileManager.default.attributesOfItem(atPath: marker(of: name))
    return (attributes?[.modificationDate] as? Date).map { UnixTime(rawValue: Int64($0.timeIntervalSince1970)) }
  }

  func noteUse(of name: String) {
    // A separate empty file, so that a run never rewrites the file with the key. A failure to write it is ignored.
    try? PrivateFile.replace(marker(of: name), text: "")
  }

  func names() throws -> [String] {
    guard FileManager.default.fileExists(atPath: folder) else { return [] }
    try refuse(openFolder())
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }.sorted()
  }

  func has(_ name: String) -> Bool { Self.isName(name) && FileManager.default.fileExists(atPath: path(of: name)) }

  /// - Throws: `Failure` (78) if there is no credential with this name, or others can read it.
  func entry(_ name: String) throws -> Entry {
    guard has(name) else {
      let near = (try? names())?.nearest(to: name).map { " Did you mean `\($0)`?" } ?? ""
      throw Failure(
        .configuration, "there is no key named `\(name)`.\(near) Save one with `devin-sync credentials add \(name)`.")
    }
    let folder = try openFolder()
    try refuse(folder)
    let data: Data
    do {
      let file = try folder.open("\(name).json", .reading)
      try refuse(file.facts, path(of: name), mode: "600")
      data = try file.read(limit: 1 << 20)
    } catch let trouble as FileError {
      throw Failure(.configuration, "\(path(of: name)) cannot be read: \(trouble.why).")
    }
    do {
      return try JSONDecoder().decodeBounded(Entry.self, from: data)
    } catch {
      throw Failure(
        .configuration,
        "\(path(of: name)) was not written by `devin-sync credentials add`, or is damaged. Remove it with `devin-sync credentials remove \(name)` and add the key again."
      )
    }
  }

  func keep(_ entry: Entry, as name: String) throws {
    do {
      let text = String(decoding: try JSONEncoder().encode(entry), as: UTF8.self)
      try PrivateFile.replace(path(of: name), text: text)
    } catch {
      throw Failure(.cannotCreate, "\(path(of: name)) cannot be written: \((error as? FileError)?.why ?? "\(error)").")
    }
  }

  func remove(_ name: String) throws {
    guard has(name) else {
      _ = try entry(name)
      return
    }
    guard unlink(path(of: name)) == 0 else {
      throw Failure(.cannotCreate, "\(path(of: name)) cannot be removed: \(String(cString: strerror(errno))).")
    }
    unlink(marker(of: name))
  }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty && !text.hasPrefix(".") && !text.hasPrefix("-")
      && text.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
          || [0x2d, 0x2e, 0x5f].contains(byte)
      }
  }

  private func marker(of name: String) -> String { "\(folder)/\(name).used" }

  private func openFolder() throws -> Folder {
    do { return try Folder(folder) } catch { throw Failure(.configuration, "\(folder) cannot be read: \(error.why).") }
  }

  private func refuse(_ open: Folder) throws {
    if let facts = open.facts { try refuse(facts, folder, mode: "700") }
  }

  private func refuse(_ facts: FileFacts, _ path: String, mode: String) throws {
    guard facts.isOwn else {
      throw Failure(
        .configuration,
        "\(path) belongs to another user (\(FileError.name(of: facts.owner))), so the key in it was not used.")
    }
    guard facts.mode & 0o077 != 0 else { return }
    throw Failure(
      .configuration,
      "\(path) can be read by other users on this machine, so the key was not used. Run: chmod \(mode) \(path). If others may have read the key, replace it with `devin-sync credentials rotate`."
    )
  }
}
