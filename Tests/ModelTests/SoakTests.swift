import DevinSandbox
import Foundation
import Synchronization
import Testing
import TrialSupport

/// `make soak`: games with new seeds for `SOAK_MINUTES`, and in parallel a mirror whose runs always do the same amount of work,
/// so their memory must not grow.
@Suite("A soak test", .enabled(if: Soak.minutes != nil))
struct SoakTests {
  private static let steps = 40

  @Test("with games and steady runs leaves the mirror equal to the server, and memory does not grow")
  func soak() async throws {
    let soak = Soak()
    try await withThrowingTaskGroup { group in
      for lane in 0..<2 {
        group.addTask {
          var seed = Soak.firstSeed + UInt64(lane)
          while !soak.isOver {
            let (score, failures) = try await Game.play(seed: seed, steps: Self.steps)
            soak.add(score)
            if !failures.isEmpty { print("seed \(seed) failed\n\(failures.joined(separator: "\n"))") }
            #expect(failures.isEmpty, "seed \(seed)")
            seed += 2
          }
        }
      }
      group.addTask { try await Self.runSteadily(soak) }
      try await group.waitForAll()
    }
    print("in all: \(soak.score.line)\n\(soak.score.details)")
    let (first, last, count) = soak.memory
    print("memory of \(count) steady runs: \(first) KB at first, \(last) KB at last")
    #expect(Double(last) <= Double(first) * 1.15 + 2_000, "memory grows with the number of runs")
  }

  /// Runs of one mirror, each with the same share of changed sessions.
  private static func runSteadily(_ soak: Soak) async throws {
    var scenario = SandboxScenario.brief
    scenario.sessions = 400
    try await Command.trial(scenario) { command, sandbox in
      #expect(try await command.run("sync").status == 0)
      while !soak.isOver {
        sandbox.advance(seconds: 60)
        try sandbox.edit(.touchShare(percent: 10))
        let (pids, pid) = AsyncStream.makeStream(of: pid_t.self)
        // Near the end of about a hundred requests.
        sandbox.atRequest(90) {
          if let pid = await pids.first(where: { _ in true }), let peak = Running.memoryPeak(of: pid) { soak.add(peak: peak) }
        }
        let run = try command.start("sync")
        pid.yield(run.pid)
        let result = try await run.result()
        #expect(result.status == 0, "\(result.errors)")
        sandbox.forgetPlans()
      }
      #expect(try MirroredFile(command.database).differences(from: sandbox) == [])
    }
  }
}

/// The progress of a soak test.
final class Soak: Sendable {
  /// Nil: not requested.
  static let minutes = ProcessInfo.processInfo.environment["SOAK_MINUTES"].flatMap { Int($0) }
  static let firstSeed = ProcessInfo.processInfo.environment["DEVIN_SYNC_SEED"].flatMap { UInt64($0) } ?? 1000

  private struct State {
    var score = Score()
    /// Peak memory of the steady runs, in kilobytes.
    var peaks: [Int] = []
    var minute = 0
  }
  private let state = Mutex(State())
  private let began = ContinuousClock.now

  private var minute: Int { Int(began.duration(to: .now).components.seconds) / 60 }

  var isOver: Bool { minute >= Self.minutes ?? 10 }
  var score: Score { state.withLock { $0.score } }

  func add(_ score: Score) { state.withLock { $0.score = $0.score + score } }

  /// Prints the progress once a minute.
  func add(peak: Int) {
    state.withLock { state in
      state.peaks.append(peak)
      guard minute > state.minute else { return }
      state.minute = minute
      print("minute \(minute): \(state.score.line); steady runs \(state.peaks.count), the newest held \(peak) KB")
      fflush(nil)
    }
  }

  /// Medians of the first and the last quarter of the steady runs.
  var memory: (first: Int, last: Int, count: Int) {
    let peaks = state.withLock { $0.peaks }
    let quarter = max(1, peaks.count / 4)
    func median(_ part: ArraySlice<Int>) -> Int { part.isEmpty ? 0 : part.sorted()[part.count / 2] }
    return (median(peaks.prefix(quarter)), median(peaks.suffix(quarter)), peaks.count)
  }
}
