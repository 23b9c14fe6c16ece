import DevinModel
import Foundation

/// Answers about notes, playbooks, secrets, schedules, changes and the end of the cycle.
extension NaiveAnswers {
  private typealias Records = MeanRecords

  private static func date(_ seconds: Int) -> String { day(seconds + 28_800) }

  private static func time(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds)).formatted(.iso8601.dateSeparator(.dash).dateTimeSeparator(.space))
      .replacingOccurrences(of: "Z", with: "")
  }

  private func isOfOrganization(_ own: String?) -> Bool { organization == nil || own == nil || own == organization }

  // MARK: - Knowledge

  /// Note, good, bad, sessions, last used.
  var noteUsefulness: [[Cell]] {
    mean.records.notes.filter { !$0.isDeleted && isOfOrganization($0.organization) }.map { note in
      let used = mean.records.usages.filter { $0.note == note.id && mean.records.analysed[$0.session] == false }
      let times = used.compactMap { use in mean.sessions.first { $0.id == use.session }?.createdAt }
      return [
        .text(note.name), .number(Double(used.count(where: \.isGood))), .number(Double(used.count { !$0.isGood })),
        .number(Double(Set(used.map(\.session)).count)), .text(times.max().map(Self.date)),
      ]
    }
  }

  /// Playbook, version and whether it was used, sessions, with a merge, errors, ACUs per session, last used.
  var playbookScoreboard: [[Cell]] {
    func version(_ playbook: String, at time: Int) -> Int? {
      mean.records.versions[playbook]?.lastIndex { $0 <= time }
    }
    let ran = asked.filter { $0.playbook != nil }
    let groups = Dictionary(grouping: ran) { session in
      [
        session.playbook ?? "", session.organization,
        version(session.playbook ?? "", at: session.createdAt).map(String.init) ?? "",
      ]
    }
    var rows: [[Cell]] = groups.map { key, sessions in
      let title = Self.title(key[0], Int(key[2]), mean)
      let costs = sessions.compactMap(cost)
      return [
        .text("\(title ?? "") \(Int(key[2]).map { "\($0 + 1)" } ?? "") \(Self.date(sessions.map(\.createdAt).max() ?? 0))"),
        .number(Double(sessions.count)), .number(Double(sessions.count { mergedBySession($0) > 0 })),
        .number(Double(sessions.count { $0.status == "error" })),
        .number(costs.isEmpty ? nil : costs.reduce(0, +) / Double(costs.count)),
      ]
    }
    let used = Set(groups.keys.map { [$0[0], $0[2]] })
    for (playbook, made) in mean.records.versions {
      for index in made.indices where !used.contains([playbook, "\(index)"]) {
        rows.append([
          .text("\(Self.title(playbook, index, mean) ?? "") \(index + 1) "), .number(0), .number(0), .number(0), .number(nil),
        ])
      }
    }
    return rows
  }

  /// The title of a version, or of the playbook in its current state.
  private static func title(_ playbook: String, _ version: Int?, _ mean: HostileOrganization) -> String? {
    if let made = mean.records.versions[playbook], let version, version < made.count - 1 {
      return MeanRecords.title(playbook, made[version])
    }
    return HostileOrganization.playbooks.first { $0.0 == playbook }?.1
  }

  /// Secret, age in days, changed by.
  var secretAges: [[Cell]] {
    mean.records.secrets.filter { !$0.isDeleted && isOfOrganization($0.organization) }.map { secret in
      let who = secret.updatedBy ?? secret.createdBy
      return [
        .text(secret.key), .number(Double((mean.moment - (secret.updatedAt ?? secret.createdAt)) / HostileOrganization.day)),
        .text(HostileOrganization.users.first { $0.id == who }?.name ?? who),
      ]
    }
  }

  /// Time, table, change and details: those of the period, or of the last seven days.
  var changes: [[Cell]] {
    let last = until ?? Self.date(mean.moment)
    let from = since ?? Self.date((Self.seconds(of: last) ?? 0) - 6 * HostileOrganization.day)
    return mean.records.changes.filter { change in
      let day = Self.date(change.at)
      guard day >= from, until.map({ day <= $0 }) ?? true else { return false }
      switch change.table {
      case "knowledge_notes": return isOfOrganization(mean.records.notes.first { $0.id == change.key }?.organization)
      case "secrets": return isOfOrganization(mean.records.secrets.first { $0.id == change.key }?.organization)
      case "schedules": return isOfOrganization(mean.records.schedules.first { $0.id == change.key }?.organization)
      default: return true
      }
    }.map { change in
      let what =
        switch change.table {
        case "playbooks": Self.title(change.key, nil, mean)
        case "knowledge_notes": mean.records.notes.first { $0.id == change.key }?.name
        case "secrets": mean.records.secrets.first { $0.id == change.key }?.key
        default: mean.records.schedules.first { $0.id == change.key }?.name
        }
      return [.text("\(Self.time(change.at)) \(change.table) \(change.change) \(what ?? "")")]
    }
  }

  private static func seconds(of day: String) -> Int? {
    (try? Date(day, strategy: .iso8601.year().month().day())).map { Int($0.timeIntervalSince1970) }
  }

  // MARK: - Schedules

  /// Schedule, failures.
  var failingSchedules: [[Cell]] {
    mean.records.schedules.filter { !$0.isDeleted && $0.isOn && $0.failures > 0 && isOfOrganization($0.organization) }.map {
      [.text($0.name), .number(Double($0.failures))]
    }
  }

  /// Schedule, missed runs, last due.
  var missedSchedules: [[Cell]] {
    mean.records.schedules.filter { !$0.isDeleted && $0.isOn && isOfOrganization($0.organization) }.compactMap { schedule in
      guard let frequency = schedule.frequency else {
        guard schedule.lastRunAt == nil, schedule.runsAt <= mean.moment - 3_600 else { return nil }
        return [.text(schedule.name), .number(1), .text(Self.time(schedule.runsAt))]
      }
      guard let cron = Cron(frequency) else { return nil }
      let every = max(1, schedule.every ?? 1)
      let since = max(schedule.lastRunAt ?? 0, schedule.createdAt, mean.moment - 60 * HostileOrganization.day)
      // Fourteen hours on either side, for any time zone.
      let due = cron.runs(after: since + 50_400, upTo: mean.moment - 50_400)
      guard due.count >= every, let last = due.last else { return nil }
      return [.text(schedule.name), .number(Double(due.count / every)), .text(Self.time(last))]
    }
  }

  /// A cron expression, parsed independently.
  private struct Cron {
    private let fields: [Set<Int>]
    private let isAnyDay, isAnyWeekday: Bool

    init?(_ expression: String) {
      let names = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]
      let months = ["", "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
      let spans = [0...59, 0...23, 1...31, 1...12, 0...7]
      let texts = expression.split(separator: " ").map(String.init)
      guard texts.count == 5 else { return nil }
      var fields: [Set<Int>] = []
      for (text, span) in zip(texts, spans) {
        func number(_ word: Substring) -> Int? {
          Int(word) ?? names.firstIndex(of: String(word)) ?? months.firstIndex(of: String(word))
        }
        var values: Set<Int> = []
        for part in text.split(separator: ",") {
          let halves = part.split(separator: "/")
          let ends = halves[0].split(separator: "-")
          guard let step = halves.count > 1 ? Int(halves[1]) : 1 else { return nil }
          if halves[0] == "*" {
            values.formUnion(stride(from: span.lowerBound, through: span.upperBound, by: step))
          } else {
            guard let low = number(ends[0]), let high = ends.count > 1 ? number(ends[1]) : low else { return nil }
            guard low <= high else { return nil }
            values.formUnion(stride(from: low, through: high, by: step))
          }
        }
        fields.append(values)
      }
      self.fields = fields
      (isAnyDay, isAnyWeekday) = (texts[2] == "*", texts[4] == "*")
    }

    func runs(after start: Int, upTo end: Int) -> [Int] {
      guard start < end else { return [] }
      var calendar = Calendar(identifier: .gregorian)
      calendar.timeZone = .gmt
      var found: [Int] = []
      for midnight in stride(from: start / 86_400 * 86_400, through: end, by: 86_400) {
        let parts = calendar.dateComponents([.day, .month, .weekday], from: Date(timeIntervalSince1970: Double(midnight)))
        guard let day = parts.day, let month = parts.month, let weekday = parts.weekday.map({ $0 - 1 }) else { continue }
        let fitsDay = fields[2].contains(day)
        let fitsWeekday = fields[4].contains(weekday) || (weekday == 0 && fields[4].contains(7))
        let fits = isAnyDay || isAnyWeekday ? fitsDay && fitsWeekday : fitsDay || fitsWeekday
        guard fits, fields[3].contains(month) else { continue }
        for hour in fields[1].sorted() where hour < 24 {
          for minute in fields[0].sorted() where minute < 60 {
            let at = midnight + hour * 3_600 + minute * 60
            if at > start, at <= end { found.append(at) }
          }
        }
      }
      return found
    }
  }

  // MARK: - Cost

  /// Title of the session, user, kind, since when.
  /// - Parameter user: id, name or email address; nil: all.
  func waitingNow(_ user: String? = nil) -> [[Cell]] {
    let begins = Dictionary(waits.filter(\.isOpen).map { ($0.session.id, $0.from) }) { first, _ in first }
    return living.filter { $0.status == "running" && $0.detail == "waiting_for_user" && isOfOrganization($0.organization) }
      .compactMap { session in
        let owner = session.serviceUser ?? (session.user == "bot_apk" ? nil : session.user)
        let person = HostileOrganization.users.first { $0.id == owner }
        if let user, ![owner, person?.name, person?.email].contains(user) { return nil }
        return [
          .text(session.id), .text(person?.name ?? owner), .text("waiting_for_user"),
          .text(Self.time(begins[session.id] ?? session.updatedAt)),
        ]
      }
  }

  /// Organization, cycle's first and last day, so far, per day, days left, forecast, low, high.
  var forecast: [[Cell]] {
    let (start, length) = (HostileOrganization.start, HostileOrganization.day)
    return mean.billed.filter { isOfOrganization($0.key) && !$0.value.isEmpty }.map { org, days in
      let today = (mean.moment - start) / length
      var (from, to) = (0, 0)
      if let cycle = mean.cycle, cycle.contains(today) {
        (from, to) = (cycle.lowerBound, cycle.upperBound)
      } else {
        let month = Self.day(mean.moment).prefix(7)
        from = today
        while Self.day(start + (from - 1) * length).prefix(7) == month { from -= 1 }
        to = today
        while Self.day(start + to * length).prefix(7) == month { to += 1 }
      }
      let first = max(today - 28, days.keys.min() ?? 0)
      let measured = (first..<max(first, today)).map { days[$0]?.acus ?? 0 }
      let before = days.filter { $0.key >= from && $0.key < today }.map(\.value.acus).reduce(0, +)
      let now = days.filter { $0.key >= today && $0.key < to }.map(\.value.acus).reduce(0, +)
      let left = Double(to - today)
      let rate = measured.isEmpty ? nil : measured.reduce(0, +) / Double(measured.count)
      var band: Double?
      if measured.count >= 14, let rate {
        let n = Double(measured.count)
        let variance = measured.map { ($0 - rate) * ($0 - rate) }.reduce(0, +) / (n - 1)
        band = (2.326 + 4.25 / (n - 1)) * variance.squareRoot() * (left + left * left / n).squareRoot()
      }
      func atLeast(_ value: Double?) -> Cell { .tenths(value.map { max($0, before + now) }) }
      let middle = rate.map { before + $0 * left }
      return [
        .text(org), .text(Self.day(start + from * length)), .text(Self.day(start + to * length)), .number(before + now),
        .number(rate),
        .number(left), atLeast(middle), atLeast(band.flatMap { band in middle.map { $0 - band } }),
        atLeast(band.flatMap { band in middle.map { $0 + band } }),
      ]
    }
  }

  // MARK: - Figures of report and overview

  /// Name and value of each figure, as the report shows it.
  var figures: [String: String] {
    let sessions = asked
    let costs = sessions.compactMap(cost)
    let pulls = pulls
    let mergedPulls = pulls.filter { pull in pull.isMerged && sessions.contains { $0.id == pull.first.id } }
    let knownMerges = mergedPulls.count { cost($0.first) != nil }
    let billed = mean.billed.flatMap { org, days in
      days.filter { isAsked(Self.day(HostileOrganization.start + $0.key * HostileOrganization.day), org) }.map(\.value.acus)
    }
    let isUnmetered = isUnmetered
    func shown(_ value: Double?) -> String { isUnmetered ? "not reported on this plan" : value?.shown ?? "unknown" }
    return [
      "Sessions": sessions.count.grouped, "ACUs used by sessions": shown(costs.isEmpty ? nil : costs.reduce(0, +)),
      "ACUs billed": shown(billed.isEmpty ? nil : billed.reduce(0, +)), "Pull requests merged": mergedPulls.count.grouped,
      "ACUs per merged pull request": shown(
        costs.isEmpty || knownMerges == 0 ? nil : costs.reduce(0, +) / Double(knownMerges)),
    ]
  }

  /// Whether there are sessions, and neither one of them nor a day ever cost anything.
  private var isUnmetered: Bool {
    let costs = mean.billed.values.flatMap(\.values).map(\.acus) + mean.sessionDays.values.flatMap(\.values)
    return !living.isEmpty && living.allSatisfy { cost($0) == nil } && costs.allSatisfy { $0 == 0 }
  }
}
