import Foundation
import Mustache

/// The pages' templates, parsed once. Every value that they show is escaped; `{{{…}}}` is used only for our own style sheet.
struct Templates: Sendable {
  static let shared = Templates()

  let style = EmbeddedTexts.style_css
  private let library: MustacheLibrary

  private init() {
    MustacheContentTypes.register(Escaped(), named: "ESCAPED")
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

/// Escapes HTML's special characters in text and in quoted attributes. It works on Unicode scalars: the template engine's own escaping
/// does not recognize a quote followed by a combining accent, since both are one character, but a browser treats it as a quote.
private struct Escaped: MustacheContentType {
  func escapeText(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "&": escaped += "&amp;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      // Characters that HTML forbids, and characters that reverse the direction of the text around them.
      case "\0", "\u{1}"..."\u{8}", "\u{b}", "\u{e}"..."\u{1f}", "\u{7f}"..."\u{9f}", "\u{202a}"..."\u{202e}",
        "\u{2066}"..."\u{2069}":
        escaped += "\u{fffd}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
