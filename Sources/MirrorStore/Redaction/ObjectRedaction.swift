import Foundation

/// Rewrites a JSON text according to a rule. What is kept is copied exactly as it was sent, including all digits of numbers.
package struct ObjectRedaction {
  private let pseudonyms: Pseudonyms
  private let bytes: [UInt8]
  private var output: [UInt8] = []

  /// - Parameter json: a valid JSON text.
  package static func redact(_ json: String, _ rule: RedactionRule, _ pseudonyms: Pseudonyms) -> String {
    var redaction = ObjectRedaction(json, pseudonyms)
    redaction.write(redaction.valueBehind(0), rule)
    return String(decoding: redaction.output, as: UTF8.self)
  }

  private init(_ json: String, _ pseudonyms: Pseudonyms) {
    bytes = Array(json.utf8)
    self.pseudonyms = pseudonyms
    output.reserveCapacity(bytes.count)
  }

  private struct Member {
    let name: String
    let value: Range<Int>
  }

  // MARK: - Writing

  /// - Parameter siblings: the members of the object that contains the value.
  private mutating func write(_ value: Range<Int>, _ rule: RedactionRule, among siblings: [Member] = []) {
    guard let first = value.first.map({ bytes[$0] }) else { return }
    switch (first, rule) {
    case (UInt8(ascii: "\""), _):
      let replaced = pseudonyms.replacement(of: text(value), rule) { name in
        siblings.first { $0.name == name && bytes[$0.value.lowerBound] == UInt8(ascii: "\"") }.map { text($0.value) }
      }
      write(replaced.map { "\"\($0)\"" } ?? "null")
    case (UInt8(ascii: "{"), .members(let rules)): writeMembers(of: value) { rules[$0].map { rule in (nil, rule) } }
    case (UInt8(ascii: "{"), .map(let rule)):
      writeMembers(of: value) { [pseudonyms] in ($0.isEmpty || Pseudonyms.isWord($0) ? $0 : pseudonyms.name($0), rule) }
    case (UInt8(ascii: "["), .list(let rule)): writeItems(of: value) { _ in rule }
    case (UInt8(ascii: "["), .places(let rules)): writeItems(of: value) { $0 < rules.count ? rules[$0] : .name }
    case (UInt8(ascii: "t"), _), (UInt8(ascii: "f"), _), (UInt8(ascii: "n"), _): output += bytes[value]
    case (UInt8(ascii: "{"), _): write("{\"replaced\":\"\(pseudonyms.other(source(value)))\"}")
    case (UInt8(ascii: "["), _): write("[\"\(pseudonyms.other(source(value)))\"]")
    case (_, .kept): output += bytes[value]
    default: write(pseudonyms.number(source(value)))
    }
  }

  /// - Parameter treatment: the new name of a member, nil for its own name, and its rule; nil: the member is left out.
  private mutating func writeMembers(of value: Range<Int>, _ treatment: (String) -> (name: String?, rule: RedactionRule)?) {
    let members = members(of: value)
    var written: Set<String> = []
    output.append(UInt8(ascii: "{"))
    for member in members {
      guard let (name, rule) = treatment(member.name), rule != .dropped, written.insert(member.name).inserted else { continue }
      if written.count > 1 { output.append(UInt8(ascii: ",")) }
      write("\"\(name ?? member.name)\":")
      write(member.value, rule, among: members)
    }
    output.append(UInt8(ascii: "}"))
  }

  private mutating func writeItems(of value: Range<Int>, _ rule: (Int) -> RedactionRule) {
    output.append(UInt8(ascii: "["))
    for (place, item) in items(of: value).enumerated() {
      if place > 0 { output.append(UInt8(ascii: ",")) }
      write(item, rule(place))
    }
    output.append(UInt8(ascii: "]"))
  }

  private mutating func write(_ text: String) { output += text.utf8 }

  // MARK: - Reading

  private func source(_ value: Range<Int>) -> String { String(decoding: bytes[value], as: UTF8.self) }

  /// As SQLite shows it: without escapes, and with U+FFFD instead of NUL.
  private func text(_ value: Range<Int>) -> String {
    let inner = bytes[value.lowerBound + 1..<max(value.lowerBound + 1, value.upperBound - 1)]
    guard inner.contains(UInt8(ascii: "\\")) else { return String(decoding: inner, as: UTF8.self) }
    let decoded = try? JSONDecoder().decode(String.self, from: Data(bytes[value]))
    return (decoded ?? String(decoding: inner, as: UTF8.self)).replacing("\0", with: "\u{fffd}")
  }

  private func members(of value: Range<Int>) -> [Member] {
    var members: [Member] = []
    var place = value.lowerBound + 1
    while place < value.upperBound - 1 {
      let name = valueBehind(place)
      guard !name.isEmpty, bytes[name.lowerBound] == UInt8(ascii: "\"") else { break }
      let value = valueBehind(name.upperBound)
      guard !value.isEmpty else { break }
      members.append(Member(name: text(name), value: value))
      place = value.upperBound
    }
    return members
  }

  private func items(of value: Range<Int>) -> [Range<Int>] {
    var items: [Range<Int>] = []
    var place = value.lowerBound + 1
    while place < value.upperBound - 1 {
      let item = valueBehind(place)
      guard !item.isEmpty, item.upperBound < value.upperBound else { break }
      items.append(item)
      place = item.upperBound
    }
    return items
  }

  /// The range of the next value, after white space, a comma or a colon; empty: there is none.
  private func valueBehind(_ start: Int) -> Range<Int> {
    var place = start
    while place < bytes.count, " \t\r\n,:".utf8.contains(bytes[place]) { place += 1 }
    guard place < bytes.count else { return place..<place }
    switch bytes[place] {
    case UInt8(ascii: "\""): return place..<endOfText(place)
    case UInt8(ascii: "{"), UInt8(ascii: "["): return place..<endOfBrackets(place)
    default:
      let end = bytes[place...].firstIndex { " \t\r\n,:]}".utf8.contains($0) } ?? bytes.count
      return place..<end
    }
  }

  private func endOfText(_ quote: Int) -> Int {
    var place = quote + 1
    while place < bytes.count, bytes[place] != UInt8(ascii: "\"") { place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1 }
    return min(place + 1, bytes.count)
  }

  private func endOfBrackets(_ start: Int) -> Int {
    var place = start
    var depth = 0
    while place < bytes.count {
      switch bytes[place] {
      case UInt8(ascii: "\""):
        place = endOfText(place)
        continue
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return place + 1 }
      default: break
      }
      place += 1
    }
    return place
  }
}
