extension Duration {
  /// Parses a duration such as `30s`, `10m`, `1h30m`, `2d`, or plain seconds. Nil: the text is none.
  package init?(text: String) {
    var rest = text[...]
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
    guard !text.isEmpty else { return nil }
    self = .seconds(seconds)
  }

  /// The duration in this format, in whole seconds: `6h`, `1h30m`.
  package var asSetting: String {
    let seconds = components.seconds
    guard seconds >= 1 else { return "0s" }
    var (text, rest) = ("", seconds)
    for (unit, length) in [("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] as [(String, Int64)] where rest >= length {
      // 36h, not 1d12h.
      if unit == "d", rest < 2 * length || rest % length != 0 { continue }
      text += "\(rest / length)\(unit)"
      rest %= length
    }
    return text
  }
}
