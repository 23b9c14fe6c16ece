import Foundation

/// The answers to questions, computed in the simplest way from a `HostileOrganization`. It shares nothing with the SQL of the product.
struct NaiveAnswers {
  enum Cell: Hashable, CustomStringConvertible {
    case text(String?)
    case number(Double?)
    /// A number that the answer rounds to one digit. It stays exact here: a value half-way between two digits may be rounded to either.
    case tenths(Double?)

    var description: String {
      switch self {
      case .text(let text): text ?? "–"
      case .number(let number), .tenths(let number): number.map { "\($0)" } ?? "–"
      }
    }
  }

  typealias Session = HostileOrganization.Session

  let mean: HostileOrganization
  /// Billing days, both inclusive; nil: no limit.
  let since, until: String?
  let organization: String?

  static func day(_ seconds: Int) -> String {
    Date(timeIntervalSince1970: Double(seconds - 28_800)).formatted(.iso8601.year().month().day())
  }

  func isAsked(_ day: String, _ org: String) -> Bool {
    (since.map { day >= $0 } ?? true) && (until.map { day <= $0 } ?? true) && (organization.map { $0 == org } ?? true)
  }

  var living: [Session] { mean.sessions.filter { !$0.isDeleted } }
  var asked: [Session] { living.filter { isAsked(Self.day($0.createdAt), $0.organization) } }

  func cost(_ session: Session) -> Double? {
    if let acus = session.acus, acus != 0 { return acus }
    let sum = mean.sessionDays[session.id]?.values.reduce(0, +) ?? 0
    return sum == 0 ? nil : sum
  }

  // MARK: - Pull requests

  struct Pull {
    let organization, url: String
    let first: Session
    let isMerged: Bool
    let outcome: String
    let host: String
    let repository: String?
  }

