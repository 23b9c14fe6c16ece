/// The messages of one session: a rule that generates them, and later changes.
struct MessageThread: Sendable {
  /// Time before the first message, in Unix seconds.
  let start: Int
  /// Seconds over which the initial messages are distributed.
  let span: Int
  /// Number of initial messages.
  let initialCount: Int
  /// One in this many messages is the user's; 2 or more.
  let userEvery: Int
  let seed: UInt64
  /// Unix seconds of messages added later.
  var appendedAt: [Int] = []
  /// Messages changed by an edit, by number; nil: deleted.
  var edited: [Int: [UInt8]?] = [:]
  /// Numbers of messages that a request wrote, which are the user's in any case.
  var saidByUser: Set<Int> = []

  /// One more than the number of the newest message, including deleted ones.
  var end: Int { initialCount + appendedAt.count }

  func isAlive(_ number: Int) -> Bool {
    if case .some(.none) = edited[number] { return false }
    return number < end
  }

  func isUser(_ number: Int) -> Bool { number.isMultiple(of: userEvery) || saidByUser.contains(number) }

  func time(_ number: Int) -> Int {
    number < initialCount ? start + span * (number + 1) / (initialCount + 1) : appendedAt[number - initialCount]
  }

  /// Numbers of messages by the user and by Devin, without deleted ones.
  var counts: (user: Int, devin: Int) {
    var user = (end + userEvery - 1) / userEvery + saidByUser.count { !$0.isMultiple(of: userEvery) }
    var devin = end - user
    for case (let number, .none) in edited { if isUser(number) { user -= 1 } else { devin -= 1 } }
    return (user, devin)
  }

  func eventID(_ number: Int) -> String {
    let noise = noise(number)
    return noise.hexadecimal + RandomStream.mix(noise).hexadecimal
  }

  /// The message as sent.
  func bytes(_ number: Int, session: String, texts: MessageTexts) -> [UInt8] {
    if case .some(.some(let bytes)) = edited[number] { return bytes }
    let isUser = isUser(number)
    let text = texts.text(number: number, isUser: isUser, noise: noise(number) >> 8, session: session)
    let head = "{\"created_at\":\(time(number)),\"event_id\":\"\(eventID(number))\",\"message\":"
    return Array(head.utf8) + text + Array(",\"source\":\"\(isUser ? "user" : "devin")\"}".utf8)
  }

  private func noise(_ number: Int) -> UInt64 { RandomStream.mix(seed &+ UInt64(number) &* 0x9e37_79b9_7f4a_7c15) }
}
