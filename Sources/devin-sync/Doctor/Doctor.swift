import DevinSync
import Foundation

/// Looks at everything that a run needs. Each part is asked of the code that `check`, `status`, `verify --offline` and `schedule status` use.
struct Doctor {
  let profile: ProfileOptions
  let flags: SettingValues
  /// Whether to send no request.
  let isOffline: Bool

  /// How much clocks may differ: certificates and times of lists still are right.
  private static let clockTolerance = Duration.seconds(60)

  func examine() async -> Diagnosis {
    var diagnosis = Diagnosis()
    let settings: Settings
    diagnosis.add([.ok(.version, "devin-sync \(VersionFacts().summary)")])
    do {
      settings = try Settings(profile, flags: flags)
      diagnosis.add([Self.configuration(settings)])
    } catch {
      diagnosis.add([Self.finding(.configuration, error)])
      return diagnosis
    }
    diagnosis.add(await access(settings))
    diagnosis.add(await file(settings))
    diagnosis.add([await schedule(settings)])
    return diagnosis
  }

  private static func configuration(_ settings: Settings) -> Diagnosis.Finding {
    guard let file = settings.file else { return .ok(.configuration, "no configuration file; the defaults apply") }
    return .ok(.configuration, "\(file.path)\(settings.profile.map { ", profile \($0)" } ?? "")")
  }

  // MARK: - The server

  private func access(_ settings: Settings) async -> [Diagnosis.Finding] {
    let key: KeySource
    do { key = try KeySource(settings) } catch { return [Self.finding(.key, error)] }
    guard !isOffline else { return [.note(.key, "from \(key.description); not tried, because of --offline")] }
    do {
      let mirror = try await settings.mirror(with: key)
      let requested = try settings.requestedResources
      let report = try await mirror.check(Catalogue.all.filter { requested.contains($0.name) })
      let kind = report.principal?.replacing("_", with: " ") ?? "key type unknown"
      return [
        .ok(.key, "from \(key.description); accepted (\(kind)\(report.isEnterprise ? " of the enterprise" : ""))"),
        .ok(.connection, "\(mirror.address)"),
        .ok(.organization, report.organization ?? "the key lists no organization"),
        Self.permissions(report), Self.clock(report),
      ].compactMap(\.self)
    } catch {
      return [Self.finding(Self.subject(of: error), error)]
    }
  }

  private static func permissions(_ report: AccessReport) -> Diagnosis.Finding {
    if let problem = report.problem {
      return .problem(
        .permissions, problem.message, action: advice(problem.messageWithAdvice, after: problem.message), .run(problem.status))
    }
    let readable = report.entries.count { $0.access == .readable }
    let untried = report.entries.count { if case .unknown = $0.access { true } else { false } }
    let absent = report.entries.count { $0.access == .absent }
    let ofEnterprise = report.entries.count { $0.access == .enterpriseOnly }
    let others = [
      (absent, "not available on this deployment"), (untried, "without a row to try it with"),
      (ofEnterprise, "only for enterprise keys"),
    ].filter { $0.0 > 0 }.map { "; \($0.0.grouped) \($0.1)" }.joined()
    let text = "\(readable) of \((report.entries.count - ofEnterprise).counted("resource")) can be read\(others)"
    let forbidden = report.entries.filter { $0.access == .forbidden }
    guard !forbidden.isEmpty else { return .ok(.permissions, text) }
    let names = forbidden.prefix(5).map { "\($0.resource) (\($0.permission))" }.joined(separator: ", ")
    let rest = forbidden.count > 5 ? " and \(forbidden.count - 5) more" : ""
    return .note(
      .permissions, "\(text); without permission: \(names)\(rest)",
      action: "Give the service user these permissions, or leave the resources out with --skip. `devin-sync check` lists all.")
  }

  /// Nil: the server sent no time.
  private static func clock(_ report: AccessReport) -> Diagnosis.Finding? {
    guard let ahead = report.clockAhead else { return nil }
    let difference = max(ahead, .zero - ahead)
    guard difference > clockTolerance else { return .ok(.clock, "agrees with the server") }
    return .note(
      .clock, "\(difference.inWholeUnits) \(ahead > .zero ? "ahead of" : "behind") the server",
      action: "Set the clock of this machine, for example with NTP. --max-age and TLS depend on it.")
  }

  // MARK: - The file

