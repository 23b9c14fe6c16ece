import MirrorSchema
import Synchronization

/// What the schema's SQL says about a column after `--`. The text before `@` is for people and is never parsed; the facts after it are
/// for the program: how a redacted copy treats the value (`RedactionRule`), and the value's form, if the column's type does not say it.
///
/// ```sql
/// status     TEXT AS (_raw ->> 'status') STORED,        -- open set @kept one_of(new, running)
/// created_at INTEGER AS (_raw ->> 'created_at') STORED, -- Unix seconds, UTC @kept time
/// tags       TEXT AS (_raw ->> 'tags') VIRTUAL          -- JSON list of text @[name]
/// ```
package struct ColumnComment: Hashable, Sendable {
  /// The form of a value whose SQL type leaves it open.
  package enum Form: Hashable, Sendable {
    /// Unix seconds, in an INTEGER.
    case time
    /// A JSON list, a JSON object, or any JSON, in a TEXT.
    case list, object, json
    /// One of these texts, as far as they are known.
    case oneOf([String])
  }

  /// For people: the unit, the meaning of NULL, the known values; empty: there is none.
  package let text: String
  /// Nil: there is none that can be parsed.
  package let rule: RedactionRule?
  /// The rule as written.
  package let ruleText: String?
  package let form: Form?

  /// - Parameter comment: without the marks of a comment.
  package init(_ comment: Substring) {
    guard let mark = comment.utf8.firstIndex(of: UInt8(ascii: "@")) else {
      (text, rule, ruleText, form) = (String(comment.trimmed), nil, nil, nil)
      return
    }
    let facts = comment[comment.utf8.index(after: mark)...].trimmed
    var parser = FactParser(facts)
    let rule = parser.rule()
    ruleText = String(facts[..<parser.position].trimmed)
    let form = parser.form()
    self.rule = parser.isAtEnd ? rule : nil
    self.form = form ?? rule.flatMap(Form.init)
    let text = String(comment[..<mark].trimmed)
    if case .oneOf(let values) = form {
      self.text = "one of " + values.joined(separator: ", ") + (text.isEmpty ? "" : "; \(text)")
    } else {
      self.text = text
    }
  }
}

extension ColumnComment.Form {
  /// The form of values whose parts have rules of their own.
  fileprivate init?(_ rule: RedactionRule) {
    switch rule {
    case .list, .places: self = .list
    case .members, .map: self = .object
    default: return nil
    }
  }
}

// MARK: - The schema's comments

extension ColumnComment {
  /// By column, without columns that have no comment.
  ///
  /// - Throws: `TableShape.Failure` for a table that the schema does not have.
  package static func all(of table: String) throws -> [String: ColumnComment] {
    let declared = try TableShape.columnLines(of: table).compactMap { line -> (String, ColumnComment)? in
      guard let dashes = line.firstRange(of: "--"), let name = line[..<dashes.lowerBound].split(separator: " ").first else {
        return nil
      }
      return (name.filter { $0 != "\"" }, ColumnComment(line[dashes.upperBound...]))
    }
    return Dictionary(declared + (additions[table] ?? [])) { $1 }
  }

  /// Columns that a later version added, by table.
  private static let additions = MirrorSchema.versions.joined().reduce(into: [String: [(String, ColumnComment)]]()) {
    additions, text in
    for match in text.matches(of: /ALTER TABLE (\w+) ADD COLUMN (\w+)[^;\/]*\/\*(.*?)\*\//) {
      additions[String(match.1), default: []].append((String(match.2), ColumnComment(match.3)))
    }
  }
}

extension Substring {
  /// Without spaces at both ends.
  var trimmed: Substring {
    guard let last = lastIndex(where: { $0 != " " }) else { return "" }
    return self[...last].drop { $0 == " " }
  }
}
