import Foundation

/// What an output stream leads to. It is found out once, before a pager takes the stream's place.
struct Terminal: Sendable {
  /// Columns of the screen; nil: it is no terminal.
  let width: Int?
  /// Lines of the screen.
  let height: Int
  /// Whether colors may be used. They are never the only signal.
  let hasColor: Bool

  var isTerminal: Bool { width != nil }

  static let output = Terminal(STDOUT_FILENO)
  static let errors = Terminal(STDERR_FILENO)

  /// - Parameter descriptor: the open stream.
  init(_ descriptor: Int32) {
    guard isatty(descriptor) == 1 else {
      (width, height, hasColor) = (nil, 24, false)
      return
    }
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0
    width = isKnown && size.ws_col > 20 ? Int(size.ws_col) : 80
    height = isKnown && size.ws_row > 4 ? Int(size.ws_row) : 24
    hasColor = Settings.environment("NO_COLOR") == nil && Settings.environment("TERM") != "dumb"
  }
}
