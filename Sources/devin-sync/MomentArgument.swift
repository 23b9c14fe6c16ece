import ArgumentParser
import DevinSync

/// A time on the command line: `2026-11-01`, `2026-11-01T08:00:00Z`, how long ago (`7d`, `2h`), or the start of a span of days: `yesterday`,
/// `last week`, `2026-11`.
struct MomentArgument: ExpressibleByArgument {
  let moment: UnixTime
  /// As given.
  let text: String

  init?(argument: String) { self.init(argument: argument, now: .now) }

  init?(argument: String, now: UnixTime) {
    guard let moment = UnixTime(text: argument, now: now) else { return nil }
    self.moment = moment
    text = argument
  }

  var defaultValueDescription: String { text }
}
