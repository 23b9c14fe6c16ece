/// Makes the analyses that insights carry. Sessions share a few dozen of them, so that a large
/// organization of large analyses fits into memory.
enum AnalysisMaker {
  static let poolSize = 40

  /// - Parameter rowBytes: size of a whole insights row, roughly and on average.
  static func pool(seed: UInt64, rowBytes: Int) throws -> [[UInt8]] {
    try (0..<poolSize).map { number in
      var random = RandomStream(seed: seed, salt: 0xa7a1_0000 &+ UInt64(number))
      // An ordinary session row and the counts take about 900 bytes of it.
      let target = max(0, rowBytes - 900) * random.number(in: 70...130) / 100
      return try analysis(bytes: target, number: number, random: &random)
    }
  }

  private static func analysis(bytes: Int, number: Int, random: inout RandomStream) throws
    -> [UInt8]
  {
    var issues: [JSONValue] = []
    var timeline: [JSONValue] = []
    var actions: [JSONValue] = []
    func sentence(_ random: inout RandomStream) -> JSONValue {
      .string(random.pick(Vocabulary.sentences))
    }
    var object: [String: JSONValue] = [
      "classification": number % 9 == 8
        ? nil
        : [
          "category": .string(random.pick(Vocabulary.categories)),
          "confidence": .double(Double(random.number(in: 50...99)) / 100),
          "programming_languages": .texts([random.pick(["Swift", "TypeScript", "Python", "Go"])]),
          "tools_and_frameworks": .texts([
            "GitHub Actions", random.pick(["Docker", "pytest", "Vite"]),
          ]),
        ],
      "suggested_prompt": number % 4 == 3
        ? nil
        : [
          "original_prompt": .string(random.pick(Vocabulary.prompts)),
          "suggested_prompt": .string(random.pick(Vocabulary.prompts) + " Say how you checked it."),
          "feedback_items": [
            [
              "details": sentence(&random), "excerpt": "Find out why",
              "summary": "Name the repository",
              "issue_id": nil,
            ]
          ],
        ],
      "note_usage": number % 5 == 4
        ? nil
        : [
          "bad_usages": [],
          "good_usages": [
            [
              "note_id": .string("note-" + random.identifier()),
              "message": "Ran the tests as noted",
              "reason": sentence(&random),
            ]
          ],
        ],
    ]
    var size = try JSONBytes.encode(object).count + 45
    while size < bytes {
      let issue = "issue-\(issues.count + 1)"
      switch random.below(10) {
      case 0...1:
        issues.append([
          "id": .string(issue), "title": "Tests were slow", "issue": sentence(&random),
          "impact": .string(random.pick(["low", "medium", "high"])),
          "label": .string(random.pick(["environment", "prompt", "knowledge"])),
        ])
        size += try JSONBytes.encode(issues[issues.count - 1]).count + 1
      case 2:
        actions.append([
          "action_item": sentence(&random), "issue_id": issues.isEmpty ? nil : "issue-1",
          "type": .string(
            random.pick([
              "machine_setup", "repo_config", "knowledge", "prompt_improvement", "other",
            ])),
        ])
        size += try JSONBytes.encode(actions[actions.count - 1]).count + 1
      default:
        timeline.append([
          "title": .string("Step \(timeline.count + 1) 🛠"), "description": sentence(&random),
          "color": .string(random.pick(["green", "yellow", "red"])), "issue_id": nil,
        ])
        size += try JSONBytes.encode(timeline[timeline.count - 1]).count + 1
      }
    }
    object["issues"] = .array(issues)
    object["timeline"] = .array(timeline)
    object["action_items"] = .array(actions)
    return try JSONBytes.encode(object)
  }
}
