import DevinModel
package import MirrorStore

/// Why a mirror's file, or what was asked of it, is of no use.
public enum MirrorError: Error, Hashable, Sendable {
  /// The file cannot be created or written; in words.
  case cannotCreate(String)
  /// The file is missing, foreign, newer or damaged, or reading it failed; in words.
  case unusableFile(String)
  /// Another run holds the lock; the holder in its own words.
  case locked(database: String, holder: String?)
  /// A query that is no SQL, or would change something.
  case unusableQuery(String)
  /// An organization that the mirror has nothing of, and those that it has, sorted.
  case unknownOrganization(String, known: [String])
  /// A user whom the mirror does not know, and those whom it knows, sorted.
  case unknownUser(String, known: [String])
  /// The first day comes after the last.
  case emptyPeriod(since: String, until: String)
  /// The table and the key that it has no row of.
  case noSuchRow(String, String)
  /// Words are not indexed in this mirror.
  case searchIsOff(String)
  /// A query was ended when its time was up.
  case tookTooLong(Duration)
  /// A `resource.column` that is no column of a resource, and those that the resource has.
  case unknownColumn(String, known: [String])
  /// A `resource.column` that cannot be left out, since it is a part of the key.
  case neededColumn(String)
  /// A resource whose rows do not say of which organization they are.
  case noOrganizations(String)

  /// Whether what was asked for is at fault, and not the file.
  public var isMistakeOfTheAsker: Bool {
    switch self {
    case .unusableQuery, .unknownOrganization, .unknownUser, .emptyPeriod, .noSuchRow, .unknownColumn, .neededColumn,
      .noOrganizations:
      true
    case .cannotCreate, .unusableFile, .locked, .searchIsOff, .tookTooLong: false
    }
  }

  package init(_ error: StoreError) {
    switch error {
    case .locked(let path, let holder): self = .locked(database: path, holder: holder)
    case .cannotCreate: self = .cannotCreate(error.message)
    case .unusableQuery(let why): self = .unusableQuery(why)
    default: self = .unusableFile(error.message)
    }
  }

  /// Of work on the file; what is no trouble of the file's is told as it is.
  package init(storing error: any Error) {
    self = (error as? MirrorError) ?? (error as? StoreError).map(MirrorError.init) ?? .unusableFile("\(error)")
  }
}

extension MirrorError {
  /// A sentence or two: what happened, where, and what the reader can do.
  public var message: String {
    switch self {
    case .cannotCreate(let text), .unusableFile(let text): "\(text)."
    case .unusableQuery(let why):
      "the query could not be used: \(why). Nothing was changed. `devin-sync schema` lists tables and columns, `devin-sync query --list` questions with a name."
    case .unknownOrganization(let id, let known):
      "there is no organization `\(id)` in this mirror. It has \(Self.examples(known)). `devin-sync status` shows what it holds of each."
    case .unknownUser(let user, let known):
      "this mirror knows no user `\(user)`, by id, name or mail address. It knows \(Self.examples(known)). `SELECT * FROM people` lists them."
    case .emptyPeriod(let since, let until):
      "the first day, \(since), comes after the last, \(until)."
    case .noSuchRow(let table, let key):
      "\(table) has no row \(key). Ids are those that Devin uses; `devin-sync query` finds them, and `devin-sync sync` brings what is new."
    case .searchIsOff(let database):
      "the full-text index in \(database) is switched off: search_index = \"off\" did that. Take it out and run `devin-sync sync`, or make it now with `devin-sync search --rebuild`."
    case .tookTooLong(let limit):
      "the query took longer than \(limit.components.seconds) s and was ended. --timeout gives it more time."
    case .unknownColumn(let name, let known):
      known.isEmpty
        ? "`\(name)` is not `resource.column` of a resource. `devin-sync resources` lists resources, `devin-sync schema NAME` their columns."
        : "there is no column `\(name)`. There are: \(known.joined(separator: ", "))."
    case .neededColumn(let name): "`\(name)` cannot be left out: it is a part of the key, by which rows are found."
    case .noOrganizations(let name): "\(name) does not say of which organization its rows are; leave out --org."
    case .locked(let database, let holder):
      "another run is using \(database)\(holder.map { " (\($0))" } ?? ""). Nothing was done. --lock-wait 30s waits for it."
    }
  }

  private static func examples(_ known: [String]) -> String {
    let rest = known.count - 5
    return known.isEmpty ? "none" : known.prefix(5).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
