import Foundation

extension UnixTime {
  /// Parses a time such as `2026-11-01`, `2026-11-01T08:00:00Z`, or how long ago it was: `7d`, `2h`. Nil: the text is none.
  package init?(text: String, now: UnixTime) {
    if let age = Duration(text: text), text.last?.isLetter == true {
      self.init(rawValue: now.rawValue - age.components.seconds)
    } else if CalendarDay.begins(text),
      let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: .iso8601.year().month().day()))
    {
      self.init(rawValue: Int64(date.timeIntervalSince1970))
    } else {
      return nil
    }
  }
}
