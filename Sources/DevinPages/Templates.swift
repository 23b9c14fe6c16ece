import Foundation
import Markdown
import Mustache

/// The pages' templates, parsed once. Every value that they show is escaped; `{{{…}}}` is used only for our own style sheet, and for
/// `MarkdownHTML`, which escapes by itself.
struct Templates: Sendable {
  static let shared = Templates()

  let style = EmbeddedTexts.style_css
  let script = EmbeddedTexts.page_js
  private let library: MustacheLibrary

  private init() {
    MustacheContentTypes.register(Escaped(), named: "ESCAPED")
    MustacheContentTypes.register(EscapedWithCode(), named: "CODE")
    var library = MustacheLibrary()
    for (path, text) in EmbeddedTexts.all {
      guard let name = path.wholeMatch(of: /Templates\/(.+)\.mustache/)?.1 else { continue }
      do {
        try library.register("{{% CONTENT_TYPE: ESCAPED}}" + text, named: String(name))
      } catch {
        preconditionFailure("the template \(name) cannot be read: \(error)")
      }
    }
    self.library = library
  }

  /// - Parameter model: the values that the template uses.
  func render(_ name: String, _ model: [String: Any]) -> String {
    library.render(model.merging(["style": style]) { $1 }, withTemplate: name) ?? ""
  }
}

/// Every value of a template is escaped the same way as texts in Markdown.
private struct Escaped: MustacheContentType {
  func escapeText(_ text: String) -> String { HTMLText.escaped(text) }
}

/// Our own sentences name commands between backticks, as in a terminal. A page shows them as code.
private struct EscapedWithCode: MustacheContentType {
  func escapeText(_ text: String) -> String {
    HTMLText.escaped(text).replacing(#/`([^`]+)`/#) { "<code>\($0.1)</code>" }
  }
}
