/// A stream of pseudo-random numbers (SplitMix64) that is the same for the same seed on every
/// machine, so that a scenario has the same bytes everywhere.
struct RandomStream {
  private var state: UInt64

  /// - Parameter salt: distinguishes streams with the same seed, so that additional numbers in one place change
  ///   nothing elsewhere.
  init(seed: UInt64, salt: UInt64) { state = Self.mix(seed &+ Self.mix(salt &+ 0x9e37_79b9_7f4a_7c15)) }

  /// Mixes the bits of a number: adjacent numbers have unrelated results.
  static func mix(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// Mixes bytes into a number.
  static func mix(_ bytes: some Sequence<UInt8>, from start: UInt64) -> UInt64 { bytes.reduce(start) { mix($0 ^ UInt64($1)) } }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    return Self.mix(state)
  }

  /// A number from 0 up to, not including, `bound`; 0 when `bound` is below 2.
  mutating func below(_ bound: Int) -> Int { bound < 2 ? 0 : Int(next() % UInt64(bound)) }

  mutating func number(in range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

  /// True in `percent` of 100 draws.
  mutating func chance(_ percent: Int) -> Bool { below(100) < percent }

  mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

  /// 32 hexadecimal digits, the shape of most of Devin's identifiers.
  mutating func identifier() -> String { next().hexadecimal + next().hexadecimal }
}

extension UInt64 {
  /// 16 lower-case digits.
  var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
