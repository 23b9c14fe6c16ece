import Foundation

/// What a page says about itself. Decoding it reads the whole body, so that a truncated page can never pass for the last.
struct Envelope {
  var rowCount = 0
  var endCursor: String?
  var hasNextPage: Bool?
  var total: Int?

  /// - Throws: `.notJSON` for anything but one JSON document in UTF-8, `.unexpectedShape` where the rows are not where
  ///   they belong.
  init(body: Data, rows: RowsPlace) throws(Problem) {
    do {
      self = try JSONDecoder().decode(Envelope.self, from: body, configuration: rows)
    } catch let problem as Problem {
      throw problem
    } catch DecodingError.dataCorrupted {
      throw .notJSON
    } catch {
      throw .unexpectedShape("it is no JSON object")
    }
  }

  enum Problem: Error {
    case notJSON
    case unexpectedShape(String)
  }
}

extension Envelope: DecodableWithConfiguration {
  init(from decoder: any Decoder, configuration rows: RowsPlace) throws {
    switch rows {
    case .member(let member):
      let members = try decoder.container(keyedBy: Member.self)
      guard members.contains(Member(member)) else { throw Problem.unexpectedShape("`\(member)` is missing") }
      guard let list = try? members.nestedUnkeyedContainer(forKey: Member(member)) else {
        throw Problem.unexpectedShape("`\(member)` is no list")
      }
      rowCount = list.count ?? 0
      endCursor = try? members.decodeIfPresent(String.self, forKey: "end_cursor")
      do {
        hasNextPage = try members.decodeIfPresent(Bool.self, forKey: "has_next_page")
      } catch {
        // Read as "no more", it would end the walk, and what it did not list would be taken for deleted.
        throw Problem.unexpectedShape("`has_next_page` is neither true nor false")
      }
      total = try? members.decodeIfPresent(Int.self, forKey: "total")
    case .wholeAnswer:
      guard let list = try? decoder.unkeyedContainer() else { throw Problem.unexpectedShape("it is no JSON list") }
      rowCount = list.count ?? 0
    case .object:
      _ = try decoder.container(keyedBy: Member.self)
      rowCount = 1
    }
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
