import DevinModel
import Foundation

/// The metadata of a page. Decoding it parses the complete body, so that a truncated page is never accepted as the last one.
struct Envelope: Hashable {
  var rowCount = 0
  var endCursor: String?
  var hasNextPage: Bool?
  var total: Int?

  init() {}

  /// - Throws: `.notJSON` for anything but one JSON document in UTF-8, `.unexpectedShape` if the rows are not at the expected
  ///   place.
  init(body: Data, rows: RowLocation) throws(Problem) {
    do {
      self = try JSONDecoder().decode(Envelope.self, from: body, configuration: rows)
    } catch let problem as Problem {
      throw problem
    } catch DecodingError.dataCorrupted {
      throw .notJSON
    } catch {
      throw .unexpectedShape("it is not a JSON object")
    }
  }

  /// The maximum number of JSON values in one answer. A page of 200 sessions has about 20,000.
  static let mostValues = 2_000_000
  private static let mostRowsOfList = 1_000_000_000_000

  enum Problem: Error {
    case notJSON
    case unexpectedShape(String)
  }
}

extension Envelope: DecodableWithConfiguration {
  init(from decoder: any Decoder, configuration rows: RowLocation) throws {
    switch try Self.place(rows, in: decoder) {
    case .member(let member), .texts(let member, as: _):
      let members = try decoder.container(keyedBy: Member.self)
      guard members.contains(Member(member)) else { throw Problem.unexpectedShape("`\(member)` is missing") }
      guard let list = try? members.nestedUnkeyedContainer(forKey: Member(member)) else {
        throw Problem.unexpectedShape("`\(member)` is not a list")
      }
      rowCount = list.count ?? 0
      endCursor = try? members.decodeIfPresent(String.self, forKey: "end_cursor")
      do {
        hasNextPage = try members.decodeIfPresent(Bool.self, forKey: "has_next_page")
      } catch {
        // If this were read as "no more", the walk would end, and rows that it did not list would count as deleted.
        throw Problem.unexpectedShape("`has_next_page` is neither true nor false")
      }
      total = try? members.decodeIfPresent(Int.self, forKey: "total")
      // A value that cannot be a number of rows is ignored.
      if let claimed = total, !(0...Self.mostRowsOfList).contains(claimed) { total = nil }
    case .map(let member, name: _):
      rowCount = try Self.object(member, in: decoder).allKeys.count
    case .mapOfMaps(let member):
      let groups = try Self.object(member, in: decoder)
      for group in groups.allKeys {
        guard let inner = try? groups.nestedContainer(keyedBy: Member.self, forKey: group) else {
          throw Problem.unexpectedShape("`\(member).\(group.stringValue)` is not an object")
        }
        rowCount += inner.allKeys.count
      }
    case .wholeAnswer:
      guard let list = try? decoder.unkeyedContainer() else { throw Problem.unexpectedShape("it is not a JSON list") }
      rowCount = list.count ?? 0
    case .object, .download, .firstMember, .listOrObject:
      _ = try decoder.container(keyedBy: Member.self)
      rowCount = 1
    }
  }

  /// If several places are possible for the rows, the place in this answer.
  private static func place(_ rows: RowLocation, in decoder: any Decoder) throws -> RowLocation {
    switch rows {
    case .firstMember(let names):
      let members = try decoder.container(keyedBy: Member.self)
      return .member(names.first { members.contains(Member($0)) } ?? names.joined(separator: "` or `"))
    case .listOrObject: return (try? decoder.unkeyedContainer()) == nil ? .object : .wholeAnswer
    default: return rows
    }
  }

  private static func object(_ member: String, in decoder: any Decoder) throws -> KeyedDecodingContainer<Member> {
    let members = try decoder.container(keyedBy: Member.self)
    guard let object = try? members.nestedContainer(keyedBy: Member.self, forKey: Member(member)) else {
      throw Problem.unexpectedShape("`\(member)` is missing or not an object")
    }
    return object
  }

  private struct Member: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init(stringLiteral value: String) { stringValue = value }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
