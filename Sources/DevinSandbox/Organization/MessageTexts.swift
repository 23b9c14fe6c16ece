/// The texts of session messages, encoded once. A message is put together from them when it is
/// asked for, so that millions of messages take no memory.
struct MessageTexts: Sendable {
  /// A text as JSON, in the pieces between which the id of the session belongs.
  typealias Pieces = [[UInt8]]

  let prompts: [Pieces]
  let fromUser: [Pieces]
  let fromDevin: [Pieces]

  /// Stands for the session's id while a text is encoded.
  private static let slot = "⟦session⟧"

  init(seed: UInt64) throws {
    var random = RandomStream(seed: seed, salt: 0x7e87)
    prompts = try Vocabulary.prompts.map(Self.pieces)
    fromUser = try Self.userTexts.map(Self.pieces)
    let paragraphs = (0..<72).map { _ in
      (0..<random.number(in: 2...13)).map { _ in random.pick(Vocabulary.sentences) }
        .joined(separator: random.chance(20) ? "\n- " : " ")
    }
    fromDevin = try (paragraphs + Self.oddTexts).map(Self.pieces)
  }

  private static let userTexts = [
    "Thanks, looks good 👍", "Please rebase onto main.", "Can you also cover the empty list?",
    "Ja, bitte so weitermachen.", "Stop: that file is generated, change the template instead.",
    "The numbers in the second table look wrong to me.\nExpected 1,204, got 1,203.", "ok",
    "Here is the log. ATTACHMENT:{\"url\":\"https://app.devin.ai/attachments/\(slot)/core.log\",\"fileSize\":18233}",
    "See \"PriceRule.swift\", the branch for `quantity < 0`.", "Go on.",
  ]

  private static let oddTexts = [
    "The file holds a NUL byte after the header: \"\u{0}\" (offset 512); everything behind it is intact.",
    "Report attached.\nATTACHMENT:{\"url\":\"https://app.devin.ai/attachments/\(slot)/report.pdf\",\"fileSize\":48211}",
    "Path is C:\\builds\\agent\\out, tab\there, quote \" and bell \u{7}.",
    "Emoji in identifiers: 👩‍👩‍👧‍👦 family, 🇦🇹 flag, 𝒳 outside the basic plane.",
    "```json\n{\"ok\": true, \"session\": \"\(slot)\", \"items\": [1, 2, 3]}\n```",
    "Line one\r\nLine two\u{2028}Line three",
    "عربي and עברית in one line with ASCII.",
  ]

  private static func pieces(_ text: String) throws -> Pieces {
    let parts = try JSONBytes.encode(text).split(separator: Array(slot.utf8)[...], maxSplits: 1)
    return parts.map(Array.init)
  }
}

extension MessageTexts {
  /// The text of the message numbered `number`, where the first of a session is a prompt.
  func pieces(number: Int, isUser: Bool, noise: UInt64) -> Pieces {
    let pool = number == 0 ? prompts : isUser ? fromUser : fromDevin
    return pool[Int(noise % UInt64(pool.count))]
  }
}
