import DevinAPI
import Synchronization
import TestSupport
import Testing

@Suite("Pacing", .timeLimit(.minutes(60)))
struct RequestPacerTests {
  /// Requests in the queue of a pacer: how many were admitted and how many gave up.
  private final class Line: Sendable {
    private let counts = Mutex((through: 0, cancelled: 0))
    private let passes = Mutex<[RequestPacer.Pass]>([])
    let pacer: RequestPacer

    init(_ pacer: RequestPacer) { self.pacer = pacer }

    var through: Int { counts.withLock(\.through) }
    var cancelled: Int { counts.withLock(\.cancelled) }

    @discardableResult
    func join(_ count: Int = 1) -> [Task<Void, Never>] {
      (0..<count).map { _ in
        Task {
          do {
            let pass = try await pacer.enter(for: "GET /v3/list")
            passes.withLock { $0.append(pass) }
            counts.withLock { $0.through += 1 }
          } catch {
            counts.withLock { $0.cancelled += 1 }
          }
        }
      }
    }

    /// Answers the oldest requests in flight.
    func answer(_ count: Int, _ result: RequestPacer.Result = .answered) async {
      for _ in 0..<count { await pacer.leave(passes.withLock { $0.removeFirst() }, result) }
    }

    /// Lets every task run until it waits.
    func settle() async { for _ in 0..<300 { await Task.yield() } }

    /// Waits until this many requests are admitted, and gives the others time to be admitted as well.
    func settle(through count: Int) async {
      while through < count, !Task.isCancelled { await Task.yield() }
      await settle()
    }
  }

  @Test("four requests are sent at first, and more after their answers have arrived")
  func opensUp() async {
    let clock = ManualClock()
    let line = Line(RequestPacer(limit: 64, time: clock.time))
    line.join(40)
    await line.settle(through: 4)
    #expect(line.through == 4)
    #expect(line.pacer.window == 4)
    clock.advance(by: .milliseconds(50))
    await line.answer(4)
    await line.settle(through: 12)
    #expect(line.pacer.window == 8)
    #expect(line.through == 12, "8 in flight")
  }

  @Test("if answers arrive at once, four requests at a time are enough")
  func staysSmall() async {
    let line = Line(RequestPacer(limit: 64, time: ManualClock().time))
    line.join(40)
    await line.settle(through: 4)
    await line.answer(4)
    await line.settle(through: 8)
    #expect(line.pacer.window == 4)
    #expect(line.through == 8)
  }

  @Test("a limit of one is one")
  func keepsLimitOfOne() async {
    let line = Line(RequestPacer(limit: 1, time: ManualClock().time))
    line.join(3)
    await line.settle(through: 1)
    #expect(line.through == 1)
    await line.answer(1)
    await line.settle(through: 2)
    #expect(line.through == 2)
  }

  @Test("a failure frees no slot")
  func staysAtFailure() async {
    let line = Line(RequestPacer(limit: 8, time: ManualClock().time))
    line.join(9)
    await line.settle(through: 4)
    await line.answer(1, .failed)
    await line.settle(through: 5)
    #expect(line.through == 5)
  }

  @Test("during a pause that the server asked for nothing is sent, and after it one request after another")
  func holdsBack() async throws {
    let clock = ManualClock(.untilAdvanced)
    let line = Line(RequestPacer(limit: 4, time: clock.time))
    line.join(2)
    await line.settle(through: 2)
    await line.answer(1, .slowDown(.seconds(30)))
    await line.answer(1)
    line.join(3)
    await clock.untilAsleep(1)
    clock.advance(by: .seconds(29))
    await line.settle()
    #expect(line.through == 2)
    clock.advance(by: .seconds(1))
    await line.settle(through: 3)
    #expect(line.through == 3, "the next is due a moment later")
    for number in 4...5 {
      await clock.untilAsleep(1)
      clock.advance(by: .milliseconds(200))
      await line.settle(through: number)
    }
    #expect(line.through == 5)
  }

  @Test("a wait of more than five minutes delays requests no longer than a refusal without a wait")
  func ignoresLongWaits() async {
    let clock = ManualClock(.untilAdvanced)
    let line = Line(RequestPacer(limit: 4, time: clock.time))
    line.join(2)
    await line.settle(through: 2)
    await line.answer(1, .slowDown(.seconds(301)))
    await line.answer(1)
    line.join(1)
    await clock.untilAsleep(1)
    clock.advance(by: .milliseconds(200))
    await line.settle(through: 3)
    #expect(line.through == 3)
  }

  @Test("a request that is cancelled in the queue leaves it, and its slot goes to the next")
  func freesPlaces() async {
    let line = Line(RequestPacer(limit: 1, time: ManualClock().time))
    line.join()
    await line.settle(through: 1)
    let waiting = line.join(5)
    await line.settle()
    for task in waiting { task.cancel() }
    for task in waiting { await task.value }
    #expect(line.cancelled == 5)
    line.join()
    await line.answer(1)
    await line.settle(through: 2)
    #expect(line.through == 2)
  }

  @Test("a request that is cancelled during the pause ends at once and blocks no other request")
  func endsDuringSilence() async {
    let clock = ManualClock(.untilAdvanced)
    let line = Line(RequestPacer(limit: 1, time: clock.time))
    line.join()
    await line.settle(through: 1)
    let waiting = line.join(3)
    await line.settle()
    await line.answer(1, .slowDown(.seconds(60)))
    await clock.untilAsleep(1)
    for task in waiting { task.cancel() }
    for task in waiting { await task.value }
    #expect(line.cancelled == 3)
    clock.advance(by: .seconds(60))
    line.join()
    await line.settle(through: 2)
    #expect(line.through == 2)
  }

  @Test("after the key is rejected, nothing is sent any more")
  func closes() async {
    let line = Line(RequestPacer(limit: 4, time: ManualClock().time))
    let tasks = line.join(20)
    await line.settle(through: 4)
    await line.answer(1, .keyRefused)
    await line.answer(3)
    for task in tasks { await task.value }
    await line.join().first?.value
    #expect(line.through == 4)
    #expect(line.cancelled == 17)
  }

  @Test("the number in flight never exceeds the limit, and all requests are answered", arguments: [1, 3, 6, 64])
  func keepsLimit(_ limit: Int) async throws {
    let inFlight = Mutex((now: 0, most: 0))
    let script = ScriptedTransport { (_, number) throws(APIError) in
      inFlight.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      for _ in 0..<number % 7 { await Task.yield() }
      inFlight.withLock { $0.now -= 1 }
      switch number % 20 {
      case 7: return .text("", status: 429, headers: ["retry-after": "1"])
      case 13: throw APIError(.connection("closed"), endpoint: "GET /v3/list")
      case 17: return .text("", status: 500)
      default: return .page([])
      }
    }
    let meter = RequestMeter()
    let pacer = RequestPacer(limit: limit, time: ManualClock().time)
    let transport = PacedTransport(base: script, pacer: pacer, meter: meter)
    await withTaskGroup(of: Void.self) { group in
      for number in 0..<500 {
        group.addTask { _ = try? await transport.send(APIRequest(target: "/\(number)", endpoint: "GET /\(number)")) }
      }
    }
    #expect(script.requests.count == 500)
    #expect(meter.reading.requests == 500)
    #expect(inFlight.withLock(\.most) <= limit)
    #expect(inFlight.withLock(\.now) == 0)
  }
}
