import ArgumentParser
import DevinSync
import Synchronization

/// A duration on the command line: `30s`, `10m`, `1h30m`, `2d`, or plain seconds.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration
  /// As given.
  let text: String

  init?(argument: String) {
    guard let duration = Duration(text: argument) else { return nil }
    self.duration = duration
    text = argument
    UnitHint.show(for: argument)
  }

  var defaultValueDescription: String { text }
}

/// A hint for people who leave out the unit of a duration, which may not mean what they think.
enum UnitHint {
  private static let shown = Mutex<Set<String>>([])

  /// - Returns: nil: the text has a unit, or 0 needs none.
  static func text(for argument: String) -> String? {
    guard argument.allSatisfy(\.isNumber), let number = Int(argument), number > 0 else { return nil }
    return "\(argument) means \(number.counted("second")). Write \(number)s, \(number)m, \(number)h or \(number)d to be clear."
  }

  /// Says it on a terminal, once.
  static func show(for argument: String) {
    guard Terminal.errors.isTerminal, let text = text(for: argument) else { return }
    if shown.withLock({ $0.insert(argument).inserted }) { Console.say("devin-sync: \(text)") }
  }
}
