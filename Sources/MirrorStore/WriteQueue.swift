import Foundation
import GRDB
import Synchronization

/// The only writer. Jobs that are waiting when it gets to them share a transaction; it never waits for more jobs. Each job
/// succeeds or fails independently. A queued job is carried out even if its task is cancelled: a page that was received is stored.
/// A job may be carried out twice; in that case its first effects were rolled back.
final class WriteQueue: Sendable {
  private struct Job: Sendable {
    let perform: @Sendable (Database) throws -> Void
    let finish: @Sendable ((any Error)?) -> Void
  }

  private struct State {
    var jobs: [Job] = []
    var isDraining = false
  }

  private let database: DatabaseQueue
  private let thread = DispatchQueue(label: "devin-sync.writer")
  private let state = Mutex(State())

  init(_ database: DatabaseQueue) { self.database = database }

  /// Carries out `work` in a transaction, alone or with other jobs, and returns when it is committed.
  func write<Result: Sendable>(_ work: @escaping @Sendable (Database) throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      let result = Mutex<Result?>(nil)
      let job = Job(
        perform: { database in
          let value = try work(database)
          result.withLock { $0 = value }
        },
        finish: { error in
          if let error {
            continuation.resume(throwing: error)
          } else if let value = result.withLock({ $0 }) {
            continuation.resume(returning: value)
          }
        })
      let isFirst = state.withLock { state in
        state.jobs.append(job)
        defer { state.isDraining = true }
        return !state.isDraining
      }
      if isFirst { thread.async { self.drain() } }
    }
  }

  /// Carries out `work` outside of a transaction, between transactions, even if the calling task is cancelled.
  func writeOutsideTransaction<Value: Sendable>(_ work: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      thread.async { [database] in
        continuation.resume(with: Result { try database.writeWithoutTransaction(work) })
      }
    }
  }

  private func drain() {
    while true {
      let group = state.withLock { state in
        defer { state.jobs = [] }
        state.isDraining = !state.jobs.isEmpty
        return state.jobs
      }
      guard !group.isEmpty else { return }
      commit(group)
    }
  }

  private func commit(_ group: [Job]) {
    do {
      try transaction { database in
        for job in group { try job.perform(database) }
      }
      for job in group { job.finish(nil) }
    } catch {
      // A failing job rolls back the others too, so each is then carried out with its own savepoint.
      if group.count > 1 { commitEachApart(group) } else { group.first?.finish(error) }
    }
  }

  /// A savepoint for each job keeps the others' work when one fails. It costs two statements, and failures are rare.
  private func commitEachApart(_ group: [Job]) {
    var failures: [Int: any Error] = [:]
    do {
      try transaction { database in
        for (index, job) in group.enumerated() {
          do {
            try database.inSavepoint {
              try job.perform(database)
              return .commit
            }
          } catch {
            // A full disk may have rolled back the whole transaction; then no job has been done.
            guard database.isInsideTransaction else { throw error }
            failures[index] = error
          }
        }
      }
      for (index, job) in group.enumerated() { job.finish(failures[index]) }
    } catch {
      for (index, job) in group.enumerated() { job.finish(failures[index] ?? error) }
    }
  }

  private func transaction(_ work: (Database) throws -> Void) throws {
    try database.writeWithoutTransaction { database in
      try database.inTransaction(.immediate) {
        try database.limitLog()
        try work(database)
        return .commit
      }
    }
  }
}
