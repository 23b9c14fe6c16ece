import DevinModel
package import MirrorStore

/// Why a mirror's file, or a request to read it, cannot be used.
public enum MirrorError: Error, Hashable, Sendable {
  /// What is wrong with a file. Each calls for something else, which a program may say with its own commands.
  public enum Fault: Hashable, Sendable {
    /// There is no file at the path.
    case missing
    /// Another program's database, or no database at all.
    case foreign
    /// It was written by a later version.
    case newer
    /// It was written by an earlier version. A run upgrades it.
    case outdated
    /// Its log contains changes that this user cannot read.
    case logUnreadable
    /// It was written to while it was read without its log.
    case changedMeanwhile
    /// A full-text index is damaged. The rows are not affected.
    case damagedIndex
    /// Anything else, such as damaged pages or a full disk; the text says what can be done.
    case other
  }

  /// The file cannot be created or written; the reason as text.
  case cannotCreate(String)
  /// The file to write exists, and may not be replaced; its path.
  case exists(String)
  /// The file is missing, foreign, newer or damaged, or reading it failed; the reason as text.
  case unusableFile(Fault, String)
  /// Another run holds the lock; the holder as described in the lock file.
  case locked(database: String, holder: String?)
  /// A query that is not valid SQL, or would change something.
  case unusableQuery(String)
  /// The mirror has no data of this organization; the organizations that it knows, sorted.
  case unknownOrganization(String, known: [String])
  /// The mirror does not know this user; the users that it knows, sorted.
  case unknownUser(String, known: [String])
  /// The first day comes after the last.
  case emptyPeriod(since: String, until: String)
  /// The table, and a key that it has no row for.
  case noSuchRow(String, String)
  /// This mirror has no full-text index.
  case searchIsOff(String)
  /// A query that was stopped at its time limit.
  case tookTooLong(Duration)
  /// A `resource.column` that does not exist, and the columns that the resource has.
  case unknownColumn(String, known: [String])
  /// A `resource.column` that cannot be left out, since it is part of the key.
  case neededColumn(String)
  /// A resource whose rows do not contain their organization.
  case noOrganizations(String)

  /// Whether the request is wrong, and not the file.
  package var isUsageError: Bool {
    switch self {
    case .unusableQuery, .unknownOrganization, .unknownUser, .emptyPeriod, .noSuchRow, .unknownColumn, .neededColumn,
      .noOrganizations:
      true
    case .cannotCreate, .exists, .unusableFile, .locked, .searchIsOff, .tookTooLong: false
    }
  }

  package init(_ error: StoreError) {
    switch error {
    case .locked(let path, let holder): self = .locked(database: path, holder: holder)
    case .cannotCreate: self = .cannotCreate(error.message)
    case .exists(let path): self = .exists(path)
    case .unusableQuery(let why): self = .unusableQuery(why)
    case .missing: self = .unusableFile(.missing, error.message)
    case .foreign: self = .unusableFile(.foreign, error.message)
    case .newer: self = .unusableFile(.newer, error.message)
    case .outdated: self = .unusableFile(.outdated, error.message)
    case .logUnreadable: self = .unusableFile(.logUnreadable, error.message)
    case .changedMeanwhile: self = .unusableFile(.changedMeanwhile, error.message)
    case .damagedIndex: self = .unusableFile(.damagedIndex, error.message)
    case .cannotLock, .full, .damaged, .replaced, .failed, .unusablePage: self = .unusableFile(.other, error.message)
    }
  }

  /// Converts an error of work on the file; other errors are kept as text.
  package init(storing error: any Error) {
    self = (error as? MirrorError) ?? (error as? StoreError).map(MirrorError.init) ?? .unusableFile(.other, "\(error)")
  }
}

extension MirrorError {
  /// A sentence or two: what happened, and where. What the reader can do is up to the program, which knows its commands.
  public var message: String {
    switch self {
    case .cannotCreate(let text), .unusableFile(_, let text): "\(text)."
    case .exists(let path): "\(StoreError.exists(path: path).message)."
    case .unusableQuery(let why): "invalid query: \(why)."
    case .unknownOrganization(let id, let known):
      "there is no organization `\(id)` in this mirror. It has \(Self.examples(known))."
    case .unknownUser(let user, let known):
      "there is no user with the id, name or email address `\(user)` in this mirror. It has \(Self.examples(known))."
    case .emptyPeriod(let since, let until):
      "the first day, \(since), is after the last day, \(until)."
    case .noSuchRow(let table, let key): "\(table) has no row \(key)."
    case .searchIsOff(let database):
      "the full-text index in \(database) is turned off by the setting search_index = \"off\"."
    case .tookTooLong(let limit): "the query took longer than \(limit.components.seconds) s and was stopped."
    case .unknownColumn(let name, let known):
      known.isEmpty
        ? "`\(name)` is not a column." : "there is no column `\(name)`. There are: \(known.joined(separator: ", "))."
    case .neededColumn(let name): "`\(name)` cannot be left out, because it is part of the key."
    case .noOrganizations(let name): "rows of \(name) have no organization."
    case .locked(let database, let holder):
      "another run is using \(database)\(holder.map { " (\($0))" } ?? ""). Nothing was done."
    }
  }

  private static func examples(_ known: [String]) -> String {
    let rest = known.count - 5
    return known.isEmpty ? "none" : known.prefix(5).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
  }
}