  private func file(_ settings: Settings) async -> [Diagnosis.Finding] {
    let path: String
    let asked: Set<String>
    do {
      (path, asked) = (try settings.database, try settings.requestedResources)
    } catch {
      return [Self.finding(.configuration, error)]
    }
    var findings = [Self.disk(path)]
    do {
      let status = try await MirrorStatus(database: path)
      if let unknown = status.unknown {
        return findings + [.note(.file, unknown.message, action: "Run `devin-sync sync`, which upgrades it.")]
      }
      let integrity = try await MirrorIntegrity(database: path, asked: asked)
      let all = integrity.allFindings
      findings.append(
        all.isEmpty
          ? .ok(.file, "\(path) is intact")
          : .problem(
            .file, "\(path): \(all.prefix(3).joined(separator: " "))\(all.count > 3 ? " And \(all.count - 3) more." : "")",
            action: integrity.advice, .databaseFailed))
      findings += Self.mirror(status, integrity, asked)
    } catch {
      findings.append(Self.finding(.file, error))
    }
    return findings
  }

  private static func disk(_ path: String) -> Diagnosis.Finding {
    let (used, free) = MirrorMaintenance(database: path).room
    let text = "\(free.inBytes) free, the mirror has \(used.inBytes)"
    // A VACUUM and a backup need as much room as the file itself.
    guard free < max(used, 100_000_000) else { return .ok(.disk, text) }
    return .note(.disk, text, action: "Free some space: a backup and VACUUM need as much as the mirror has.")
  }

  private static func mirror(_ status: MirrorStatus, _ integrity: MirrorIntegrity, _ asked: Set<String>) -> [Diagnosis.Finding] {
    let completeness = status.completeness(asked: asked)
    let verdict = completeness.sentences()[0]
    var findings: [Diagnosis.Finding] = []
    if status.activeRun != nil {
      findings.append(.note(.mirror, "a run is active. \(verdict)"))
    } else if completeness.isEmpty {
      // A first run that failed is a problem; none so far is not.
      findings.append(
        status.lastRun == nil
          ? .note(.mirror, verdict, action: "Run `devin-sync sync`.")
          : .problem(.mirror, verdict, action: "Run `devin-sync sync`, and look at what it reports.", .unusableData))
    } else if completeness.isComplete {
      findings.append(.ok(.mirror, verdict))
    } else {
      let command = "Run `devin-sync sync`, and look at what it reports. `devin-sync status --all` shows each resource."
      // The same as `verify --offline`: what is only held back or quarantined was read.
      findings.append(
        integrity.notRead.isEmpty
          ? .note(.mirror, verdict, action: command) : .problem(.mirror, verdict, action: command, .unusableData))
    }
    if let run = status.lastRun, let ended = run.status, ended != 0 {
      let why = run.reason ?? "`devin-sync --help` says what it means"
      findings.append(.note(.mirror, "the last run ended with status \(ended): \(why)"))
    }
    findings += (status.pushes?.sentences ?? []).map { .note(.mirror, $0) }
    return findings
  }

  // MARK: - The schedule

  private func schedule(_ settings: Settings) async -> Diagnosis.Finding {
    let name = settings.profile.map { "devin-sync-\($0)" } ?? "devin-sync"
    let scheduler = Scheduler.usual
    do {
      guard let lines = try await scheduler.installed(name) else {
        return .note(.schedule, "launchd knows", action: "Run: launchctl print gui/$(id -u)/\(name)")
      }
      guard lines.isEmpty else { return .ok(.schedule, "\(name) is installed for \(scheduler.rawValue)") }
      return .note(
        .schedule, "\(name) is not installed for \(scheduler.rawValue)",
        action: "To sync regularly: devin-sync schedule install --every 15m")
    } catch {
      let why = (error as? Failure)?.message ?? "\(error)"
      return .note(.schedule, why, action: "Use another scheduler, or `devin-sync watch --every 15m`.")
    }
  }

  // MARK: - Errors

  /// What an error is about that ended the check of the key.
  private static func subject(of error: any Error) -> Diagnosis.Subject {
    switch error {
    case SyncError.noOrganization, SyncError.foreignOrganization, SyncError.organizationUnknown: .organization
    case SyncError.apiUnusable, SyncError.serverUntrusted: .connection
    default: .key
    }
  }

  private static func finding(_ subject: Diagnosis.Subject, _ error: any Error) -> Diagnosis.Finding {
    switch error {
    case let failure as Failure: .problem(subject, failure.message, failure.status)
    case let error as SyncError:
      .problem(subject, error.message, action: advice(error.messageWithAdvice, after: error.message), error.exitStatus)
    case let error as MirrorError: .problem(subject, error.messageWithAdvice, error.exitStatus)
    default: .problem(subject, "internal error, a bug in devin-sync: \(error). Please report it.", .defect)
    }
  }

  /// The part of a text that says what to do; nil: there is none.
  private static func advice(_ text: String, after message: String) -> String? {
    guard text.hasPrefix(message), text.count > message.count else { return nil }
    return String(text.dropFirst(message.count).drop { $0 == " " })
  }
}

extension VersionFacts {
  /// `0.1.0, schema 12, SQLite 3.46.1 on linux (x86_64)`.
  fileprivate var summary: String { "\(version), schema \(schemaVersion), SQLite \(sqliteVersion), \(system) \(architecture)" }
}
