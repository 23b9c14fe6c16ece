/// Markdown as HTML that is safe to show, whoever wrote it. The elements are written here, one by one, as the parser finds them: HTML in the
/// Markdown is shown as text, only web and email addresses become links, and images become links, so that showing a text loads nothing.
package struct MarkdownHTML: Hashable, Sendable {
  /// Elements without a document around them.
  package let html: String

  /// The longest text that is parsed, in UTF-8 bytes. Longer ones are shown as they were written, since the time that some texts take grows
  /// with the square of their length.
  package static let mostBytes = 64 << 10

  /// - Parameters:
  ///   - markdown: the text, in GitHub's dialect.
  ///   - firstHeading: the level of the first heading, 1 to 6, so that headings follow those of the page.
  ///   - keepsLineBreaks: whether each line break of a paragraph is shown, as in a chat.
  ///   - most: the most bytes of HTML. A table can ask for many more cells than its text has characters. A text that becomes longer is
  ///     shown as it was written.
  package init(_ markdown: String, firstHeading: Int = 2, keepsLineBreaks: Bool = false, most: Int = 1 << 20) {
    let writer = MarkdownWriter(firstHeading: firstHeading, keepsLineBreaks: keepsLineBreaks, most: most)
    html = markdown.utf8.count <= Self.mostBytes ? writer.write(markdown) ?? Self.plain(markdown) : Self.plain(markdown)
  }

  private static func plain(_ text: String) -> String { "<pre>\(HTMLText.escaped(text))</pre>\n" }
}
