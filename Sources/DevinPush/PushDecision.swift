/// What is to be done about one object. Decided from hashes alone: of the version that the file was made from, of the file, and of what the
/// server has now.
package enum PushDecision: Hashable, Sendable {
  case create
  case update
  case delete
  /// Why, where it is no matter of course.
  case unchanged(String? = nil)
  /// The server has another version than the one that was edited; why, for people.
  case conflict(String)
  /// It cannot be sent; why, for people.
  case blocked(String)

  /// What the server has now.
  enum Now: Hashable, Sendable {
    case version(String)
    /// Neither its list nor its path has it.
    case missing
    /// Its path has it and its list does not.
    case unlisted
  }

  /// Of an object that a file names.
  /// - Parameters:
  ///   - base: of the version that the file was made from; nil: it does not say.
  ///   - overwrites: whether the server's version may be replaced though nobody edited that one.
  ///   - since: when the base was what the server had, for people.
  init(base: String?, mine: String, now: Now, overwrites: Bool, since: String = "the export") {
    switch now {
    case .unlisted: self = .conflict("the server has it and its list does not show it; push again in a minute")
    case .missing: self = mine == base ? .unchanged("deleted on the server") : .conflict("it was deleted on the server")
    case .version(mine): self = .unchanged()
    case .version(let version) where version == base: self = .update
    case .version:
      if mine == base {
        self = .unchanged("changed on the server since \(since)")
      } else if overwrites {
        self = .update
      } else if base == nil {
        self = .conflict("the file does not say which version it was made from")
      } else {
        self = .conflict("it was changed on the server since \(since)")
      }
    }
  }

  /// Of an object whose file is gone.
  init(deletedFrom base: String, now: Now, overwrites: Bool) {
    switch now {
    case .missing: self = .unchanged("deleted on the server")
    case .unlisted: self = .conflict("the server has it and its list does not show it; push again in a minute")
    case .version(let version):
      self = version == base || overwrites ? .delete : .conflict("it was changed on the server since the export")
    }
  }

  /// Of a file that names no object.
  /// - Parameter namesake: the id of an object with the same name, or the path of another new file.
  init(newBeside namesake: String?, named name: String) {
    self = namesake.map { .blocked("\($0) has the name \"\(name)\" already") } ?? .create
  }

  /// Whether so many deletions are no accident. The first ten always may be.
  static func mayDelete(_ count: Int, of total: Int) -> Bool { count <= 10 || count * 5 <= total }

  package var action: String {
    switch self {
    case .create: "create"
    case .update: "update"
    case .delete: "delete"
    case .unchanged: "unchanged"
    case .conflict: "conflict"
    case .blocked: "blocked"
    }
  }

  package var reason: String? {
    switch self {
    case .create, .update, .delete: nil
    case .unchanged(let why): why
    case .conflict(let why), .blocked(let why): why
    }
  }

  /// Whether there is something to send.
  package var isWrite: Bool { [.create, .update, .delete].contains(self) }
}