  var pulls: [Pull] {
    var listers: [[String]: [(Session, String?)]] = [:]
    for session in living {
      for pull in session.pulls { listers[[session.organization, pull.url], default: []].append((session, pull.state)) }
    }
    return listers.map { key, found in
      let rank = { (state: String?) in
        switch state?.lowercased() {
        case "merged": 3
        case "closed": 2
        case "open": 1
        default: 0
        }
      }
      let best = found.map { rank($0.1) }.max() ?? 0
      let first = found.map(\.0).min { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) } ?? found[0].0
      let rest = key[1].components(separatedBy: "://").last ?? key[1]
      let parts = rest.split(separator: "/").map(String.init)
      var repository: String?
      for mark in ["-", "pull", "pull-requests", "+"] {
        if let place = parts.firstIndex(of: mark), place < parts.count - 1 {
          repository = parts[1..<place].joined(separator: "/")
        }
      }
      if parts.contains("+") { repository = repository.map { String($0.dropFirst(2)) } }
      return Pull(
        organization: key[0], url: key[1], first: first, isMerged: best == 3,
        outcome: ["unknown", "open", "closed", "merged"][best],
        host: parts.first ?? rest, repository: repository)
    }
  }

  private func merged(_ sessions: [Session], _ pulls: [Pull]) -> Double {
    let ids = Set(sessions.map(\.id))
    return Double(pulls.filter { $0.isMerged && ids.contains($0.first.id) }.count)
  }

  func mergedBySession(_ session: Session) -> Int {
    Set(session.pulls.filter { $0.state?.lowercased() == "merged" }.map(\.url)).count
  }

  // MARK: - Costs

  private func sum(_ values: [Double?]) -> Double? {
    let known = values.compactMap(\.self)
    return known.isEmpty ? nil : known.reduce(0, +)
  }

  /// Label, sessions, sessions with known cost, ACUs, merged pull requests.
  private func rows(_ groups: [String: [Session]], merged count: ((String, [Session]) -> Double)? = nil) -> [[Cell]] {
    let pulls = pulls
    return groups.map { label, sessions in
      [
        .text(label), .number(Double(sessions.count)), .number(Double(sessions.filter { cost($0) != nil }.count)),
        .number(sum(sessions.map(cost))), .number(count?(label, sessions) ?? merged(sessions, pulls)),
      ]
    }
  }

  private func name(_ user: String?) -> String {
    guard let user, user != "bot_apk" else { return "no user" }
    guard let known = HostileOrganization.users.first(where: { $0.id == user }), let name = known.name else { return user }
    return HostileOrganization.users.count { $0.name == name } > 1 ? "\(name) (\(known.email))" : name
  }

  var byOrigin: [[Cell]] { rows(Dictionary(grouping: asked) { $0.origin ?? "unknown" }) }
  var byUser: [[Cell]] { rows(Dictionary(grouping: asked.filter { $0.serviceUser == nil }) { name($0.user) }) }
  var byServiceUser: [[Cell]] { rows(Dictionary(grouping: asked.filter { $0.serviceUser != nil }) { $0.serviceUser ?? "" }) }

  var byPlaybook: [[Cell]] {
    rows(
      Dictionary(grouping: asked) { session in
        guard let id = session.playbook else { return "(none)" }
        guard let title = HostileOrganization.playbooks.first(where: { $0.0 == id })?.1 else { return id }
        return HostileOrganization.playbooks.count { $0.1 == title } > 1 ? "\(title) (\(id))" : title
      })
  }

  var byTag: [[Cell]] {
    var groups: [String: [Session]] = [:]
    for session in asked {
      for tag in session.tags.isEmpty ? ["(none)"] : Set(session.tags) { groups[tag, default: []].append(session) }
    }
    return rows(groups)
  }

  private func label(_ pull: Pull) -> String { pull.repository.map { "\(pull.host)/\($0)" } ?? "\(pull.host) (other address)" }

  var byRepository: [[Cell]] {
    let pulls = pulls
    var groups: [String: [Session]] = [:]
    for session in asked {
      let labels = Set(
        pulls.filter { pull in
          pull.organization == session.organization && session.pulls.contains { $0.url == pull.url }
        }.map(label))
      for label in labels.isEmpty ? ["(no pull request)"] : labels { groups[label, default: []].append(session) }
    }
    return rows(groups) { group, sessions in
      let ids = Set(sessions.map(\.id))
      return Double(pulls.filter { label($0) == group && $0.isMerged && ids.contains($0.first.id) }.count)
    }
  }

  /// Label, merged, open, closed, unknown, all.
  var pullRequests: [[Cell]] {
    let asked = pulls.filter { isAsked(Self.day($0.first.createdAt), $0.organization) }
    return Dictionary(grouping: asked, by: label).map { label, pulls in
      [.text(label)]
        + ["merged", "open", "closed", "unknown"].map { outcome in .number(Double(pulls.count { $0.outcome == outcome })) }
        + [.number(Double(pulls.count))]
    }
  }

  /// Day, billed, used, sessions, sessions with known cost.
  var byDay: [[Cell]] {
    var days: [String: (billed: [Double?], sessions: [Session])] = [:]
    for (org, billed) in mean.billed {
      for (number, acus) in billed {
        let day = Self.day(HostileOrganization.start + number * HostileOrganization.day)
        if isAsked(day, org) { days[day, default: ([], [])].billed.append(acus.acus) }
      }
    }
    for session in asked { days[Self.day(session.createdAt), default: ([], [])].sessions.append(session) }
    return days.map { day, found in
      [
        .text(day), .number(sum(found.billed)), .number(sum(found.sessions.map(cost))), .number(Double(found.sessions.count)),
        .number(Double(found.sessions.filter { cost($0) != nil }.count)),
      ]
    }
  }

  /// Organization and month, sessions, percent with known cost, merged, cost per merge over all sessions and over those with a merge.
  var costPerMerge: [[Cell]] {
    let pulls = pulls
    let sessions = living.filter { session in
      let month = Self.day(session.createdAt).prefix(7)
      return (since.map { month >= $0.prefix(7) } ?? true) && (until.map { month <= $0.prefix(7) } ?? true)
        && (organization.map { $0 == session.organization } ?? true)
    }
    return Dictionary(grouping: sessions) { [$0.organization, String(Self.day($0.createdAt).prefix(7))] }.map { key, sessions in
      let ids = Set(sessions.map(\.id))
      let merged = pulls.filter { $0.isMerged && ids.contains($0.first.id) }
      let known = merged.filter { cost($0.first) != nil }.count
      let percent = 100 * sessions.filter { cost($0) != nil }.count / sessions.count
      func perMerge(_ sessions: [Session]) -> Double? {
        known == 0 ? nil : sum(sessions.map(cost)).map { $0 / Double(known) }
      }
      return [
        .text(key.joined(separator: " ")), .number(Double(sessions.count)), .text("\(percent) %"), .number(Double(merged.count)),
        .number(perMerge(sessions)), .number(perMerge(sessions.filter { mergedBySession($0) > 0 })),
      ]
    }
  }

  // MARK: - Families

  private static func bare(_ id: String) -> String { id.hasPrefix("devin-") ? String(id.dropFirst(6)) : id }

  private var parents: [String: String] {
    let byID = Dictionary(uniqueKeysWithValues: living.map { ($0.id, $0) })
    var parents: [String: String] = [:]
    for session in living {
      if let own = session.parent, !own.isEmpty, let parent = byID[Self.bare(own)], parent.id != session.id {
        parents[session.id] = parent.id
        continue
      }
      let listers = living.filter { other in
        guard other.id != session.id, other.children.map(Self.bare).contains(session.id) else { return false }
        if other.createdAt != session.createdAt { return other.createdAt < session.createdAt }
        return other.id < session.id || !session.children.map(Self.bare).contains(other.id)
      }
      parents[session.id] = listers.max { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }?.id
    }
    return parents
  }

  private func root(_ id: String, _ parents: [String: String]) -> (id: String, depth: Int) {
    var (here, depth, known) = (id, 0, Set([id]))
    while let parent = parents[here] {
      // A cycle has no root: each of its sessions is the root of its own family.
      guard known.insert(parent).inserted else { return (id, 0) }
      (here, depth) = (parent, depth + 1)
    }
    return (here, depth)
  }

  /// Root, sessions, depth, sessions with known cost, ACUs, pull requests, merged; families with more than one session.
  var families: [[Cell]] {
    let (pulls, parents) = (pulls, parents)
    var groups: [String: [(Session, Int)]] = [:]
    for session in living {
      let found = root(session.id, parents)
      groups[found.id, default: []].append((session, found.depth))
    }
    let asked = Set(asked.map(\.id))
    return groups.filter { $0.value.count > 1 && asked.contains($0.key) }.map { id, members in
      let ids = Set(members.map(\.0.id))
      return [
        .text(id), .number(Double(members.count)), .number(Double(members.map(\.1).max() ?? 0)),
        .number(Double(members.filter { cost($0.0) != nil }.count)), .number(sum(members.map { cost($0.0) })),
        .number(Double(pulls.filter { ids.contains($0.first.id) }.count)), .number(merged(members.map(\.0), pulls)),
      ]
    }
  }

  // MARK: - Reconciliation

  /// Cycle and organization, billed days, billed, billed for Devin, used, difference, sessions with unknown cost.
  var reconciliation: [[Cell]] {
    struct Day {
      var billed: Double?
      var devin: Double?
      var used: Double?
      var unknown = 0.0
      var billedDays = 0.0
    }
    var days: [[String]: Day] = [:]
    for (org, found) in mean.billed {
      for (number, sum) in found {
        let key = [org, Self.day(HostileOrganization.start + number * HostileOrganization.day)]
        days[key, default: Day()].billed = sum.acus
        days[key]?.devin = sum.devin ?? sum.acus
        days[key]?.billedDays = 1
      }
    }
    for session in living {
      let own = mean.sessionDays[session.id]
      func add(_ day: String, _ acus: Double?) {
        let key = [session.organization, day]
        guard let acus else {
          days[key, default: Day()].unknown += 1
          return
        }
        days[key, default: Day()].used = (days[key]?.used ?? 0) + acus
      }
      for (number, acus) in own ?? [:] { add(Self.day(HostileOrganization.start + number * HostileOrganization.day), acus) }
      guard let own else {
        add(Self.day(session.createdAt), cost(session))
        continue
      }
      if let cost = cost(session), cost != own.values.reduce(0, +) {
        add(Self.day(session.updatedAt), cost - own.values.reduce(0, +))
      }
    }
    func cycle(_ day: String) -> String {
      if let cycle = mean.cycle {
        let from = Self.day(HostileOrganization.start + cycle.lowerBound * HostileOrganization.day)
        let to = Self.day(HostileOrganization.start + cycle.upperBound * HostileOrganization.day)
        if day >= from, day < to { return from }
      }
      return day.prefix(7) + "-01"
    }
    func isCompared(_ key: [String]) -> Bool {
      guard let found = mean.billed[key[0]], let first = found.keys.min(), let last = found.keys.max() else { return false }
      let from = Self.day(HostileOrganization.start + first * HostileOrganization.day)
      let to = max(Self.day(HostileOrganization.start + last * HostileOrganization.day), Self.day(mean.moment))
      return key[1] >= from && key[1] <= to
    }
    return Dictionary(grouping: days.keys.filter { organization == nil || $0[0] == organization }) { [cycle($0[1]), $0[0]] }
      .map { key, all in
        let compared = all.filter(isCompared)
        let shown = compared.isEmpty ? all : compared
        let found = shown.compactMap { days[$0] }
        let (devin, used) = (sum(found.map(\.devin)), sum(found.map(\.used)))
        return [
          .text(key.joined(separator: " ")), .number(found.map(\.billedDays).reduce(0, +)), .number(sum(found.map(\.billed))),
          .number(devin), .number(used), .number(compared.isEmpty ? nil : (devin ?? 0) - (used ?? 0)),
          .number(found.map(\.unknown).reduce(0, +)),
        ]
      }
  }

  // MARK: - Limits and money

  private struct Usage {
    var soFar: Double
    var forecast: Double?
  }

  /// Billing days of the cycle that contains the moment, counted from the start of all data.
  private var currentCycle: Range<Int> {
    let at = (mean.moment - HostileOrganization.start) / HostileOrganization.day
    if let cycle = mean.cycle, cycle.contains(at) { return cycle }
    let month = Self.day(mean.moment).prefix(7)
    let days = (-40...120).filter { Self.day(HostileOrganization.start + $0 * HostileOrganization.day).hasPrefix(month) }
    return (days.first ?? 0)..<((days.last ?? 0) + 1)
  }

  /// The daily spending of an organization, or of one of its users, as a limit counts it.
  private func spending(_ organization: String, user: String?, _ counted: String) -> [Int: Double] {
    guard let user else {
      return (mean.billed[organization] ?? [:]).reduce(into: [:]) { days, found in
        let local = mean.local[organization]?[found.key]
        switch counted {
        case "devin": days[found.key] = found.value.devin ?? found.value.acus
        case "local agent": days[found.key] = (local?.cascade ?? 0) + (local?.terminal ?? 0)
        default: days[found.key] = found.value.acus
        }
      }
    }
    guard let users = mean.userDays[organization] else {
      guard counted == "devin" else { return [:] }
      return living.reduce(into: [:]) { days, session in
        guard session.organization == organization, session.user == user, session.serviceUser == nil, let cost = cost(session)
        else {
          return
        }
        let place = (Double(session.createdAt - HostileOrganization.start) / Double(HostileOrganization.day)).rounded(.down)
        days[Int(place), default: 0] += cost
      }
    }
    return (users[user] ?? [:]).mapValues {
      counted == "devin" ? $0.devin ?? $0.acus : ($0.cascade ?? 0) + ($0.terminal ?? 0)
    }
  }

  /// Nil: unknown.
  private func usage(_ organization: String, user: String?, _ counted: String) -> Usage? {
    let days = spending(organization, user: user, counted)
    // If the organization's own consumption is not mirrored, its cycle is unknown.
    guard mean.billed[organization] != nil, let first = days.keys.min() else { return nil }
    let cycle = currentCycle
    let today = (mean.moment - HostileOrganization.start) / HostileOrganization.day
    func sum(_ range: Range<Int>) -> Double { days.filter { range.contains($0.key) }.values.reduce(0, +) }
    let (from, soFar) = (max(today - 28, first), sum(cycle))
    guard from < today else { return Usage(soFar: soFar, forecast: nil) }
    let before = cycle.lowerBound < today ? sum(cycle.lowerBound..<today) : 0
    let daily = sum(from..<today) / Double(today - from)
    return Usage(soFar: soFar, forecast: max(before + daily * Double(cycle.upperBound - today), soFar))
  }

  /// Kind and owner of the limit, state, used, limit, percent, forecast, end of the cycle.
  var caps: [[Cell]] {
    let limits = mean.limits
    var rows: [[Cell]] = []
    func add(
      _ what: String, _ counted: String, _ organization: String?, _ user: String?, group: [String]? = nil, name: String,
      _ cap: Int
    ) {
      guard self.organization == nil || self.organization == organization else { return }
      let among = (group ?? HostileOrganization.organizations).filter { organization == nil || $0 == organization }
      let found = among.compactMap { usage($0, user: user, counted) }
      let isRead = user == nil || counted == "devin" || !mean.userDays.isEmpty
      let used = found.isEmpty ? (isRead ? 0 : nil) : found.map(\.soFar).reduce(0, +)
      let known = found.compactMap(\.forecast)
      let forecast = found.isEmpty || known.count < found.count ? nil : known.reduce(0, +)
      let limit = Double(cap)
      let state =
        if let used {
          used >= limit ? "reached" : (forecast ?? 0) > limit ? "will be reached" : used >= 0.8 * limit ? "near" : "below"
        } else {
          "unknown"
        }
      let end = found.isEmpty ? nil : Self.day(HostileOrganization.start + currentCycle.upperBound * HostileOrganization.day)
      rows.append([
        .text([what, counted, organization ?? "", user ?? "", name].joined(separator: " ")), .text(state), .number(used),
        .number(limit), .number(cap == 0 ? nil : used.map { (100 * $0 / limit).rounded() }), .number(forecast),
        end.map { .text($0) } ?? .number(nil),
      ])
    }
    func shown(_ organization: String) -> String {
      limits.organizations[organization] == nil ? organization : "Name of \(organization)"
    }
    func called(_ user: String) -> String { HostileOrganization.users.first { $0.id == user }?.name ?? user }
    for limit in limits.cloud {
      switch limit.scope {
      case "enterprise": add("enterprise", "devin", nil, nil, name: "enterprise", limit.cap)
      case "org": add("organization", "devin", limit.organization, nil, name: shown(limit.organization ?? ""), limit.cap)
      default: add("user", "devin", limit.organization, limit.user, name: called(limit.user ?? ""), limit.cap)
      }
    }
    for (organization, caps) in limits.organizations {
      if let cap = caps.cycle, !limits.cloud.contains(where: { $0.scope == "org" && $0.organization == organization }) {
        add("organization", "devin", organization, nil, name: shown(organization), cap)
      }
      guard let cap = caps.session, self.organization == nil || self.organization == organization else { continue }
      for session in living where session.organization == organization && !session.isOver {
        guard let used = cost(session), used >= 0.8 * Double(cap) else { continue }
        rows.append([
          .text("session devin \(organization) \(session.id) \(session.id)"), .text(used >= Double(cap) ? "reached" : "near"),
          .number(used), .number(Double(cap)), .number((100 * used / Double(cap)).rounded()), .number(nil), .number(nil),
        ])
      }
    }
    for group in limits.groups {
      if let cap = group.cap { add("group", "all products", nil, nil, group: group.organizations, name: group.name, cap) }
    }
    for (organization, cap) in limits.localOrganizations {
      if let cap { add("organization", "local agent", organization, nil, name: shown(organization), cap) }
    }
    for user in ["u1", "u2", "u3", "u9"] {
      let uses = HostileOrganization.organizations.compactMap { usage($0, user: user, "local agent") }
      let isUser = uses.contains { $0.soFar > 0 || ($0.forecast ?? 0) > 0 }
      let common = isUser ? limits.localDefault.flatMap { $0 } : nil
      if let cap = limits.localUsers[user].flatMap({ $0 }) ?? limits.localList[user] ?? common {
        add("user", "local agent", nil, user, name: called(user), cap)
      }
    }
    return rows
  }

  /// Cycle, organization and product, days, ACUs.
  var money: [[Cell]] {
    var sums: [[String]: (days: Set<Int>, acus: Double)] = [:]
    for (organization, found) in mean.billed {
      for (number, sum) in found {
        let day = Self.day(HostileOrganization.start + number * HostileOrganization.day)
        guard isAsked(day, organization) else { continue }
        let isInCycle = mean.cycle?.contains(number) ?? false
        let cycle =
          isInCycle
          ? Self.day(HostileOrganization.start + (mean.cycle?.lowerBound ?? 0) * HostileOrganization.day) : day.prefix(7) + "-01"
        let local = mean.local[organization]?[number]
        var parts: [(String, Double)] = []
        if let devin = sum.devin { parts.append(("devin", devin)) }
        if let cascade = local?.cascade { parts.append(("cascade", cascade)) }
        if let terminal = local?.terminal { parts.append(("terminal", terminal)) }
        let rest = sum.acus - parts.map(\.1).reduce(0, +)
        if rest > 0 { parts.append(("(not split)", rest)) }
        for (product, acus) in parts {
          let key = [cycle, organization, product]
          sums[key, default: ([], 0)].days.insert(number)
          sums[key]?.acus += acus
        }
      }
    }
    return sums.map { key, sum in [.text(key.joined(separator: " ")), .number(Double(sum.days.count)), .number(sum.acus)] }
  }

  // MARK: - Waits and waste

  struct Wait {
    let session: Session
    let from: Int
    let seconds: Int
    let isOpen: Bool
  }

  var waits: [Wait] {
    living.flatMap { session -> [Wait] in
      let said = mean.messages.filter { $0.session == session.id && !$0.isDeleted }.sorted {
        ($0.at, $0.source) < ($1.at, $1.source)
      }
      var waits: [Wait] = []
      for (before, after) in zip(said, said.dropFirst()) where before.source == "devin" && after.source == "user" {
        waits.append(Wait(session: session, from: before.at, seconds: after.at - before.at, isOpen: false))
      }
      if let last = said.last, last.source == "devin", session.status == "running", session.detail == "waiting_for_user" {
        waits.append(Wait(session: session, from: last.at, seconds: max(0, mean.moment - last.at), isOpen: true))
      }
      return waits
    }
  }

  /// User, sessions, waits, waiting now, hours, hours per wait, longest.
  var waitsForPeople: [[Cell]] {
    let asked = waits.filter { isAsked(Self.day($0.from), $0.session.organization) }
    return Dictionary(grouping: asked) { wait -> String in
      let label = wait.session.serviceUser == nil ? name(wait.session.user) : "no user"
      return label == "no user" ? "(service users)" : label
    }.map { user, waits in
      let hours = waits.map { Double($0.seconds) / 3600 }
      return [
        .text(user), .number(Double(Set(waits.map(\.session.id)).count)), .number(Double(waits.count)),
        .number(Double(waits.count(where: \.isOpen))), .number(hours.reduce(0, +)),
        .number(hours.reduce(0, +) / Double(hours.count)),
        .number(hours.max()),
      ]
    }
  }

  /// Reason and session, day, ACUs, hours.
  var waste: [[Cell]] {
    let waits = waits
    return asked.flatMap { session -> [[Cell]] in
      let known = living.filter { $0.organization == session.organization }.compactMap(cost)
      let average = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
      let seconds = waits.filter { $0.session.id == session.id }.map(\.seconds).reduce(0, +)
      func row(_ reason: String, _ hours: Double?) -> [Cell] {
        [.text("\(reason) \(session.id)"), .text(Self.day(session.createdAt)), .number(cost(session)), .number(hours)]
      }
      var rows: [[Cell]] = []
      if session.isOver, let cost = cost(session), cost >= 2 * average, mergedBySession(session) == 0 {
        rows.append(row("expensive, nothing merged", nil))
      }
      if session.detail == "org_usage_limit_exceeded" { rows.append(row("ended by a usage limit", nil)) }
      if session.detail == "out_of_credits" { rows.append(row("out of credits", nil)) }
      if seconds >= HostileOrganization.day { rows.append(row("waited a day or longer for people", Double(seconds) / 3600)) }
      return rows
    }
  }
}
