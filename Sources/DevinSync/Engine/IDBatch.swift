import Synchronization

/// How session ids are written in a filter on ids. The documentation of one client requires the prefix. Whether ids without it
/// match too is not documented, so the server's answers decide.
enum IDForm: Hashable, Sendable, CaseIterable {
  case prefixed
  case bare

  func text(_ id: String) -> String { self == .prefixed ? "devin-\(id)" : id }
}

/// Rows requested by id in one request, between two ids that are known to exist. If either of these is missing in the answer,
/// ids were not matched or not all of them were read, so other missing rows prove nothing.
struct IDBatch: Hashable, Sendable {
  let ids: [String]
  let first: String
  let last: String

  /// - Parameter known: ids of rows that exist.
  /// - Returns: nil: fewer than two are known, so no answer would prove anything.
  init?(_ ids: [String], known: [String]) {
    guard known.count >= 2 else { return nil }
    self.ids = ids
    first = known[0]
    last = known[1]
  }

  /// In the order in which they are requested.
  var asked: [String] {
    let known = Set(texts: [first, last])
    return [first] + ids.filter { !known.contains($0) } + [last]
  }

  /// What an answer proves.
  enum Verdict: Hashable, Sendable {
    /// The server does not have these ids.
    case absent([String])
    /// A row that exists is missing: ids of this form are not matched, or not all ids were read.
    case notMatched
    /// The answer has rows that were not requested, or a further page: the server ignores the filter.
    case ignored
  }

  /// - Parameters:
  ///   - listed: ids of the rows in the answer.
  ///   - isLastPage: whether the answer has no further page.
  func verdict(on listed: some Sequence<String>, isLastPage: Bool) -> Verdict {
    let listed = Set(texts: listed)
    guard isLastPage, listed.isSubset(of: Set(texts: asked)) else { return .ignored }
    guard listed.contains(first), listed.contains(last) else { return .notMatched }
    return .absent(ids.filter { !listed.contains($0) })
  }
}

/// Which form of ids the filter of each list matches, as this run has found out.
final class IDForms: Sendable {
  /// Nil: no form works.
  private let known = Mutex<[String: IDForm?]>([:])

  /// The forms to try, in order. Empty: the filter is known not to work.
  func worthTrying(at path: String) -> [IDForm] {
    known.withLock { known in
      guard let form = known[path] else { return IDForm.allCases }
      return form.map { [$0] } ?? []
    }
  }

  /// - Parameter form: nil: none works. A form that worked once is kept, since a row may have been deleted in the meantime.
  func learn(_ form: IDForm?, at path: String) {
    known.withLock { known in
      if form != nil || known[path] == nil { known[path] = .some(form) }
    }
  }
}
