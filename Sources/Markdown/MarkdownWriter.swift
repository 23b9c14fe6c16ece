import CMD4C

/// Writes HTML while md4c parses. md4c calls back for each beginning, text and end, in order and without recursion, so that deep nesting
/// needs no stack.
final class MarkdownWriter {
  private let firstHeading: Int
  private let keepsLineBreaks: Bool
  private var html = ""
  /// The ends of the open elements. Empty: nothing was written for an element, for example for a link that is none.
  private var ends: [String] = []
  /// The number of open links: a link in a link is not valid.
  private var links = 0
  private var lastHeading: Int
  /// Names of the columns of the current table, which rows show on a narrow screen.
  private var columns: [String] = []
  private var column = 0
  private var isHeadOfTable = false
  /// The length of the HTML where each open image began.
  private var images: [Int] = []

  /// Deeper elements are not written, only their text: no reader needs them, and browsers have limits of their own.
  private static let mostDepth = 48
  private let most: Int

  init(firstHeading: Int, keepsLineBreaks: Bool, most: Int) {
    self.most = most
    self.firstHeading = firstHeading
    lastHeading = firstHeading - 1
    self.keepsLineBreaks = keepsLineBreaks
  }

  /// - Returns: nil: the text cannot be parsed, or becomes too long.
  func write(_ markdown: String) -> String? {
    var parser = MD_PARSER()
    parser.flags = UInt32(dialect | MD_FLAG_NOHTMLBLOCKS | MD_FLAG_NOHTMLSPANS)
    parser.enter_block = { type, detail, writer in MarkdownWriter.of(writer).enter(block: type, detail) }
    parser.leave_block = { type, _, writer in MarkdownWriter.of(writer).leave(block: type) }
    parser.enter_span = { type, detail, writer in MarkdownWriter.of(writer).enter(span: type, detail) }
    parser.leave_span = { type, _, writer in MarkdownWriter.of(writer).leave(span: type) }
    parser.text = { type, text, size, writer in MarkdownWriter.of(writer).text(type, text, size) }
    var text = markdown
    let status = text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { characters -> Int32 in
        guard let start = characters.baseAddress else { return 0 }
        return md_parse(start, MD_SIZE(characters.count), &parser, Unmanaged.passUnretained(self).toOpaque())
      }
    }
    return status == 0 ? html : nil
  }

  private static func of(_ pointer: UnsafeMutableRawPointer?) -> MarkdownWriter {
    guard let pointer else { preconditionFailure("md4c passes on what md_parse was given") }
    return Unmanaged<MarkdownWriter>.fromOpaque(pointer).takeUnretainedValue()
  }

  // MARK: Elements

  private func open(_ start: String, _ end: String) {
    let isShown = ends.count < Self.mostDepth
    if isShown { html += start }
    ends.append(isShown ? end : "")
  }

  private func close() { html += ends.popLast() ?? "" }

  /// What a callback returns: any other number than 0 stops the parser.
  private var status: Int32 { html.utf8.count <= most ? 0 : 1 }

  private func enter(block type: MD_BLOCKTYPE, _ detail: UnsafeMutableRawPointer?) -> Int32 {
    switch type {
    case MD_BLOCK_QUOTE: open("<blockquote>\n", "</blockquote>\n")
    case MD_BLOCK_UL: open("<ul>\n", "</ul>\n")
    case MD_BLOCK_OL:
      let start = detail?.load(as: MD_BLOCK_OL_DETAIL.self).start ?? 1
      open(start == 1 ? "<ol>\n" : "<ol start=\"\(start)\">\n", "</ol>\n")
    case MD_BLOCK_LI:
      open("<li>", "</li>\n")
      if let item = detail?.load(as: MD_BLOCK_LI_DETAIL.self), item.is_task != 0 {
        html += item.task_mark == CChar(UInt8(ascii: " ")) ? "☐ " : "☑ "
      }
    case MD_BLOCK_HR: html += "<hr>\n"
    case MD_BLOCK_H:
      let level = Int(detail?.load(as: MD_BLOCK_H_DETAIL.self).level ?? 1)
      lastHeading = min(firstHeading + level - 1, lastHeading + 1, 6)
      open("<h\(lastHeading)>", "</h\(lastHeading)>\n")
    case MD_BLOCK_CODE: open("<pre><code>", "</code></pre>\n")
    case MD_BLOCK_P: open("<p>", "</p>\n")
    case MD_BLOCK_TABLE:
      columns = []
      open("<table>\n", "</table>\n")
    case MD_BLOCK_THEAD:
      isHeadOfTable = true
      open("<thead>\n", "</thead>\n")
    case MD_BLOCK_TBODY: open("<tbody>\n", "</tbody>\n")
    case MD_BLOCK_TR:
      column = 0
      open("<tr>", "</tr>\n")
    case MD_BLOCK_TH:
      columns.append("")
      open("<th scope=\"col\">", "</th>")
    case MD_BLOCK_TD:
      let name = columns.indices.contains(column) ? columns[column] : ""
      column += 1
      open(name.isEmpty ? "<td>" : "<td data-label=\"\(HTMLText.escaped(name))\">", "</td>")
    default: open("", "")
    }
    return status
  }

  private func leave(block type: MD_BLOCKTYPE) -> Int32 {
    if type == MD_BLOCK_THEAD { isHeadOfTable = false }
    if type != MD_BLOCK_HR { close() }
    return status
  }

  private func enter(span type: MD_SPANTYPE, _ detail: UnsafeMutableRawPointer?) -> Int32 {
    switch type {
    case MD_SPAN_EM: open("<em>", "</em>")
    case MD_SPAN_STRONG: open("<strong>", "</strong>")
    case MD_SPAN_CODE: open("<code>", "</code>")
    case MD_SPAN_DEL: open("<del>", "</del>")
    case MD_SPAN_A: openLink(detail.map { Self.text(of: $0.load(as: MD_SPAN_A_DETAIL.self).href) })
    case MD_SPAN_IMG:
      openLink(detail.map { Self.text(of: $0.load(as: MD_SPAN_IMG_DETAIL.self).src) })
      images.append(html.utf8.count)
    default: open("", "")
    }
    return status
  }

  private func leave(span type: MD_SPANTYPE) -> Int32 {
    if type == MD_SPAN_IMG, images.popLast() == html.utf8.count { html += "image" }
    if type == MD_SPAN_A || type == MD_SPAN_IMG { links -= 1 }
    close()
    return status
  }

  private func openLink(_ address: String?) {
    links += 1
    guard links == 1, let address, Self.isSafe(address) else { return open("", "") }
    open("<a href=\"\(HTMLText.escaped(address))\" rel=\"noreferrer noopener\">", "</a>")
  }

  private func text(_ type: MD_TEXTTYPE, _ start: UnsafePointer<CChar>?, _ size: MD_SIZE) -> Int32 {
    let given = Self.string(start, Int(size))
    let shown: String
    switch type {
    case MD_TEXT_NULLCHAR: shown = "\u{fffd}"
    case MD_TEXT_BR:
      html += "<br>\n"
      return status
    case MD_TEXT_SOFTBR:
      html += keepsLineBreaks ? "<br>\n" : "\n"
      return status
    case MD_TEXT_ENTITY: shown = CharacterReference.text(given) ?? given
    default: shown = given
    }
    if isHeadOfTable, let last = columns.indices.last, columns[last].utf8.count < 60 { columns[last] += shown.prefix(60) }
    html += HTMLText.escaped(shown)
    return status
  }

  // MARK: Values

  /// Whether a browser opens this address without running anything: a complete web or email address.
  private static func isSafe(_ address: String) -> Bool {
    let start = address.prefix(8).lowercased()
    return ["http://", "https://", "mailto:"].contains { start.hasPrefix($0) }
      && address.unicodeScalars.allSatisfy { $0.value > 0x20 && !(0x7f...0x9f).contains($0.value) }
  }

  /// An attribute of an element; its parts are texts and references to characters.
  private static func text(of attribute: MD_ATTRIBUTE) -> String {
    guard let types = attribute.substr_types, let offsets = attribute.substr_offsets, let start = attribute.text else {
      return ""
    }
    var (text, part) = ("", 0)
    while offsets[part] < attribute.size {
      let (from, to) = (Int(offsets[part]), Int(offsets[part + 1]))
      let given = string(start + from, to - from)
      switch types[part] {
      case MD_TEXT_ENTITY: text += CharacterReference.text(given) ?? given
      case MD_TEXT_NULLCHAR: text += "\u{fffd}"
      default: text += given
      }
      part += 1
    }
    return text
  }

  private static func string(_ start: UnsafePointer<CChar>?, _ size: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: size), as: UTF8.self)
  }
}

/// GitHub's dialect: tables, strikethrough, task lists, and addresses without brackets.
private let dialect =
  MD_FLAG_PERMISSIVEURLAUTOLINKS | MD_FLAG_PERMISSIVEEMAILAUTOLINKS | MD_FLAG_PERMISSIVEWWWAUTOLINKS | MD_FLAG_TABLES
  | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS
