import DevinAPI
import DevinSync
import Foundation
import MirrorStore
import Testing
import Yams

/// Compares the catalogue and the schema with the description of the API: each must cover the other.
@Suite("The catalogue against the API's description")
struct ConformanceTests {
  private typealias Object = [String: Any]

  private let description: Object

  /// Parsed once, since there is an instance of this suite for each resource. Nobody changes it.
  nonisolated(unsafe) private static let parsed = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/openapi.yaml")
    return try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? Object
  }

  init() throws {
    description = try #require(try Self.parsed.get())
  }

  private var operations: [String: Object] {
    get throws {
      try #require(description["paths"] as? [String: Object]).compactMapValues { $0["get"] as? Object }
    }
  }

  /// A schema after following all references, without the null of an optional one.
  private func resolved(_ value: Any?) -> Object {
    guard let object = value as? Object else { return [:] }
    if let name = (object["$ref"] as? String)?.split(separator: "/").last {
      return resolved(((description["components"] as? Object)?["schemas"] as? Object)?[String(name)])
    }
    let forms = (object["oneOf"] ?? object["anyOf"]) as? [Object] ?? []
    let others = forms.filter { $0["type"] as? String != "null" }
    return others.count == 1 ? resolved(others[0]) : object
  }

  /// The schemas of one row: the items of the list, or each form of an object. None if the items are texts.
  private func rowSchemas(_ source: ListSource, _ rows: RowLocation) throws -> [Object] {
    let operation = try #require(try operations[source.path.description], "\(source.path)")
    let success = (operation["responses"] as? Object)?["200"] as? Object
    let content = (success?["content"] as? Object)?["application/json"] as? Object
    let answer = resolved(content?["schema"])
    let members = answer["properties"] as? Object ?? [:]
    func items(_ schema: Object) -> Object { resolved(schema["items"]) }
    func values(_ schema: Object) -> Object { resolved(schema["additionalProperties"]) }
    switch rows {
    case .member(let member): return [items(resolved(members[member]))]
    case .firstMember(let names): return [items(resolved(members[names[0]]))]
    case .map(let member, name: _): return [values(resolved(members[member]))]
    case .mapOfMaps(let member): return [values(values(resolved(members[member])))]
    case .wholeAnswer: return [items(answer)]
    case .listOrObject: return [answer["items"] == nil ? answer : items(answer)]
    case .texts, .download: return []
    case .object: return (answer["oneOf"] as? [Object]).map { $0.map(resolved) } ?? [answer]
    }
  }

  @Test(
    "every source is in the description, with the permission and the certainty of the catalogue", arguments: Catalogue.all
  )
  func paths(_ resource: Resource) throws {
    let words: [String: ListSource.Certainty] = [
      "official": .official, "sdk": .sdk, "docs": .docs, "clients": .clients, "inferred": .inferred,
    ]
    for source in resource.sources {
      let operation = try #require(try operations[source.path.description], "\(source.path)")
      #expect(operation["x-devin-permission"] as? String == source.permission, "\(source.path)")
      #expect((operation["x-certainty"] as? String).flatMap { words[$0] } == source.certainty, "\(source.path)")
    }
  }

  @Test("every operation of the description is mirrored, or excluded with a reason")
  func everyOperation() throws {
    let read = Set(
      Catalogue.all.flatMap(\.sources).flatMap { [$0.path.description, $0.objectPath?.description].compactMap(\.self) })
    let left = Set(Catalogue.leftOut.map(\.path))
    let described = Set(try operations.keys)
    let forms = { (path: String) in path.replacingOccurrences(of: "{scheduled_session_id}", with: "{schedule_id}") }
    #expect(described.subtracting(read.map(forms)).subtracting(left).sorted() == [])
    #expect(left.subtracting(described).sorted() == [])
    #expect(left.intersection(read).sorted() == [])
    for (path, reason) in Catalogue.leftOut { #expect(reason.count > 10, "\(path)") }
  }

  @Test("every member in the description is a column of its type, and its values are known", arguments: Catalogue.all)
  func columns(_ resource: Resource) throws {
    let shape = try TableShape.of(resource.name)
    let fields = Dictionary(uniqueKeysWithValues: shape.fields.map { ($0.name, $0) })
    let jsonTypes = [
      "string": ["text"], "integer": ["integer"], "number": ["integer", "real"], "boolean": ["true", "false"],
      "array": ["array"], "object": ["object"],
    ]
    for source in resource.sources {
      for schema in try rowSchemas(source, resource.rows) {
        for (name, member) in schema["properties"] as? Object ?? [:] {
          let field = try #require(fields[name], "\(resource.name).\(name)")
          let member = resolved(member)
          let types = (member["type"] as? [String]) ?? (member["type"] as? String).map { [$0] } ?? []
          for type in types where type != "null" {
            for expected in jsonTypes[type] ?? [] { #expect(field.types.contains(expected), "\(resource.name).\(name)") }
          }
          let values = (member["enum"] as? [Any] ?? [member["const"] as Any]).compactMap { $0 as? String }
          if !values.isEmpty { #expect(Set(field.values ?? []).isSuperset(of: values), "\(resource.name).\(name)") }
        }
      }
    }
  }

  @Test("every table has the bookkeeping columns and the columns of its key", arguments: Catalogue.all)
  func bookkeeping(_ resource: Resource) throws {
    let table = try #require(try MirrorSchemaText.objects(of: resource.name).first)
    let names = Set(table.columns.map(\.name))
    #expect(names.isSuperset(of: ["_raw", "_first_synced_at", "_changed_at", "_deleted_at"]))
    #expect(names.isSuperset(of: resource.table.keyColumns + resource.table.scopeColumns))
    // Rows of an organization's own list belong to that organization.
    if resource.sources.contains(where: { $0.reach == .organization }) { #expect(names.contains("org_id")) }
  }

  @Test("every resource has a table, every group has resources, and no name is ambiguous")
  func words() {
    #expect(Set(Catalogue.all.map(\.name)).count == Catalogue.all.count)
    #expect(Set(Catalogue.all.map(\.group)) == Set(ResourceGroup.allCases))
    let groups = Set(ResourceGroup.allCases.map(\.rawValue) + ["all", "default"])
    #expect(groups.intersection(Catalogue.all.map(\.name)).isEmpty)
    for resource in Catalogue.all where resource.parent != nil {
      #expect(Catalogue.all.firstIndex { $0.name == resource.parent } ?? .max < Catalogue.all.firstIndex(of: resource) ?? 0)
    }
  }

  @Test("every column has a comment, unless its name is sufficient", arguments: Catalogue.all)
  func comments(_ resource: Resource) throws {
    let sql = try #require(try MirrorSchemaText.objects(of: resource.name).first).sql
    for line in sql.split(separator: "\n") where line.contains(" INTEGER ") || line.contains(" REAL ") {
      #expect(line.contains("--") || line.contains("_settles_at"), "\(line)")
    }
  }
}
