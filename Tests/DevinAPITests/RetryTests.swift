import DevinAPI
import DevinModel
import TestSupport
import Testing

@Suite("Retries")
struct RetryTests {
  private static let date = "Sun, 06 Nov 1994 08:49:37 GMT"

  /// Answers with these, then with pages.
  private func script(_ answers: [APIResponse]) -> ScriptedTransport {
    ScriptedTransport { (_, number) throws(APIError) in number < answers.count ? answers[number] : .page(["{}"]) }
  }

  @Test("five attempts, with delays doubling from half a second", arguments: [500, 502, 503, 408, 409])
  func triesFiveTimes(_ status: Int) async {
    let clock = ManualClock()
    let script = ScriptedTransport { (_, _) throws(APIError) in .text(#"{"detail": "later"}"#, status: status) }
    let error = await DevinClient(script, clock: clock).failure()
    #expect(error?.attempts == 5)
    #expect(error?.status == status)
    #expect(error?.detail == "later")
    #expect(script.requests.count == 5)
    #expect(clock.sleeps == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
  }

  @Test("the delays are random, between zero and their full length")
  func drawsWaits() async {
    let clock = ManualClock()
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 500) }
    _ = await DevinClient(script, clock: clock, jitter: { 0.25 }).failure()
    #expect(clock.sleeps == [.milliseconds(125), .milliseconds(250), .milliseconds(500), .seconds(1)])
    let drawn = ManualClock()
    let meter = RequestMeter()
    let client = DevinClient(transport: script, retry: Retry(time: drawn.time, budget: RetryBudget(), meter: meter), meter: meter)
    _ = await client.failure()
    for (sleep, longest) in zip(drawn.sleeps, [0.5, 1, 2, 4]) { #expect(sleep >= .zero && sleep <= .seconds(longest)) }
  }

  @Test("no request waits longer than 45 seconds in total for a server that fails slowly")
  func hasPatience() async {
    let clock = ManualClock(.passAtOnce)
    let script = ScriptedTransport { (_, _) throws(APIError) in
      try? await clock.time.sleep(.seconds(20))
      return .text("", status: 500)
    }
    #expect(await DevinClient(script, clock: clock).failure()?.attempts == 3)
    #expect(clock.elapsed < .seconds(65))
  }

  @Test(
    "half a page, a web page and an empty answer are retried",
    arguments: [APIResponse.text(#"{"items": ["#), .text("<html>"), .text(""), .bytes([0xff])])
  func retriesBrokenAnswers(_ broken: APIResponse) async throws {
    let clock = ManualClock()
    let script = script([broken, broken])
    #expect(try await DevinClient(script, clock: clock).list().rowCount == 1)
    #expect(clock.sleeps == [.milliseconds(500), .seconds(1)])
  }

  @Test("a request that the server rejects is not retried", arguments: [400, 401, 403, 404, 405, 410, 422, 302, 204])
  func retriesNoRefusal(_ status: Int) async {
    let clock = ManualClock()
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("{}", status: status, headers: ["retry-after": "1"]) }
    let error = await DevinClient(script, clock: clock).failure(Endpoint("/v3/self"))
    #expect(error?.attempts == 1)
    #expect(clock.sleeps.isEmpty)
    #expect(Set(script.targets).count == script.targets.count, "no path is asked twice")
  }

  @Test("another shape is not retried")
  func retriesNoShape() async {
    let script = ScriptedTransport { (_, _) throws(APIError) in .text(#"{"rows": []}"#) }
    #expect(await DevinClient(script).failure()?.attempts == 1)
  }

  @Test("a connection that fails is also tried five times")
  func reconnects() async {
    let clock = ManualClock()
    let script = ScriptedTransport { (request, _) throws(APIError) in
      throw APIError(.connection("closed"), endpoint: request.endpoint)
    }
    let error = await DevinClient(script, clock: clock).failure()
    #expect(error?.attempts == 5)
    #expect(clock.sleeps == [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
  }

  @Test("a wait in seconds is respected", arguments: [429, 503])
  func obeysSeconds(_ status: Int) async throws {
    let clock = ManualClock()
    let wait = APIResponse.text("", status: status, headers: ["retry-after": "100"])
    #expect(try await DevinClient(script([wait, wait]), clock: clock).list().rowCount == 1)
    #expect(clock.sleeps == [.seconds(100), .seconds(100)])
  }

  @Test("a wait until a date is measured from the answer's own date")
  func obeysDates() async throws {
    let clock = ManualClock()
    let headers = ["date": Self.date, "retry-after": "Sun, 06 Nov 1994 08:51:37 GMT"]
    _ = try await DevinClient(script([.text("", status: 429, headers: headers)]), clock: clock).list()
    #expect(clock.sleeps == [.seconds(120)])
  }

  @Test("waits that the server asked for count neither as attempts nor as time")
  func countsOrderedWaitsApart() async {
    let clock = ManualClock()
    let script = ScriptedTransport { (_, number) throws(APIError) in
      number < 2 ? .text("", status: 429, headers: ["retry-after": "60"]) : .text("", status: 500)
    }
    #expect(await DevinClient(script, clock: clock).failure()?.attempts == 7)
    #expect(clock.sleeps == [.seconds(60), .seconds(60), .milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
  }

  @Test("a pause caused by another request does not count as time")
  func countsHeldRequestsApart() async throws {
    let clock = ManualClock()
    let meter = RequestMeter()
    let pacer = RequestPacer(limit: 2, time: clock.time)
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 500) }
    let retry = Retry(time: clock.time, budget: RetryBudget(), meter: meter, jitter: { 1 })
    let client = DevinClient(transport: PacedTransport(base: script, pacer: pacer, meter: meter), retry: retry, meter: meter)
    let other = try await pacer.enter(for: "GET /v3/other")
    await pacer.leave(other, .slowDown(.seconds(120)))
    #expect(await client.failure()?.attempts == 5)
    #expect(clock.sleeps.first == .seconds(120))
  }

  @Test("waits are respected up to five minutes in total")
  func endsOrderedWaits() async {
    let clock = ManualClock()
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 429, headers: ["retry-after": "100"]) }
    let error = await DevinClient(script, clock: clock).failure()
    #expect(clock.sleeps == [.seconds(100), .seconds(100), .seconds(100)])
    #expect(error?.reason == .rateLimited(retryAfter: .seconds(100)))
    #expect(error?.attempts == 4)
  }

  @Test("a single wait of more than five minutes fails at once")
  func refusesLongWaits() async {
    let clock = ManualClock()
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 503, headers: ["retry-after": "301"]) }
    #expect(await DevinClient(script, clock: clock).failure()?.attempts == 1)
    #expect(clock.sleeps.isEmpty)
  }

  @Test("429 is no failed attempt: the waits grow, and other failures are counted separately", arguments: [nil, "0"])
  func waitsForTurn(_ retryAfter: String?) async throws {
    let clock = ManualClock()
    let headers = retryAfter.map { ["retry-after": $0] } ?? [:]
    let script = ScriptedTransport { (_, number) throws(APIError) in
      switch number {
      case 0..<9: .text("", status: 429, headers: headers)
      case 9..<13: .text("", status: 500)
      default: .page(["{}"])
      }
    }
    #expect(try await DevinClient(script, clock: clock).list().rowCount == 1)
    let first = Duration.milliseconds(retryAfter == nil ? 500 : 0)
    let waits: [Duration] = [first] + [1, 2, 4, 8, 8, 8, 8, 8].map { .seconds($0) }
    #expect(clock.sleeps == waits + [.milliseconds(500), .seconds(1), .seconds(2), .seconds(4)])
  }

  @Test("after five minutes of 429 a request fails if no other is answered; later requests fail at the first refusal")
  func givesUpAfterFiveMinutes() async {
    let clock = ManualClock()
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 429) }
    let client = DevinClient(script, clock: clock)
    #expect(await client.failure()?.reason == .rateLimited(retryAfter: nil))
    #expect(clock.elapsed >= .seconds(300) && clock.elapsed < .seconds(301))
    let count = script.requests.count
    #expect(await client.failure()?.attempts == 1)
    #expect(script.requests.count == count + 1)
  }

  @Test("as long as other requests are answered, a refused request keeps waiting")
  func waitsWhileOthersAreAnswered() async throws {
    let clock = ManualClock()
    let budget = RetryBudget()
    let script = ScriptedTransport { (_, number) throws(APIError) in
      // Another request is answered now and then.
      if number.isMultiple(of: 10) { budget.answered() }
      return number < 200 ? .text("", status: 429) : .page(["{}"])
    }
    #expect(try await DevinClient(script, clock: clock, budget: budget).list().rowCount == 1)
    #expect(clock.elapsed > .seconds(1500))
  }

  @Test("a server that always sends zero is not asked forever")
  func endsZeroWaits() async {
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 429, headers: ["retry-after": "0"]) }
    #expect((await DevinClient(script).failure()?.attempts ?? 0) <= 601)
  }

  @Test("a wait ends at once when the task is cancelled", .timeLimit(.minutes(60)))
  func endsWhenCancelled() async {
    let clock = ManualClock(.untilAdvanced)
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 429, headers: ["retry-after": "200"]) }
    let client = DevinClient(script, clock: clock)
    let task = Task { await client.failure() }
    await clock.untilAsleep(1)
    #expect(client.meter.reading.waitingNow == 1)
    #expect(client.meter.reading.waitReason == "status 429")
    task.cancel()
    #expect(await task.value?.reason == .cancelled)
    #expect(script.requests.count == 1)
    #expect(client.meter.reading.waitingNow == 0)
  }

  @Test("retries and waits are counted")
  func counts() async throws {
    let client = DevinClient(script([.text("", status: 500), .text("", status: 500)]))
    _ = try await client.list()
    #expect(client.meter.reading.retries == 2)
    #expect(client.meter.reading.waited == .milliseconds(1500))
  }
}

