import Synchronization

/// How session ids are written in a filter on ids. One client's documentation demands the prefix; whether bare ids match too
/// is not documented, so the server's answers decide.
enum IDForm: Hashable, Sendable, CaseIterable {
  case prefixed
  case bare

  func text(_ id: String) -> String { self == .prefixed ? "devin-\(id)" : id }
}

/// Rows asked for by their ids in one request, between two ids that are known to exist. If either of these is missing in the
/// answer, ids were not matched or not all of them were read, and what else is missing means nothing.
struct IDBatch: Hashable, Sendable {
  let ids: [String]
  let first: String
  let last: String

  /// - Parameter known: ids of rows that exist.
  /// - Returns: nil: fewer than two are known, so that no answer would prove anything.
  init?(_ ids: [String], known: [String]) {
    guard known.count >= 2 else { return nil }
    self.ids = ids
    first = known[0]
    last = known[1]
  }

  /// In the order in which they are asked for.
  var asked: [String] {
    let known = Set(texts: [first, last])
    return [first] + ids.filter { !known.contains($0) } + [last]
  }

  /// What an answer proves.
  enum Verdict: Hashable, Sendable {
    /// The server does not have these of the ids.
    case absent([String])
    /// A row that exists is missing: ids of this form are not matched, or not all ids were read.
    case notMatched
    /// Rows that nobody asked for, or a further page: the filter is not obeyed.
    case ignored
  }

  /// - Parameters:
  ///   - listed: ids of the rows in the answer.
  ///   - isWhole: whether the answer has no further page.
  func verdict(on listed: some Sequence<String>, isWhole: Bool) -> Verdict {
    let listed = Set(texts: listed)
    guard isWhole, listed.isSubset(of: Set(texts: asked)) else { return .ignored }
    guard listed.contains(first), listed.contains(last) else { return .notMatched }
    return .absent(ids.filter { !listed.contains($0) })
  }
}

/// Which form of ids the filter of each list matches, as this run has found out.
final class IDForms: Sendable {
  /// Nil: none does.
  private let known = Mutex<[String: IDForm?]>([:])

  /// The forms worth trying, in order. Empty: the filter is known not to work.
  func worthTrying(at path: String) -> [IDForm] {
    known.withLock { known in
      guard let form = known[path] else { return IDForm.allCases }
      return form.map { [$0] } ?? []
    }
  }

  /// - Parameter form: nil: none works. What worked once is not forgotten: a row may have been deleted meanwhile.
  func learn(_ form: IDForm?, at path: String) {
    known.withLock { known in
      if form != nil || known[path] == nil { known[path] = .some(form) }
    }
  }
}
