import Foundation
import Testing

@Suite("A random player", .timeLimit(.minutes(60)))
struct ModelTests {
  /// `DEVIN_SYNC_SEED` selects one game, with `DEVIN_SYNC_STEPS` steps.
  private static let seeds: [UInt64] =
    ProcessInfo.processInfo.environment["DEVIN_SYNC_SEED"].flatMap { UInt64($0) }.map { [$0] } ?? Array(1...8)
  private static let steps = ProcessInfo.processInfo.environment["DEVIN_SYNC_STEPS"].flatMap { Int($0) } ?? 14

  @Test("never makes the mirror differ from the server", arguments: seeds)
  func plays(_ seed: UInt64) async throws {
    let (score, failures) = try await Game.play(seed: seed, steps: Self.steps)
    print("seed \(seed): \(score.line)")
    #expect(failures.isEmpty, "\(failures.joined(separator: "\n"))")
  }
}
