import DevinModel
import MirrorReading

/// One note or playbook, with its history.
struct DocumentPage: LocalPage {
  let kind: KnowledgeDocument.Kind

  init(_ kind: KnowledgeDocument.Kind) { self.kind = kind }

  var path: String { "/\(kind.rawValue)/*" }

  /// The maximum number of changes shown on a document's page.
  private static let mostChanges = 50

  func answer(_ target: PageTarget, in site: LocalPages) async throws -> PageAnswer {
    let id = target.parts[1]
    let states = try await site.reader.documentHistory(kind, id: id)
    guard let latest = states.last else { throw MirrorError.noSuchRow(kind.rawValue, id) }
    let changes = Array(zip(states.dropFirst(), states).reversed())
    let history = try changes.prefix(Self.mostChanges).map { after, before -> [String: Any] in
      try Task.checkCancellation()
      let diff = UnifiedDiff(before.document.markdown, after.document.markdown, names: ("before", "after"))
      let remark = diff.isCoarse ? "; too many differences to compare line by line, so some lines are shown as replaced" : ""
      return ["title": "Found on \(after.foundAt.moment)\(remark)", "diff": diff.lines.dropFirst(2).joined(separator: "\n")]
    }
    let warnings =
      (latest.isDeleted ? ["It was deleted in Devin. This is its last version."] : [])
      + (changes.count > history.count
        ? ["The history shows the last \(history.count) of \(changes.count.grouped) changes."] : [])
    return site.render(
      "document", on: self, latest.document.name,
      [
        "tables": [[String: Any]](), "markdown": latest.document.markdown, "hasHistory": !history.isEmpty, "history": history,
        "warnings": warnings,
      ])
  }
}
