extension Duration {
  /// `4 s`, `12 min`: in whole units, for people.
  package var inWholeUnits: String {
    let seconds = components.seconds
    return seconds < 120 ? "\(seconds) s" : "\(seconds / 60) min"
  }
}
