@testable import DevinAPI

/// A server in virtual time, for `Pace`: it answers each request with a status after a number of seconds.
protocol SimulatedServer {
  mutating func answer(at now: Double) -> SimulatedAnswer
}

struct SimulatedAnswer {
  enum Outcome: Equatable {
    case answered, failed
    case refused(retryAfter: Double?)
  }
  var outcome = Outcome.answered
  /// From sending to the last byte.
  var seconds: Double
}

/// A token bucket in front of a server with unlimited capacity, or with this many concurrent requests.
struct BucketServer: SimulatedServer {
  var burst: Double
  /// Tokens per second at a time.
  var rate: (Double) -> Double
  var retryAfter: Double?
  var latency: Double
  private var tokens: Double
  private var filledAt = 0.0

  init(burst: Double, rate: @escaping (Double) -> Double, retryAfter: Double?, latency: Double = 0.001) {
    (self.burst, self.rate, self.retryAfter, self.latency) = (burst, rate, retryAfter, latency)
    tokens = burst
  }

  mutating func answer(at now: Double) -> SimulatedAnswer {
    tokens = min(burst, tokens + rate(now) * (now - filledAt))
    filledAt = now
    guard tokens >= 1 else { return SimulatedAnswer(outcome: .refused(retryAfter: retryAfter), seconds: latency) }
    tokens -= 1
    return SimulatedAnswer(seconds: latency)
  }
}

/// This many requests in each second of the clock.
struct FixedWindowServer: SimulatedServer {
  var limit: Int
  var latency = 0.01
  private var second = -1
  private var count = 0

  init(limit: Int) { self.limit = limit }

  mutating func answer(at now: Double) -> SimulatedAnswer {
    if Int(now) != second { (second, count) = (Int(now), 0) }
    count += 1
    return SimulatedAnswer(outcome: count > limit ? .refused(retryAfter: 1) : .answered, seconds: latency)
  }
}

/// Answers without a limit; the latency may be random.
struct OpenServer: SimulatedServer {
  var seconds: (Double) -> Double
  mutating func answer(at now: Double) -> SimulatedAnswer { SimulatedAnswer(seconds: seconds(now)) }
}

/// A few workers, each with one request at a time; other requests wait.
struct WorkerServer: SimulatedServer {
  /// The number of workers at a time.
  var workers: (Double) -> Int
  var work: Double
  var distance = 0.01
  private var free: [Double] = []

  init(workers: @escaping (Double) -> Int, work: Double) { (self.workers, self.work) = (workers, work) }

  mutating func answer(at now: Double) -> SimulatedAnswer {
    let count = workers(now)
    free.sort()
    while free.count > count { free.removeFirst() }
    while free.count < count { free.insert(now, at: 0) }
    let begin = max(now, free.removeFirst())
    free.append(begin + work)
    return SimulatedAnswer(seconds: begin + work - now + distance)
  }
}

/// Refuses every n-th request, whatever the rate.
struct FickleServer: SimulatedServer {
  var every: Int
  var retryAfter: Double?
  var latency = 0.02
  private var count = 0

  init(every: Int, retryAfter: Double?) { (self.every, self.retryAfter) = (every, retryAfter) }

  mutating func answer(at now: Double) -> SimulatedAnswer {
    count += 1
    let isRefused = count.isMultiple(of: every)
    return SimulatedAnswer(outcome: isRefused ? .refused(retryAfter: retryAfter) : .answered, seconds: latency)
  }
}

/// Refuses requests beyond a number in flight.
struct CrowdServer: SimulatedServer {
  var most: Int
  var latency = 0.05
  private var ends: [Double] = []

  init(most: Int) { self.most = most }

  mutating func answer(at now: Double) -> SimulatedAnswer {
    ends.removeAll { $0 <= now }
    guard ends.count < most else { return SimulatedAnswer(outcome: .refused(retryAfter: nil), seconds: 0.01) }
    ends.append(now + latency)
    return SimulatedAnswer(seconds: latency)
  }
}

/// Behaves like another server after some time.
struct ChangingServer: SimulatedServer {
  var servers: [(from: Double, server: any SimulatedServer)]

  mutating func answer(at now: Double) -> SimulatedAnswer {
    let place = servers.lastIndex { $0.from <= now } ?? 0
    return servers[place].server.answer(at: now)
  }
}

