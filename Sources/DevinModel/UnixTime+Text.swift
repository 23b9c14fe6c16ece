import Foundation

extension UnixTime {
  /// Parses a time such as `2026-11-01`, `2026-11-01T08:00:00Z`, how long ago it was (`7d`, `2h`), or the start of a span of
  /// days in UTC (`yesterday`, `last week`, `2026-11`; see `DaySpan`). Nil: the text is none.
  package init?(text: String, now: UnixTime) {
    if let age = Duration(text: text), text.last?.isLetter == true {
      self = now - age
    } else if let span = DaySpan(text, today: now.day) {
      self.init(day: span.first)
    } else if CalendarDay.begins(text),
      let date = (try? Date(text, strategy: .iso8601)) ?? (try? Date(text, strategy: .iso8601.year().month().day()))
    {
      self.init(rawValue: Int64(date.timeIntervalSince1970))
    } else {
      return nil
    }
  }
}
