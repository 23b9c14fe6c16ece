/// Creates the analyses of insights. Sessions share a few dozen of them, so that a large organization with large analyses fits
/// into memory.
enum AnalysisMaker {
  static let poolSize = 40

  /// - Parameter rowBytes: the approximate average size of a complete insights row.
  static func pool(seed: UInt64, rowBytes: Int) throws -> [[UInt8]] {
    try (0..<poolSize).map { number in
      var random = RandomStream(seed: seed, salt: 0xa7a1_0000 &+ UInt64(number))
      func made(_ name: String, _ number: Int) -> JSONObject {
        var filling = Template.Row(n: number, seed: seed, random: RandomStream(seed: seed, salt: random.next()))
        return Template.all["analysis \(name)"]?.object(&filling) ?? [:]
      }
      // A normal session row and the counts take about 900 bytes of it.
      let target = max(0, rowBytes - 900) * random.number(in: 70...130) / 100
      var object = made("summary", number)
      var size = try JSONBytes.encode(object).count
      while size < target {
        let list = random.pick(["issues", "issues", "action_items"] + Array(repeating: "timeline", count: 7))
        let items = object[list]?.elements ?? []
        let item = JSONValue.object(made(list, items.count))
        object[list] = .array(items + [item])
        size += try JSONBytes.encode(item).count + 1
      }
      return try JSONBytes.encode(object)
    }
  }
}
