import ArgumentParser

/// A length of time on the command line: `30s`, `10m`, `1h30m`, `2d`, or plain seconds.
struct DurationArgument: ExpressibleByArgument {
  let duration: Duration
  /// As given.
  let text: String

  init?(argument: String) {
    var rest = argument[...]
    var seconds = 0
    while !rest.isEmpty {
      let digits = rest.prefix(while: \.isNumber)
      guard let number = Int(digits) else { return nil }
      rest = rest.dropFirst(digits.count)
      let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
      let unit = rest.popFirst() ?? "s"
      guard let length = units[unit], number < 1 << 40 / length else { return nil }
      seconds += number * length
    }
    guard !argument.isEmpty else { return nil }
    duration = .seconds(seconds)
    text = argument
  }

  var defaultValueDescription: String { text }
}
