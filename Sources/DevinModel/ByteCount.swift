/// Byte counts as text for people.
package enum ByteCount {
  /// The number of bytes in a text such as `50MB`, `1.5GB`, `200kB` or `1000`; units are powers of 1,000.
  /// - Returns: nil: the text is no such number, or more than 1,000 TB.
  package static func parse(_ text: String) -> Int? {
    guard let match = text.wholeMatch(of: /(\d{1,15})(?:\.(\d{1,3}))?\s*([kKMGT]?)B?/) else { return nil }
    let units: [Substring: Int] = ["": 1, "k": 1_000, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000, "T": 1_000_000_000_000]
    guard let unit = units[match.3], let whole = Int(match.1), match.2 == nil || unit > 1 else { return nil }
    let (bytes, isTooMuch) = whole.multipliedReportingOverflow(by: unit)
    guard !isTooMuch, bytes <= 1_000_000_000_000_000 else { return nil }
    let fraction = match.2.map { Int($0 + String(repeating: "0", count: 3 - $0.count)) ?? 0 } ?? 0
    return bytes + fraction * (unit / 1_000)
  }
}

extension Int {
  /// `1.2 TB`, `74.2 GB`, `34.2 MB`, `12 kB` or `100 B`, rounded down; units are powers of 1,000.
  package var inBytes: String {
    switch self {
    case ..<1_000: "\(self) B"
    case ..<1_000_000: "\(self / 1_000) kB"
    case ..<1_000_000_000: "\(self / 1_000_000).\(self / 100_000 % 10) MB"
    case ..<1_000_000_000_000: "\(self / 1_000_000_000).\(self / 100_000_000 % 10) GB"
    default: "\((self / 1_000_000_000_000).grouped).\(self / 1_000_000_000 / 100 % 10) TB"
    }
  }
}
