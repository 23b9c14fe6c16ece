import DevinModel
import Foundation

/// What is wrong with a file, or with a place where one should be.
package struct FileProblem: Error, Hashable, Sendable {
  package let path: String
  /// From 1; nil: the whole file.
  package let line: Int?
  package let what: String

  init(_ path: String, line: Int? = nil, _ what: String) {
    self.path = path
    self.line = line
    self.what = what
  }

  /// `notes/how-to.md:3: trigger is missing`
  package var message: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(what)" }
}

/// One object as a file: Markdown with front matter, or YAML.
package struct ContentFile: Sendable {
  /// The version of an object that a file was made from.
  package struct Base: Hashable, Sendable {
    /// `Content.hash`.
    package let hash: String
    /// As the object says it.
    let updatedAt: JSONValue
  }

  /// For messages.
  package let path: String
  package let content: Content
  /// Nil: the object does not exist yet.
  package let key: String?
  /// Nil: the file does not say.
  package let organization: String?
  package let isOfEnterprise: Bool
  /// Of a note's folder; nil: the file does not say.
  let folderPath: String?
  /// Nil: the file does not say.
  package let base: Base?
  /// What keeps its contents from being sent.
  let problems: [FileProblem]

  package var kind: ContentKind { content.kind }
  /// Whether it says something else than the version that it was made from.
  package var isWish: Bool { key == nil || base?.hash != content.hash }

  private static let separator = "---"

  // MARK: - Writing

  /// The file of an object.
  /// - Parameter row: as Devin sent it.
  static func text(_ kind: ContentKind, key: String, row: [String: JSONValue]) -> String {
    let content = Content(kind, row: row)
    var members: [(key: String, value: JSONValue)] = [(kind.keyMember, .text(key))]
    members += kind.members.filter { $0.name != kind.bodyMember }.map { ($0.name, content[$0.name]) }
    members += (kind.shownMembers + ["access_type", "org_id"]).compactMap { name in
      row[name].flatMap { $0 == .null ? nil : (name, $0) }
    }
    let head = YAMLWriter.lines(members) + [baseLine(content, row)]
    return text(head, of: content)
  }

  /// What can be written of an object, in the form of a file, for people to compare.
  static func shown(_ content: Content) -> String {
    let kind = content.kind
    return text(
      YAMLWriter.lines(kind.members.filter { $0.name != kind.bodyMember }.map { ($0.name, content[$0.name]) }), of: content)
  }

  private static func text(_ head: [String], of content: Content) -> String {
    let head = head.joined(separator: "\n") + "\n"
    guard let body = content.kind.bodyMember else { return head }
    // One line break more than the text has, so that a text without one at its end is told from one with one.
    return "\(separator)\n\(head)\(separator)\n\n\(content[body].text ?? "")\n"
  }

  private static func baseLine(_ content: Content, _ row: [String: JSONValue]) -> String {
    "base: " + YAMLWriter.inline(.object(["hash": .text(content.hash), "updated_at": row["updated_at"] ?? .null]))
  }

  /// A file after its object was written: as somebody wrote it, but for the id and the base.
  /// - Returns: nil: it is written in a way that does not allow it.
  static func text(_ text: String, nowOf key: String, _ content: Content, row: [String: JSONValue]) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let isMarkdown = content.kind.bodyMember != nil
    let start = isMarkdown ? 1 : 0
    var end = isMarkdown ? lines.dropFirst().firstIndex { $0.trimmingSuffix("\r") == separator } ?? lines.count : lines.count
    if !isMarkdown, lines.last == "" { end -= 1 }
    guard start <= end else { return nil }
    func has(_ name: String) -> Bool { lines[start..<end].contains { $0.hasPrefix("\(name):") } }
    if let organization = row["org_id"]?.text, !has("org_id") {
      // The last line is the base, and is made below where it is missing.
      let place = lines[start..<end].firstIndex { $0.hasPrefix("base:") } ?? end
      lines.insert("org_id: \(JSONValue.quoted(organization))", at: place)
      end += 1
    }
    let base = lines[start..<end].firstIndex { $0.hasPrefix("base:") }
    if let base {
      guard lines[base].trimmingSuffix("\r").hasSuffix("}") else { return nil }
      lines[base] = baseLine(content, row)
    } else {
      lines.insert(baseLine(content, row), at: end)
      end += 1
    }
    if !has(content.kind.keyMember) {
      var first = start
      // A document may begin with a line of its own.
      if !isMarkdown, lines.first?.trimmingSuffix("\r") == separator { first += 1 }
      lines.insert("\(content.kind.keyMember): \(JSONValue.quoted(key))", at: first)
    }
    return lines.joined(separator: "\n")
  }

  /// Whether somebody edited an exported file, so that it says something that only this file does.
  /// - Parameter path: below the folder of the export.
  package static func isEdited(_ path: String, _ text: String) -> Bool {
    guard let kind = ContentKind(rawValue: String(path.prefix { $0 != "/" })) else { return false }
    // What cannot be read was not written by an export.
    guard let file = try? ContentFile(text, kind: kind, path: path) else { return true }
    // One without a base is from `export knowledge`, or somebody's own.
    return file.base.map { $0.hash != file.content.hash } ?? (file.key == nil)
  }

  // MARK: - Reading

  /// - Throws: `FileProblem` for a text from which nothing can be read.
  init(_ text: String, kind: ContentKind, path: String) throws(FileProblem) {
    self.path = path
    let (head, body, offset) = try Self.parts(text, kind, path)
    let document: YAMLReader.Document
    do throws(YAMLReader.SyntaxError) {
      document = try YAMLReader.document(head)
    } catch {
      throw FileProblem(path, line: error.line.map { $0 + offset }, error.what)
    }
    func line(_ name: String) -> Int? { document.lines[name].map { $0 + offset } }
    func textMember(_ name: String) throws(FileProblem) -> String? {
      switch document.members[name] {
      case nil, .null: return nil
      case .text(let text) where !text.isEmpty && !text.utf8.contains(0): return text
      default: throw FileProblem(path, line: line(name), "\(name) is no text; put it in quotes")
      }
    }
    let names = Set(kind.members.map(\.name)).subtracting([kind.bodyMember].compactMap(\.self))
    let known = names.union(kind.shownMembers).union([kind.keyMember, "access_type", "org_id", "base"])
    if let other = document.members.keys.filter({ !known.contains($0) }).sorted().first {
      throw FileProblem(
        path, line: line(other), "a \(kind.word) has no member `\(other)` that can be written\(Self.advice(other, known))")
    }
    key = try textMember(kind.keyMember)
    organization = try textMember("org_id")
    isOfEnterprise = try textMember("access_type") == "enterprise"
    folderPath = document.members["folder_path"]?.text
    base = try Self.base(document.members["base"], path, line("base"))
    var members = document.members.filter { names.contains($0.key) }
    if let name = kind.bodyMember { members[name] = .text(body) }
    content = Content(kind, members)
    problems = kind.members.compactMap { member in
      member.objection(to: members[member.name] ?? .null).map {
        FileProblem(path, line: line(member.name), "\(member.name) \($0)")
      }
    }
  }

  private static func base(_ value: JSONValue?, _ path: String, _ line: Int?) throws(FileProblem) -> Base? {
    guard let value, value != .null else { return nil }
    guard let members = value.object, let hash = members["hash"]?.text else {
      throw FileProblem(path, line: line, "base is not what an export writes: {hash: \"…\", updated_at: …}")
    }
    return Base(hash: hash, updatedAt: members["updated_at"] ?? .null)
  }

  private static func advice(_ name: String, _ known: Set<String>) -> String {
    known.sorted().nearest(to: name).map { ". Did you mean `\($0)`?" } ?? ""
  }

  /// - Returns: the YAML, the text below it, and the lines above the YAML.
  private static func parts(
    _ text: String, _ kind: ContentKind, _ path: String
  ) throws(FileProblem) -> (head: String, body: String, offset: Int) {
    guard kind.bodyMember != nil else { return (text, "", 0) }
    let bytes = text.utf8
    func end(of start: String.Index) -> String.Index {
      bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { bytes.index(after: $0) } ?? bytes.endIndex
    }
    func isSeparator(_ line: Range<String.Index>) -> Bool {
      ["---\n", "---\r\n", "---"].contains { $0.utf8.elementsEqual(bytes[line]) }
    }
    let first = bytes.startIndex..<end(of: bytes.startIndex)
    guard isSeparator(first) else {
      throw FileProblem(path, line: 1, "it does not begin with front matter: a line of three hyphens, and one after the members")
    }
    var start = first.upperBound
    while start < bytes.endIndex {
      let line = start..<end(of: start)
      if isSeparator(line) {
        var rest = bytes[line.upperBound...]
        if rest.starts(with: "\r\n".utf8) {
          rest = rest.dropFirst(2)
        } else if rest.first == UInt8(ascii: "\n") {
          rest = rest.dropFirst()
        }
        if rest.last == UInt8(ascii: "\n") { rest = rest.dropLast() }
        return (String(bytes[first.upperBound..<start]) ?? "", String(rest) ?? "", 1)
      }
      start = line.upperBound
    }
    throw FileProblem(path, line: 1, "its front matter has no end: a line of three hyphens")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String { hasSuffix(suffix) ? String(dropLast(suffix.count)) : self }
}
