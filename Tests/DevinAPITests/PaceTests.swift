import Foundation
import Testing

@testable import DevinAPI

/// Decisions of the pacer, against servers in virtual time: times and numbers of refusals are exact, on any machine.
@Suite("The pace of requests")
struct PaceTests {
  private static let latencies = [0.001, 0.05]

  // MARK: - How many at once

  @Test("without a limit the window opens within a few answers", arguments: [(0.05, 1.2), (0.2, 4.3)])
  func opens(_ latency: Double, _ seconds: Double) {
    let run = SimulatedRun(1015, at: OpenServer { _ in latency })
    #expect(run.seconds <= seconds)
    #expect(run.mostInFlight == 64)
    #expect(run.window(at: 8 * latency) == 64)
  }

  @Test("the number in flight never exceeds the limit", arguments: [1, 2, 5, 64])
  func keepsCeiling(_ ceiling: Int) {
    let run = SimulatedRun(300, at: OpenServer { _ in 0.05 }, ceiling: ceiling)
    #expect(run.mostInFlight == ceiling)
    #expect(run.through.count == 300)
  }

  @Test("a server with four workers gets about four requests at once and is kept busy")
  func findsWorkers() {
    let run = SimulatedRun(1000, at: WorkerServer(workers: { _ in 4 }, work: 0.1))
    #expect(run.seconds <= 26, "25 s at best")
    #expect(run.mostInFlight <= 16)
    for second in 3...24 { #expect((4...16).contains(run.window(at: Double(second)))) }
  }

  @Test("a server that loses workers gets fewer requests at once, and more when it gains some")
  func followsWorkers() {
    let run = SimulatedRun(3000, at: WorkerServer(workers: { $0 < 20 ? 4 : $0 < 40 ? 2 : 16 }, work: 0.1))
    #expect(run.speed(5...20) >= 38)
    #expect(run.speed(22...40) >= 19)
    #expect(run.speed(45...50) >= 140, "160 at best")
    #expect(run.mostInFlight <= 60)
  }

  @Test("a few slow answers among many do not keep the window closed")
  func opensInSpiteOfTail() {
    var seed: UInt64 = 42
    func draw() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 11) / Double(UInt64(1) << 53)
    }
    // Log-normally distributed around 60 ms, plus a constant of 40 ms.
    let server = OpenServer { _ in
      let normal = (0..<12).reduce(-6) { sum, _ in sum + draw() }
      return 0.04 + 0.06 * exp(0.8 * normal)
    }
    let run = SimulatedRun(3000, at: server)
    #expect(run.window(at: 1.5) == 64)
    #expect(run.seconds <= 7.5)
  }

  @Test("if the machine itself is the limit, the window stays small")
  func staysSmallOnLoopback() {
    var server = WorkerServer(workers: { _ in 1 }, work: 0.001)
    server.distance = 0.000_1
    let run = SimulatedRun(5000, at: server)
    #expect(run.seconds <= 5.1)
    #expect(run.window(at: 1) <= 8)
  }

  // MARK: - How fast

  @Test("a bucket of 100 is emptied, and after that its rate is used", arguments: latencies, [1, nil])
  func findsRate(_ latency: Double, _ retryAfter: Double?) {
    let run = SimulatedRun(1015, at: BucketServer(burst: 100, rate: { _ in 100 }, retryAfter: retryAfter, latency: latency))
    #expect(run.seconds <= 9.7, "9.15 s at best")
    // Requests in flight when the server began to refuse cannot be cancelled.
    #expect(run.refused <= 64 + 15)
    #expect(run.refusals(3...20) <= 10)
    #expect(run.sentInSilence == 0)
  }

  @Test("a bucket of 10 causes at most two pauses", arguments: latencies)
  func findsRateOfSmallBucket(_ latency: Double) {
    let run = SimulatedRun(1015, at: BucketServer(burst: 10, rate: { _ in 100 }, retryAfter: 1, latency: latency))
    // Each pause of one second wastes 90 tokens; at best the server would accept all requests within 11.85 s.
    #expect(run.seconds <= 12.8)
    #expect(run.refusedShare <= 0.02)
    #expect(run.sentInSilence == 0)
  }

  @Test("a bucket of 10 without Retry-After takes hardly longer than necessary", arguments: latencies)
  func findsRateWithoutWaits(_ latency: Double) {
    let run = SimulatedRun(1015, at: BucketServer(burst: 10, rate: { _ in 100 }, retryAfter: nil, latency: latency))
    #expect(run.seconds <= 11.2, "10.05 s at best")
    #expect(run.refusedShare <= 0.03)
  }

  @Test(
    "other rates and buckets are found too",
    arguments: [(37.0, 7.0, 1.0), (500, 50, 1), (10, 600, 1), (20, 20, 3), (250, 25, 1), (13, 4, 1)], latencies)
  func findsOtherRates(_ server: (rate: Double, burst: Double, retryAfter: Double), _ latency: Double) {
    let count = Int(server.burst + 30 * server.rate)
    let run = SimulatedRun(
      count, at: BucketServer(burst: server.burst, rate: { _ in server.rate }, retryAfter: server.retryAfter, latency: latency))
    #expect(run.seconds <= 30 * 1.15 + 2.5 * server.retryAfter, "30 s at best")
    #expect(run.refused <= 100)
    #expect(run.sentInSilence == 0)
  }

  @Test("a shared limit is found again when it changes", arguments: latencies, [1, nil])
  func followsLimit(_ latency: Double, _ retryAfter: Double?) {
    let limit: (Double) -> Double = { $0 < 15 ? 100 : $0 < 30 ? 40 : 200 }
    let run = SimulatedRun(6000, at: BucketServer(burst: 20, rate: limit, retryAfter: retryAfter, latency: latency))
    #expect(run.speed(5...15) >= 85)
    #expect(run.speed(19...30) >= 32)
    #expect(run.speed(45...50) >= 120)
    #expect(run.refusedShare <= 0.03)
    #expect(run.sentInSilence == 0)
  }

  @Test("a server that refuses every fourth request at any rate does not slow down requests", arguments: [4, 20])
  func discardsRate(_ every: Int) {
    let run = SimulatedRun(1015, at: FickleServer(every: every, retryAfter: nil))
    #expect(run.seconds <= 8)
    #expect(run.through.count == 1015)
  }

  @Test("refusals alone never reduce the rate below five requests per second")
  func keepsFloor() {
    let run = SimulatedRun(100, at: BucketServer(burst: 2, rate: { _ in 2 }, retryAfter: nil))
    #expect(run.seconds <= 50.5, "49 s at best")
    #expect(Double(run.sent) / run.seconds <= 7)
  }

  @Test("a server that refuses everything is requested at most five times per second")
  func survivesRefusals() {
    let down = BucketServer(burst: 0, rate: { _ in 0 }, retryAfter: nil)
    let up = OpenServer { _ in 0.05 }
    let run = SimulatedRun(1000, at: ChangingServer(servers: [(0, up), (0.3, down), (20, up)]))
    #expect(run.refusals(1...20) <= 5 * 19 + 5)
    #expect(run.seconds <= 60)
    #expect(run.through.count == 1000)
  }

  @Test("a server that limits concurrency gets fewer requests at once")
  func findsCrowd() {
    let run = SimulatedRun(1015, at: CrowdServer(most: 8))
    #expect(run.seconds <= 14, "6.4 s at best")
    #expect(run.refusedShare <= 0.03)
  }

  @Test("a limit per second of the clock is respected")
  func findsFixedWindow() {
    let run = SimulatedRun(1015, at: FixedWindowServer(limit: 100))
    #expect(run.seconds <= 14.5)
    #expect(run.sentInSilence == 0)
  }
}
