import ArgumentParser
import DevinSync

extension FileContents {
  /// - Throws: `ValidationError` if a command that needs rows is used with `files`, which has none.
  static func demandRows(of resources: [String]) throws {
    guard resources.contains(name) else { return }
    throw ValidationError("`files` are contents of attachments, which have no rows. Use session_attachments for the rows.")
  }
}
