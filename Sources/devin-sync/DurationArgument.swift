import ArgumentParser
import DevinSync

/// A duration on the command line: `30s`, `10m`, `1h30m`, `2d`, or plain seconds.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration
  /// As given.
  let text: String

  init?(argument: String) {
    guard let duration = Duration(text: argument) else { return nil }
    self.duration = duration
    text = argument
  }

  var defaultValueDescription: String { text }
}
