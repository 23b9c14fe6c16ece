import ArgumentParser
import DevinSync
import Foundation

/// Times for people: on a terminal recent ones are relative (`2 min ago`), in files and pipes all are absolute.
struct TimeText: Sendable {
  /// Nil: UTC.
  let zone: TimeZone?
  /// Whether the reader sits at a terminal.
  let isForTerminal: Bool
  let now: UnixTime

  init(zone: TimeZone? = nil, isForTerminal: Bool = Terminal.output.isTerminal, now: UnixTime = .now) {
    self.zone = zone
    self.isForTerminal = isForTerminal
    self.now = now
  }

  func callAsFunction(_ time: UnixTime) -> String {
    if zone != nil { return absolute(time) }
    return isForTerminal ? Self.relative(time, to: now) ?? absolute(time) : time.iso8601
  }

  /// As part of a sentence: `2 min ago`, or `at 2026-11-24 15:30 UTC`.
  func moment(_ time: UnixTime) -> String {
    let relative = zone == nil && isForTerminal ? Self.relative(time, to: now) : nil
    return relative ?? "at \(self(time))"
  }

  /// `2 min ago`; nil: it is a week ago or more, or in the future.
  static func relative(_ time: UnixTime, to now: UnixTime) -> String? {
    let seconds = now.seconds(since: time)
    switch seconds {
    case ..<0: return nil
    case 0..<60: return "\(seconds) s ago"
    case 60..<3_600: return "\(seconds / 60) min ago"
    case 3_600..<86_400: return "\(seconds / 3_600) h ago"
    case 86_400..<172_800: return "1 day ago"
    case 172_800..<604_800: return "\(seconds / 86_400) days ago"
    default: return nil
    }
  }

  /// On a terminal `2026-11-24 15:30 UTC`, otherwise as in RFC 3339.
  func absolute(_ time: UnixTime) -> String {
    let offset = zone.map { Int64($0.secondsFromGMT(for: Date(timeIntervalSince1970: Double(time.rawValue)))) } ?? 0
    let text = (time + .seconds(offset)).iso8601
    guard text.count == 20 else { return text }
    let suffix = zone == nil ? nil : Self.offset(offset)
    guard isForTerminal else { return text.dropLast() + (suffix ?? "Z") }
    return "\(text.prefix(10)) \(text.dropFirst(11).prefix(5)) \(suffix ?? "UTC")"
  }

  private static func offset(_ seconds: Int64) -> String {
    let minutes = seconds.magnitude / 60
    func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(seconds < 0 ? "-" : "+")\(two(minutes / 60)):\(two(minutes % 60))"
  }
}

/// The time zone of times for people.
struct TimeOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Show times in this zone, such as Europe/Berlin, UTC or local. Default: UTC, and on a terminal how long ago a recent time was.",
      valueName: "zone"))
  var tz: ZoneArgument?

  var text: TimeText { TimeText(zone: tz?.zone) }
}

/// A time zone on the command line.
struct ZoneArgument: ExpressibleByArgument {
  let zone: TimeZone

  init?(argument: String) {
    guard let zone = argument.lowercased() == "local" ? TimeZone.current : TimeZone(identifier: argument) else { return nil }
    self.zone = zone
  }

  static var allValueStrings: [String] { [] }
}
