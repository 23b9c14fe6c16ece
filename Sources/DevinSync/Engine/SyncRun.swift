import DevinAPI
import MirrorStore

/// What every worker of a run needs.
struct SyncRun: Sendable {
  let number: Int64
  let organization: String
  let options: SyncOptions
  let client: DevinClient
  let store: MirrorStore
  let time: TimeSource
  let board: ProgressBoard

  /// Unix seconds by this machine's clock.
  var now: Int64 { time.now().rawValue }
}

extension SyncRun {
  /// Reads every branch of the plan, several at once, until all are done, the time is up, the task is cancelled or
  /// something came up that nothing else can get past.
  /// - Returns: whether the time was up first.
  static func carryOut(_ plan: SyncPlan, in run: SyncRun, report: inout SyncReport) async -> Bool {
    let (timeWasUp, failures) = await withTaskGroup(of: [Problem]?.self) { group in
      group.addTask { await readBranches(of: plan, in: run) }
      if let limit = run.options.maxDuration {
        group.addTask {
          try? await run.time.sleep(limit)
          return nil
        }
      }
      var timeWasUp = false
      var failures: [Problem] = []
      for await end in group {
        if let end { failures = end } else if !Task.isCancelled, !group.isCancelled { timeWasUp = true }
        group.cancelAll()
      }
      return (timeWasUp, failures)
    }
    report.problems += failures
    return timeWasUp
  }

  private static func readBranches(of plan: SyncPlan, in run: SyncRun) async -> [Problem] {
    await withTaskGroup(of: Problem?.self) { group in
      for branch in plan.branches { group.addTask { await read(branch, in: run) } }
      var problems: [Problem] = []
      for await problem in group {
        guard let problem else { continue }
        // Siblings that were cut off by the same cause have nothing of their own to say.
        if !problems.contains(problem) { problems.append(problem) }
        group.cancelAll()
      }
      return problems
    }
  }

  /// - Returns: what stops the whole run.
  private static func read(_ branch: SyncPlan.Branch, in run: SyncRun) async -> Problem? {
    do {
      if let parent = branch.root.parent.flatMap(Catalogue.resource(named:)) {
        try await ChildWorker(resource: branch.root, parent: parent, run: run).work()
      } else {
        try await ResourceWorker(resource: branch.root, run: run).work()
      }
      if let stop = run.board.report(of: branch.root.name).problems.first(where: \.stopsTheRun) { return stop }
      return try await withThrowingTaskGroup(of: Problem?.self) { group in
        for child in branch.children where !Task.isCancelled {
          group.addTask {
            try await ChildWorker(resource: child, parent: branch.root, run: run).work()
            return run.board.report(of: child.name).problems.first(where: \.stopsTheRun)
          }
        }
        for try await stop in group where stop != nil {
          group.cancelAll()
          return stop
        }
        return nil
      }
    } catch is CancellationError {
      return nil
    } catch let error as StoreError {
      return Problem(.databaseFailed(error.message))
    } catch {
      return Problem(.defect("\(error)"))
    }
  }
}
