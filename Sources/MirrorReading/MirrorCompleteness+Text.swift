public import DevinModel

extension MirrorCompleteness {
  /// The number of resources named in one sentence; further ones are only counted.
  private static let named = 5

  /// The verdict, followed by its limitations, one sentence each.
  /// - Parameter now: times on the same day are shown without a date.
  public func sentences(now: UnixTime = .now) -> [String] { sentences(now: now) { $0.inMinutes() } }

  /// The same with another form of the time as of which it is complete.
  /// - Parameter time: the text for that time.
  package func sentences(now: UnixTime = .now, time: (UnixTime) -> String) -> [String] {
    if let unknown { return ["Unknown until the next sync: \(unknown.message)"] }
    var sentences = [verdict(now: now, time: time)]
    if !neverAllowed.isEmpty { sentences.append("This key may not read: \(neverAllowed.joined(separator: ", ")).") }
    if !absent.isEmpty { sentences.append("Not available on this deployment: \(absent.joined(separator: ", ")).") }
    if !notRequested.isEmpty {
      sentences.append("No longer requested, and not counted here: \(Self.list(notRequested, now: now)).")
    }
    if !windows.isEmpty {
      let days = Dictionary(grouping: windows.keys.sorted()) { windows[$0] ?? 0 }.sorted { $0.key < $1.key }
      let list = days.map { "\($0.value.joined(separator: ", ")) \($0.key) days" }.joined(separator: "; ")
      sentences.append("Recent days are read again to find late entries: \(list).")
    }
    return sentences
  }

  /// `Complete as of TIME.` only if nothing is pending, quarantined, held back, newly refused, or missing in a series.
  public func verdict(now: UnixTime = .now) -> String { verdict(now: now) { $0.inMinutes() } }

  private func verdict(now: UnixTime, time: (UnixTime) -> String) -> String {
    guard !isEmpty else { return "Nothing is mirrored yet." }
    guard shortfalls.isEmpty else { return "Incomplete: \(Self.list(shortfalls, now: now))." }
    guard let asOf else { return "Complete; the time is unknown." }
    let deletions =
      reconciledAt.map { $0 < asOf - .seconds(3600) ? "; last checked for deletions at \($0.inMinutes())" : "" }
      ?? ""
    return "Complete as of \(time(asOf))\(withinIntervals(after: asOf))\(deletions)."
  }

  /// Lists that come back unchanged are not read in every run.
  private func withinIntervals(after asOf: UnixTime) -> String {
    guard let longestInterval, let asOfWithinIntervals, asOfWithinIntervals > asOf else { return "" }
    let time = asOfWithinIntervals.inMinutes(near: asOf)
    return ", and as of \(time) within refresh intervals of up to \(longestInterval.asSetting)"
  }

  private static func list(_ shortfalls: [Shortfall], now: UnixTime) -> String {
    var places: [(name: String, causes: [String])] = []
    let organizations = Set(shortfalls.map(\.organization))
    for shortfall in shortfalls {
      let organization = shortfall.organization.isEmpty ? "the enterprise" : shortfall.organization
      let name = shortfall.resource + (organizations.count > 1 ? " of \(organization)" : "")
      if let last = places.indices.last, places[last].name == name {
        places[last].causes.append(shortfall.cause(now: now))
      } else {
        places.append((name, [shortfall.cause(now: now)]))
      }
    }
    let rest = places.count - named
    return places.prefix(named).map { "\($0.name) (\($0.causes.joined(separator: ", ")))" }.joined(separator: ", ")
      + (rest > 0 ? " and \(rest) more" : "")
  }
}

extension MirrorCompleteness.Shortfall {
  /// `60 lists pending since 14:03 UTC`.
  public func cause(now: UnixTime = .now) -> String {
    func count(_ number: Int, _ what: String) -> String { "\(number) \(what)\(number == 1 ? "" : "s")" }
    switch kind {
    case .pending(let lists, let since):
      return "\(count(lists, "list")) pending since \(since.inMinutes(near: now))"
    case .quarantined(let lists, let items):
      let parts = [lists > 0 ? count(lists, "list") : nil, items > 0 ? count(items, "item") : nil]
      return "\(parts.compactMap(\.self).joined(separator: " and ")) quarantined"
    case .heldBack(let rows): return "\(count(rows, "row")) missing from the list, but not marked as deleted"
    case .refused(let status): return "was readable before, now answers \(status)"
    case .gaps(let gaps): return "\(count(gaps, "gap")) in time"
    case .neverComplete: return "never read completely"
    }
  }
}

extension UnixTime {
  /// `2026-11-24 15:30 UTC`; on the same day as `now`, only `15:30 UTC`.
  func inMinutes(near now: UnixTime? = nil) -> String {
    let text = iso8601
    guard text.count == 20 else { return text }
    let (day, minute) = (text.prefix(10), text.dropFirst(11).prefix(5))
    if let now, now.iso8601.prefix(10) == day { return "\(minute) UTC" }
    return "\(day) \(minute) UTC"
  }
}

extension MirrorCompleteness: Encodable {
  private enum CodingKeys: String, CodingKey {
    case state = "verdict"
    case asOf = "completeAsOf"
    case asOfWithinIntervals = "completeWithinIntervalsAsOf"
    case longestInterval = "longestRefreshInterval"
    case isComplete, summary, neverAllowed, absent
  }

  /// With the verdict and its limitations as sentences. Times are only given for a complete mirror.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(state, forKey: .state)
    if state != .unknown { try members.encode(isComplete, forKey: .isComplete) }
    if isComplete {
      try members.encodeIfPresent(asOf, forKey: .asOf)
      try members.encodeIfPresent(asOfWithinIntervals, forKey: .asOfWithinIntervals)
    }
    try members.encodeIfPresent(longestInterval?.components.seconds, forKey: .longestInterval)
    try members.encode(sentences(), forKey: .summary)
    try members.encode(neverAllowed, forKey: .neverAllowed)
    try members.encode(absent, forKey: .absent)
  }
}

extension MirrorCompleteness.Shortfall: Encodable {
  private enum CodingKeys: String, CodingKey {
    case organization, resource, cause, lists, pendingSince
  }

  /// With its cause as text and, for pending lists, their number and since when they are pending.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(organization, forKey: .organization)
    try container.encode(resource, forKey: .resource)
    try container.encode(cause(), forKey: .cause)
    if case .pending(let lists, let since) = kind {
      try container.encode(lists, forKey: .lists)
      try container.encode(since, forKey: .pendingSince)
    }
  }
}
