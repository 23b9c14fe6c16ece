import DevinSync
import Foundation
import Testing
import Yams

/// The catalogue and the schema held against the description of the API: what the one says, the others must know.
@Suite("The catalogue against the API's description")
struct ConformanceTests {
  private typealias Object = [String: Any]

  private let description: Object

  init() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../Fixtures/openapi.yaml")
    description = try #require(try Yams.load(yaml: String(contentsOf: file, encoding: .utf8)) as? Object)
  }

  private func operation(_ resource: Resource) throws -> Object {
    let paths = try #require(description["paths"] as? Object)
    return try #require((paths[resource.path.description] as? Object)?["get"] as? Object, "\(resource.path)")
  }

  private func schema(_ name: String) -> Object {
    ((description["components"] as? Object)?["schemas"] as? Object)?[name] as? Object ?? [:]
  }

  /// The name behind `#/components/schemas/`, of the schema itself, its items or the items of a member.
  private func references(in value: Any) -> [String] {
    switch value {
    case let object as Object:
      if let reference = object["$ref"] as? String { return [String(reference.split(separator: "/").last ?? "")] }
      return object.values.flatMap(references)
    case let list as [Any]: return list.flatMap(references)
    default: return []
    }
  }

  /// The schemas that describe one row: what the answer's list holds, or each form of an object.
  private func rowSchemas(_ resource: Resource) throws -> [Object] {
    let responses = try #require(try operation(resource)["responses"] as? Object)
    let answer = try #require(references(in: responses["200"] ?? [:]).first)
    switch resource.rows {
    case .member(let member):
      let members = schema(answer)["properties"] as? Object ?? [:]
      return references(in: members[member] ?? [:]).map(schema)
    case .wholeAnswer: return [schema(answer)]
    case .object:
      let forms = references(in: schema(answer))
      return forms.isEmpty ? [schema(answer)] : forms.map(schema)
    }
  }

  @Test("every path is in the description, with the permission that the catalogue names", arguments: Catalogue.all)
  func paths(_ resource: Resource) throws {
    #expect(try operation(resource)["x-devin-permission"] as? String == resource.permission)
  }

  @Test("every member that the description has is a column", arguments: Catalogue.all)
  func columns(_ resource: Resource) throws {
    let table = try #require(try MirrorSchemaText.objects(of: resource.name).first)
    let columns = Set(table.columns.map(\.name))
    let schemas = try rowSchemas(resource)
    #expect(!schemas.isEmpty)
    for schema in schemas {
      let members = schema["properties"] as? Object ?? [:]
      #expect(!members.isEmpty)
      for member in members.keys { #expect(columns.contains(member), "\(resource.name).\(member)") }
    }
  }

  @Test("every table has the columns of bookkeeping and its organization", arguments: Catalogue.all)
  func bookkeeping(_ resource: Resource) throws {
    let table = try #require(try MirrorSchemaText.objects(of: resource.name).first)
    let names = Set(table.columns.map(\.name))
    #expect(names.isSuperset(of: ["_raw", "_first_synced_at", "_changed_at", "_deleted_at", "org_id"]))
  }

  @Test("every column says in a comment what it is, where its name does not", arguments: Catalogue.all)
  func comments(_ resource: Resource) throws {
    let sql = try #require(try MirrorSchemaText.objects(of: resource.name).first).sql
    for line in sql.split(separator: "\n") where line.contains(" INTEGER ") || line.contains(" REAL ") {
      #expect(line.contains("--") || line.contains("_settles_at"), "\(line)")
    }
  }
}
