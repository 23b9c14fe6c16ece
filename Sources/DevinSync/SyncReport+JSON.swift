import DevinModel
package import Foundation

// Reports as JSON. Members may be added, never renamed: scripts read them, and `sync_runs.outcomes` contains them.

extension JSONEncoder {
  /// Sets the text that problems are encoded as, such as their messages with the advice of a program. Default: only the messages.
  package func describeProblems(_ text: @escaping @Sendable (SyncProblem) -> String) {
    if let key = ProblemText.key { userInfo[key] = ProblemText(describe: text) }
  }
}

/// How an encoder describes problems.
private struct ProblemText: Sendable {
  static let key = CodingUserInfoKey(rawValue: "devin-sync.problem-text")

  let describe: @Sendable (SyncProblem) -> String
}

extension SyncProblem: Encodable {
  /// As one text: its message, unless the encoder describes it in another way.
  public func encode(to encoder: any Encoder) throws {
    let text = ProblemText.key.flatMap { encoder.userInfo[$0] as? ProblemText }
    var container = encoder.singleValueContainer()
    try container.encode(text?.describe(self) ?? message)
  }
}

extension ResourceReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case resource, outcome, quarantined, notDueLists, problems
    case filterWasIgnored = "filterIgnored"
  }

  /// With its counts as members of the same object.
  public func encode(to encoder: any Encoder) throws { try encode(resource, problems, to: encoder) }

  /// - Parameter resource: nil: the run as a whole.
  fileprivate func encode(_ resource: String?, _ problems: some Encodable, to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encodeIfPresent(resource, forKey: .resource)
    try members.encode(outcome, forKey: .outcome)
    try members.encode(counts.quarantined, forKey: .quarantined)
    try members.encode(notDueLists, forKey: .notDueLists)
    try members.encode(filterWasIgnored, forKey: .filterWasIgnored)
    try members.encode(problems, forKey: .problems)
  }
}

extension SyncReport: Encodable {
  private enum CodingKeys: String, CodingKey {
    case run = "runId"
    case organization, requests, bytes, seconds, waitedSeconds, problems, resources, files
  }

  /// With the totals, every problem once, and the report of each resource.
  public func encode(to encoder: any Encoder) throws {
    try encodeTotals(to: encoder)
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(allProblems, forKey: .problems)
    try members.encode(resources, forKey: .resources)
    try members.encodeIfPresent(files, forKey: .files)
  }

  /// Only what can be said of the run as a whole, without its problems.
  package func encodeTotals(to encoder: any Encoder) throws {
    try totals.encode(to: encoder)
    var members = encoder.container(keyedBy: CodingKeys.self)
    if run > 0 { try members.encode(run, forKey: .run) }
    try members.encodeIfPresent(organization, forKey: .organization)
    try members.encode(requests, forKey: .requests)
    try members.encode(bytes, forKey: .bytes)
    try members.encode(duration / .seconds(1), forKey: .seconds)
    try members.encode(waited / .seconds(1), forKey: .waitedSeconds)
  }

  /// - Parameter reason: why the run ended before it read anything; nil: it read, or its problems say why.
  func outcomesAsJSON(reason: String? = nil) -> String? {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let ofRun = [reason].compactMap(\.self) + problems.map(\.message)
    let outcomes = Outcomes(resources: resources, ofRun: ofRun)
    return (try? encoder.encode(outcomes)).map { String(decoding: $0, as: UTF8.self) }
  }
}

/// `sync_runs.outcomes`: the resources and, if it had problems, the run as a whole.
private struct Outcomes: Encodable {
  let resources: [ResourceReport]
  let ofRun: [String]

  func encode(to encoder: any Encoder) throws {
    var list = encoder.unkeyedContainer()
    for resource in resources { try list.encode(resource) }
    guard !ofRun.isEmpty else { return }
    var run = ResourceReport("")
    run.outcome = .incomplete
    try run.encode(nil, ofRun, to: list.superEncoder())
  }
}

extension SyncProgress: Encodable {
  private enum CodingKeys: String, CodingKey {
    case requests, retries, bytes, waiting, waitReason, seconds, resources
  }

  /// The time since the run began is encoded in seconds.
  public func encode(to encoder: any Encoder) throws {
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(requests, forKey: .requests)
    try members.encode(retries, forKey: .retries)
    try members.encode(bytes, forKey: .bytes)
    try members.encode(waiting, forKey: .waiting)
    try members.encodeIfPresent(waitReason, forKey: .waitReason)
    try members.encode(elapsed / .seconds(1), forKey: .seconds)
    try members.encode(resources, forKey: .resources)
  }
}

extension ResourceProgress: Encodable {
  private enum CodingKeys: String, CodingKey {
    case resource, total, parentsDone, parentsFound
    case isFinished = "finished"
  }

  /// With its counts as members of the same object.
  public func encode(to encoder: any Encoder) throws {
    try counts.encode(to: encoder)
    var members = encoder.container(keyedBy: CodingKeys.self)
    try members.encode(resource, forKey: .resource)
    try members.encodeIfPresent(total, forKey: .total)
    try members.encode(parentsDone, forKey: .parentsDone)
    try members.encode(parentsFound, forKey: .parentsFound)
    try members.encode(isFinished, forKey: .isFinished)
  }
}