@Suite("The retry budget of a run")
struct RetryBudgetTests {
  @Test("after twelve consecutive requests without success, nothing is sent any more")
  func isSpent() async {
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 500) }
    let client = DevinClient(script)
    for number in 1...12 { #expect(await client.failure()?.reason == .server(retryAfter: nil), "request \(number)") }
    #expect(script.requests.count == 60)
    let error = await client.failure()
    #expect(error?.reason == .unavailable)
    #expect(error?.attempts == 0)
    #expect(script.requests.count == 60)
  }

  @Test("requests refused with 429 do not count")
  func isNotSpentOnLimits() async {
    let script = ScriptedTransport { (_, _) throws(APIError) in .text("", status: 429) }
    let client = DevinClient(script)
    for _ in 1...20 { #expect(await client.failure()?.reason == .rateLimited(retryAfter: nil)) }
  }

  @Test("one answer, even a refusal, resets it", arguments: [200, 403, 404, 422])
  func isRefilled(_ status: Int) async {
    let script = ScriptedTransport { (request, _) throws(APIError) in
      request.target.hasPrefix("/good") ? .text(#"{"items": []}"#, status: status) : .text("", status: 500)
    }
    let client = DevinClient(script)
    for _ in 1...11 { _ = await client.failure() }
    _ = await client.failure(Endpoint("/good"))
    for number in 1...12 { #expect(await client.failure()?.reason == .server(retryAfter: nil), "request \(number)") }
    #expect(await client.failure()?.reason == .unavailable)
  }
}
