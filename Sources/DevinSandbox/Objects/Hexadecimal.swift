/// Numbers as 16 lower-case hexadecimal digits.
enum Hexadecimal {
  static func append(_ value: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: 60, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: value >> UInt64(shift)) & 0xf
      bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
    }
  }

  static func text(_ value: UInt64) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(16)
    append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
