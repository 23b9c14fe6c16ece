import ArgumentParser

/// A share on the command line: `20%`, or `20`.
struct PercentArgument: ExpressibleByArgument {
  /// 0 to 1.
  let share: Double
  /// As given.
  let text: String

  init?(argument: String) {
    guard let percent = Double(argument.hasSuffix("%") ? String(argument.dropLast()) : argument), (0...100).contains(percent)
    else {
      return nil
    }
    share = percent / 100
    text = argument
  }
}
