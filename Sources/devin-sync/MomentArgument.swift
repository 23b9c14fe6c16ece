import ArgumentParser
import DevinSync
import Foundation

/// A moment on the command line: `2026-11-01`, `2026-11-01T08:00:00Z`, or how long ago: `7d`, `2h`.
struct MomentArgument: ExpressibleByArgument {
  let moment: UnixTime
  /// As given.
  let text: String

  init?(argument: String) { self.init(argument: argument, now: .now) }

  init?(argument: String, now: UnixTime) {
    text = argument
    if let age = DurationArgument(argument: argument)?.duration, argument.last?.isLetter == true {
      moment = UnixTime(rawValue: now.rawValue - age.components.seconds)
    } else if CalendarDay.begins(argument),
      let date = (try? Date(argument, strategy: .iso8601))
        ?? (try? Date(argument, strategy: .iso8601.year().month().day()))
    {
      moment = UnixTime(rawValue: Int64(date.timeIntervalSince1970))
    } else {
      return nil
    }
  }

  var defaultValueDescription: String { text }
}
