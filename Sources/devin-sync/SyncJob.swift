import DevinSync

/// One run of `sync` with the settings of one profile, from the settings to its exit status.
struct SyncJob: Sendable {
  let settings: Settings
  var full = false
  var allowMassDeletion = false

  /// The runs that a command's options request: one, or one for each profile.
  /// - Throws: `Failure` when the configuration file cannot be used.
  static func all(
    _ database: DatabaseOptions, _ connection: ConnectionOptions, _ run: RunOptions, allProfiles: Bool
  ) throws -> [SyncJob] {
    let settings = try Settings(
      database.profile, flags: database.flags.merging(connection.flags) { $1 }.merging(run.flags) { $1 })
    return try (allProfiles ? settings.allProfiles() : [settings]).map {
      SyncJob(settings: $0, full: run.full, allowMassDeletion: run.allowMassDeletion)
    }
  }

  /// Runs one after the other; a signal ends all of them.
  static func run(_ jobs: [SyncJob], _ progress: ProgressMode, signals: Signals) async -> ExitStatus {
    var statuses: [ExitStatus] = []
    for job in jobs where signals.status == nil { statuses.append(await job.run(progress.display(), signals: signals)) }
    return .combined(statuses)
  }

  /// The caller must let signals cancel the task.
  /// - Returns: the exit status of the command if this were its only run; everything has been reported by then.
  func run(_ display: any ProgressDisplay, signals: Signals) async -> ExitStatus {
    await Console.$profile.withValue(settings.profile) {
      let startedAt = UnixTime.now
      let recorder = RunRecorder(display)
      do {
        let after = try AfterRun(settings)
        let hook = try ChangeHook(settings)
        await after.begin()
        let status = await attempt(recorder, signals)
        var summary = RunSummary(
          recorder.report, problem: recorder.problem, status: status, database: try settings.database,
          profile: settings.profile, startedAt: startedAt)
        if let trouble = await hook?.run(recorder.report, database: summary.database, isHurried: signals.status != nil) {
          Console.warn(trouble)
          summary.problems.append(trouble)
        }
        await after.end(summary, recorder.report, isHurried: signals.status != nil)
        return status
      } catch {
        return Self.tell(error, display)
      }
    }
  }

  private func attempt(_ display: any ProgressDisplay, _ signals: Signals) async -> ExitStatus {
    do {
      var options = try settings.options()
      options.full = full
      options.allowMassDeletion = allowMassDeletion
      return await Self.run(try await settings.mirror(), options, display, signals)
    } catch is CancellationError {
      return signals.status ?? .interrupted
    } catch {
      return Self.tell(error, display)
    }
  }

  private static func tell(_ error: any Error, _ display: any ProgressDisplay) -> ExitStatus {
    let failure = error as? Failure ?? Failure(.defect, "internal error, a bug in devin-sync: \(error). Please report it.")
    display.fail(failure.message, status: failure.status)
    return failure.status
  }

  /// Runs a sync and shows it. The caller must let signals cancel the task.
  static func run(
    _ mirror: DevinMirror, _ options: SyncOptions, _ display: any ProgressDisplay, _ signals: Signals
  ) async -> ExitStatus {
    var mirror = mirror
    mirror.statusWhenCancelled = { signals.status == .terminated ? .terminated : .interrupted }
    let status: ExitStatus
    do {
      let report = try await mirror.sync(options) { await display.watch($0) }
      status = report.wasCancelled ? signals.status ?? .interrupted : .run(report.status)
      display.finish(report, status: status)
    } catch let error as SyncError {
      status = error.exitStatus
      display.fail(error.messageWithAdvice, status: status)
    } catch is CancellationError {
      status = signals.status ?? .interrupted
      display.fail("interrupted before the run began; nothing was done.", status: status)
    } catch {
      status = .defect
      display.fail(
        "internal error, a bug in devin-sync: \(error). Please report it. Everything committed before is kept.", status: status)
    }
    return status
  }
}
