import ArgumentParser
import DevinSync

// What a shell completes. Lists that are known when the program is built are part of the completion script. What depends on files of the
// user, the script asks of this program; if that fails, there is nothing to complete, and no message disturbs the command line.

extension CompletionKind {
  /// Names of resources and of groups, and the names `all`, `default` and `files`.
  static let resources = CompletionKind.list(Catalogue.allNames)

  /// Ids of sessions in the mirror, the newest first.
  static let sessions = CompletionKind.custom { words, _, prefix in await Completions(words).keys(of: .sessions, prefix) }

  /// Keys of the rows of a table, whose name is the argument before.
  static let keys = CompletionKind.custom { words, _, prefix in
    guard let resource = words.lazy.compactMap(Catalogue.resource(named:)).first else { return [] }
    return await Completions(words).keys(of: resource, prefix)
  }

  /// Names of profiles in the configuration file.
  static let profiles = CompletionKind.custom { words, _, _ in Completions(words).profiles }

  /// Names of saved keys.
  static let credentials = CompletionKind.custom { _, _, _ in (try? CredentialStore.own.names()) ?? [] }

  /// Ids of organizations in the mirror.
  static let organizations = CompletionKind.custom { words, _, prefix in await Completions(words).organizations(prefix) }

  /// Names of questions, tables and views are known; a query is not completed.
  static let questions = CompletionKind.list(MirrorQuestion.all.map(\.name))
}

extension Catalogue {
  /// Names of resources and of groups, and the names `all`, `default` and `files`.
  static var allNames: [String] {
    all.map(\.name) + Set(all.map(\.group.rawValue)).sorted() + ["all", "default", FileContents.name]
  }
}

/// Answers from the files that the command line so far leads to.
struct Completions {
  /// The command line so far.
  private let words: [String]

  private static let most = 100

  init(_ words: [String]) { self.words = words }

  /// The value of an option in the command line so far; nil: it is not given.
  func value(of option: String) -> String? {
    if let place = words.lastIndex(of: option), place + 1 < words.count { return words[place + 1] }
    return words.last { $0.hasPrefix(option + "=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  private var profile: ProfileOptions? {
    let options = ["--config", "--profile"].flatMap { option in value(of: option).map { [option, $0] } ?? [] }
    return try? ProfileOptions.parse(options)
  }

  var profiles: [String] {
    guard let profile, let file = try? Settings.file(profile) else { return [] }
    return file.profiles
  }

  private var reader: MirrorReader? {
    var flags: SettingValues = [:]
    flags[DeclaredSettings.all.database.key] = value(of: "--database").map { [$0] }
    guard let profile, let database = try? Settings(profile, flags: flags).database else { return nil }
    return try? MirrorReader(database: database)
  }

  func keys(of resource: Resource, _ prefix: String) async -> [String] {
    guard resource.table.keyColumns.count == 1 else { return [] }
    let key = "\"\(resource.table.keyColumns[0])\""
    return await texts(
      "SELECT \(key) FROM \"\(resource.table.name)\" WHERE substr(\(key), 1, length(:prefix)) = :prefix ORDER BY _first_synced_at DESC LIMIT \(Self.most)",
      prefix)
  }

  func organizations(_ prefix: String) async -> [String] {
    await texts(
      "SELECT DISTINCT org_id FROM sync_checkpoints WHERE org_id <> '' AND substr(org_id, 1, length(:prefix)) = :prefix ORDER BY 1",
      prefix)
  }

  private func texts(_ sql: String, _ prefix: String) async -> [String] {
    let answer = try? await reader?.answer(sql, ["prefix": .text(prefix)], within: .seconds(2))
    return answer?.rows.compactMap { $0[0].text } ?? []
  }
}
