import Testing

@testable import Markdown

@Suite("Markdown as HTML")
struct MarkdownTests {
  private func html(_ markdown: String) -> String { MarkdownHTML(markdown).html }

  @Test(
    "each form of Markdown has its element",
    arguments: [
      ("a *b* **c** `d` ~~e~~", "<p>a <em>b</em> <strong>c</strong> <code>d</code> <del>e</del></p>\n"),
      ("# One\n\n### Two", "<h2>One</h2>\n<h3>Two</h3>\n"),
      ("- a\n- [x] b", "<ul>\n<li>a</li>\n<li>☑ b</li>\n</ul>\n"),
      ("3. a", "<ol start=\"3\">\n<li>a</li>\n</ol>\n"),
      ("```sh\nls <x>\n```", "<pre><code>ls &lt;x&gt;\n</code></pre>\n"),
      ("> a\n\n---", "<blockquote>\n<p>a</p>\n</blockquote>\n<hr>\n"),
      ("&amp; &lt;b&gt; &#65; &nothing;", "<p>&amp; &lt;b&gt; A &amp;nothing;</p>\n"),
      (
        "[a](https://example.org/?b=1&c='2')",
        "<p><a href=\"https://example.org/?b=1&amp;c=&#39;2&#39;\" rel=\"noreferrer noopener\">a</a></p>\n"
      ),
      (
        "see www.example.org", "<p>see <a href=\"http://www.example.org\" rel=\"noreferrer noopener\">www.example.org</a></p>\n"
      ),
    ])
  func elements(_ markdown: String, _ expected: String) {
    #expect(html(markdown) == expected)
  }

  @Test("rows of a table name their columns, for screens that show a row as a list")
  func tables() {
    let table = html("| a | b \"c\" |\n|---|---|\n| 1 | 2 |")
    #expect(table.contains("<th scope=\"col\">a</th>") && table.contains("<td data-label=\"b &quot;c&quot;\">2</td>"))
  }

  @Test("an image is a link, so that showing a text loads nothing")
  func images() {
    #expect(html("![a](https://example.org/b.png)").contains(">a</a>"))
    #expect(html("![](https://example.org/b.png)").contains(">image</a>"))
    // A link in a link is not valid HTML.
    #expect(html("[![a](https://x.example/b.png)](https://y.example)").matches(of: #/<a /#).count == 1)
    #expect(!html("![a](https://example.org/b.png)").contains("<img"))
  }

  @Test("line breaks of a chat are kept on request")
  func lineBreaks() {
    #expect(MarkdownHTML("a\nb", keepsLineBreaks: true).html == "<p>a<br>\nb</p>\n")
    #expect(html("a\nb") == "<p>a\nb</p>\n")
  }

  /// Beginnings of attacks, and characters that parsers treat in a special way.
  private static let pieces = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "[a](JaVaScRiPt:alert(1))",
    "[a](data:text/html,<script>alert(1)</script>)", "[a](&#106;avascript:alert(1))", "[a](java&Tab;script:alert(1))",
    "<javascript:alert(1)>", "![a](javascript:alert(1))", "[a](vbscript:x)", "[a](//example.org)", "[a](file:///etc/passwd)",
    "[a]: javascript:alert(1)\n\n[a]", "[a](https://e.org \"x\\\" onmouseover=alert(1)\")", "<a href='x' onclick='y'>z</a>",
    "```",
    "~~~\"onload=", "`", "|", "\n|---|---|\n", ">", "- ", "1) ", "# ", "*", "_", "**", "~~", "[", "](", ")", "!", "\\",
    "&#x202e;",
    "&#0;",
    "&lt;script&gt;", "\0", "\r", "\n", "\n\n", "\t", " ", "    ", "www.", "http://", "a@b.c", "\"", "'", "\"\u{301}", "\u{202e}",
    "é",
  ]

  /// As a browser parses it: every tag and every attribute is one of ours.
  private func expectHarmless(_ html: String, _ markdown: String) {
    let allowed =
      #/<(?:/?(?:p|em|strong|code|del|pre|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|th|td|a)|hr|br|ol start="[0-9]+"|th scope="col"|td data-label="[^"<>]*"|a href="(?:https?://|mailto:)[^"<> ]*" rel="noreferrer noopener")>/#
      .ignoresCase()
    let rest = html.replacing(allowed, with: "")
    #expect(!rest.contains("<") && !rest.contains(">"), "\(markdown.debugDescription)")
    #expect(!html.lowercased().contains("href=\"javascript"), "\(markdown.debugDescription)")
  }

  @Test("whatever a text contains, only our own elements and safe addresses come of it")
  func hostile() {
    for piece in Self.pieces { expectHarmless(html(piece), piece) }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<1_000 {
      let markdown = (0..<Int.random(in: 1...14, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? "" }
        .joined()
      let made = MarkdownHTML(markdown, firstHeading: 4, keepsLineBreaks: true).html
      expectHarmless(made, markdown)
      // Elements end in the order in which they began.
      var open: [Substring] = []
      for tag in made.matches(of: #/<(/?)([a-z0-9]+)[^>]*>/#) where !["br", "hr"].contains(tag.2) {
        if tag.1.isEmpty { open.append(tag.2) } else { #expect(open.popLast() == tag.2, "\(markdown.debugDescription)") }
      }
      #expect(open.isEmpty, "\(markdown.debugDescription)")
    }
  }

  @Test(
    "deep nesting, many openings without an end and tables with countless cells need neither stack nor memory",
    arguments: [
      ">", "> ", "- ", "[", "![", "*", "_a", "**a", "`", "[a](", "<a ", "1. ", "~~a", "|", "&", "\\", "(", "a\n> ", "[a]",
    ])
  func deep(_ piece: String) {
    for count in [10, 1_000, 30_000 / piece.utf8.count] {
      expectHarmless(html(String(repeating: piece, count: count)), "\(count) times \(piece)")
      expectHarmless(
        html(String(repeating: piece, count: count) + String(repeating: "\n" + piece, count: 100)), "\(count) times \(piece)")
    }
  }

  @Test("a table that asks for more cells than a page can show, and a text that is too long, are shown as they were written")
  func tooLarge() {
    let table =
      "|\(String(repeating: "a|", count: 100))\n|\(String(repeating: "---|", count: 100))\n"
      + String(repeating: "|\n", count: 20_000)
    #expect(html(table).hasPrefix("<pre>|a|a"))
    #expect(html(String(repeating: "*a* ", count: 20_000)).hasPrefix("<pre>*a* *a*"))
    #expect(html("") == "")
  }

  @Test("headings never skip a level, whatever the text does")
  func headings() {
    #expect(MarkdownHTML("###### a\n\n# b\n\n##### c", firstHeading: 4).html == "<h4>a</h4>\n<h4>b</h4>\n<h5>c</h5>\n")
  }
}