/// A run of requests against a server, paced by `Pace`, in virtual time.
struct SimulatedRun {
  /// When the last request was answered, in seconds.
  private(set) var seconds = 0.0
  private(set) var sent = 0
  private(set) var refused = 0
  /// The maximum number of requests in flight.
  private(set) var mostInFlight = 0
  /// Number of requests sent during a pause that the server asked for.
  private(set) var sentInSilence = 0
  /// When each accepted request was sent, and when it was answered.
  private(set) var through: [(left: Double, answered: Double)] = []
  private(set) var windows: [(at: Double, size: Int)] = []
  private(set) var refusals: [Double] = []

  var refusedShare: Double { Double(refused) / Double(max(sent, 1)) }

  /// Requests accepted per second, between two times.
  func speed(_ span: ClosedRange<Double>) -> Double {
    Double(through.count { span.contains($0.left) }) / (span.upperBound - span.lowerBound)
  }

  func window(at moment: Double) -> Int { windows.last { $0.at <= moment }?.size ?? 0 }
  func refusals(_ span: ClosedRange<Double>) -> Int { refusals.count(where: span.contains) }

  private enum Event {
    case wake
    case answer(Pace.Ticket, SimulatedAnswer)
    /// A refused request has finished waiting.
    case back
  }

  /// - Parameters:
  ///   - requests: how many requests must be accepted.
  ///   - wanted: how many of them are known at a time; nil: all from the beginning.
  init(
    _ requests: Int, at server: some SimulatedServer, ceiling: Int = 64, until end: Double = 600,
    wanted: ((Double) -> Int)? = nil
  ) {
    var server = server
    var pace = Pace(ceiling: ceiling)
    var events: [(at: Double, number: Int, event: Event)] = []
    var number = 0
    func add(_ event: Event, at moment: Double) {
      number += 1
      let place = events.partitionIndex { ($0.at, $0.number) < (moment, number) }
      events.insert((moment, number, event), at: place)
    }
    var begun = 0
    var line = 0
    var waiting = 0
    var inFlight = 0
    var silentUntil = 0.0
    var wakeAt = Double.infinity
    var seed: UInt64 = 7
    func random() -> Double {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(seed >> 11) / Double(UInt64(1) << 53)
    }
    add(.wake, at: 0)
    while let (now, _, event) = events.first, now <= end {
      events.removeFirst()
      let moment = Duration.seconds(now)
      switch event {
      case .wake: wakeAt = .infinity
      case .back:
        waiting -= 1
        line += 1
      case .answer(let ticket, let answer):
        inFlight -= 1
        switch answer.outcome {
        case .answered:
          pace.ended(ticket, .answered, at: moment)
          seconds = now
        case .failed:
          pace.ended(ticket, .failed, at: moment)
          waiting += 1
          add(.back, at: now + 0.5 * random())
        case .refused(let wait):
          pace.ended(ticket, .refused(wait.map { .seconds($0) }), at: moment)
          waiting += 1
          add(.back, at: now + (wait ?? 0.5 * random()))
          if let wait { silentUntil = max(silentUntil, now + wait) }
        }
      }
      // As many active lists as in the engine.
      let known = min(requests, wanted?(now) ?? requests)
      while begun < known, line + waiting + inFlight < 2 * pace.window.size + 40 {
        begun += 1
        line += 1
      }
      if begun < requests, known < requests {
        if wakeAt == .infinity {
          wakeAt = now + 0.01
          add(.wake, at: wakeAt)
        }
      }
      send: while line > 0 {
        switch pace.next(at: moment) {
        case .now:
          line -= 1
          let ticket = pace.sent(at: moment)
          let answer = server.answer(at: now)
          inFlight += 1
          sent += 1
          mostInFlight = max(mostInFlight, inFlight)
          if now < silentUntil - 1e-9 { sentInSilence += 1 }
          if case .refused = answer.outcome {
            refused += 1
            refusals.append(now)
          }
          if answer.outcome == .answered { through.append((now, now + answer.seconds)) }
          add(.answer(ticket, answer), at: now + answer.seconds)
        case .at(let later):
          // A machine wakes up slightly late.
          let wake = later.inSeconds + 0.000_2
          if wake < wakeAt {
            wakeAt = wake
            add(.wake, at: wake)
          }
          break send
        case .whenAnswered: break send
        }
      }
      if windows.last?.size != pace.window.size { windows.append((now, pace.window.size)) }
      if through.count == requests, inFlight == 0 { break }
    }
  }
}

extension Array {
  /// The first index whose element is not before; the array is sorted.
  fileprivate func partitionIndex(where isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
