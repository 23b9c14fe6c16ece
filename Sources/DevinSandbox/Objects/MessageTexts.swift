/// The texts of session messages, encoded once. A message is composed from them on
/// request, so that millions of messages take no memory.
struct MessageTexts: Sendable {
  /// Texts as JSON, each split at the positions for the id of the session.
  private typealias Pool = [[ArraySlice<UInt8>]]

  private let prompts: Pool
  private let fromUser: Pool
  private let fromDevin: Pool

  init(seed: UInt64) throws {
    var random = RandomStream(seed: seed, salt: 0x7e87)
    prompts = try Self.pool(Vocabulary.prompts)
    fromUser = try Self.pool(Vocabulary.userMessages)
    let paragraphs = (0..<72).map { _ in
      (0..<random.number(in: 2...13)).map { _ in random.pick(Vocabulary.sentences) }.joined(
        separator: random.chance(20) ? "\n- " : " ")
    }
    fromDevin = try Self.pool(paragraphs + Vocabulary.strangeMessages)
  }

  private static func pool(_ texts: [String]) throws -> Pool {
    try texts.map { try JSONBytes.encode($0).split(separator: Array("⟦session⟧".utf8)[...], maxSplits: 1) }
  }

  /// The text of the message with this number, as JSON; the first one of a session is a prompt.
  func text(number: Int, isUser: Bool, noise: UInt64, session: String) -> [UInt8] {
    let pool = number == 0 ? prompts : isUser ? fromUser : fromDevin
    return Array(pool[Int(noise % UInt64(pool.count))].joined(separator: session.utf8))
  }
}
