/// The texts of session messages, encoded once. A message is composed from them on
/// request, so that millions of messages take no memory.
struct MessageTexts: Sendable {
  /// A text as JSON, split at the positions for the id of the session.
  typealias Pieces = [[UInt8]]

  let prompts: [Pieces]
  let fromUser: [Pieces]
  let fromDevin: [Pieces]

  /// Placeholder for the session's id while a text is encoded.
  private static let slot = "⟦session⟧"

  init(seed: UInt64) throws {
    var random = RandomStream(seed: seed, salt: 0x7e87)
    prompts = try Vocabulary.prompts.map(Self.pieces)
    fromUser = try Vocabulary.userMessages.map(Self.pieces)
    let paragraphs = (0..<72).map { _ in
      (0..<random.number(in: 2...13)).map { _ in random.pick(Vocabulary.sentences) }.joined(
        separator: random.chance(20) ? "\n- " : " ")
    }
    fromDevin = try (paragraphs + Vocabulary.strangeMessages).map(Self.pieces)
  }

  private static func pieces(_ text: String) throws -> Pieces {
    let parts = try JSONBytes.encode(text).split(separator: Array(slot.utf8)[...], maxSplits: 1)
    return parts.map(Array.init)
  }
}

extension MessageTexts {
  /// The text of the message with this `number`; the first one of a session is a prompt.
  func pieces(number: Int, isUser: Bool, noise: UInt64) -> Pieces {
    let pool = number == 0 ? prompts : isUser ? fromUser : fromDevin
    return pool[Int(noise % UInt64(pool.count))]
  }
}
