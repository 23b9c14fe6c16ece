import DevinModel
package import Foundation
import MirrorStore

/// Replaces values in rows that leave the mirror with pseudonyms, which are the same in every run with the same key.
package struct RowRedaction: Sendable {
  private let pseudonyms: Pseudonyms
  private let columns: [String: RedactionRule]
  private let object: RedactionRule
  /// For a line of a feed, in either format.
  private let line: RedactionRule
  /// Columns whose text is JSON.
  private let nested: Set<String>

  /// The minimum length of a key in bytes.
  package static let shortestKey = 32

  /// - Parameters:
  ///   - resource: the resource of the rows.
  ///   - secret: the key, with at least `shortestKey` bytes.
  package init(of resource: Resource, secret: Data) throws {
    let table = resource.table.name
    let rules = try RedactionRules.of(table)
    pseudonyms = Pseudonyms(secret: secret)
    columns = rules.columns.filter { $0.key != FeedColumn.object }
    object = rules.object
    line = Self.line(columns, object, key: rules.key(of: resource.table))
    nested = Set(
      try TableShape.of(table).fields.filter { $0.types.contains("array") || $0.types.contains("object") }.map(\.name))
  }

  /// - Parameters:
  ///   - names: names of columns of the table.
  ///   - values: the values of one row, in the same order.
  package func redact(_ names: [String], _ values: [MirrorValue]) -> [MirrorValue] {
    zip(names, values).map { name, value in
      let rule = name == FeedColumn.object ? object : columns[name] ?? .dropped
      switch value {
      case .null: return .null
      case .integer, .real: return rule == .kept ? value : .null
      case .bytes: return .null
      case .text(let text):
        if rule == .dropped { return .null }
        if nested.contains(name) { return .text(ObjectRedaction.redact(text, rule, pseudonyms)) }
        let replaced = pseudonyms.replacement(of: text, rule) { sibling in
          zip(names, values).first { $0.0 == sibling }?.1.text
        }
        return replaced.map(MirrorValue.text) ?? .null
      }
    }
  }

  /// - Parameter json: an object as received from Devin.
  package func redact(object json: String) -> String { ObjectRedaction.redact(json, object, pseudonyms) }

  /// - Parameter line: a line of a feed, in either format.
  func redact(line: String) -> String { ObjectRedaction.redact(line, self.line, pseudonyms) }

  private static func line(_ columns: [String: RedactionRule], _ object: RedactionRule, key: RedactionRule) -> RedactionRule {
    var record = columns
    record[FeedColumn.object] = object
    for name in columns.keys { record["\(name)_utc"] = .kept }
    record["_sdc_deleted_at"] = .kept
    var members: [String: RedactionRule] = ["key": key, "record": .members(record), "row": .members(record)]
    for name in ["type", "stream", "version", "time_extracted", "resource", "op", "changed_at", "change_id"] {
      members[name] = .kept
    }
    return .members(members)
  }

  /// A text that differs for each key but does not reveal it.
  static func mark(of secret: Data) -> String {
    Pseudonyms(secret: secret).replacement(of: "the pseudonyms of a feed", .name) { _ in nil } ?? ""
  }
}
