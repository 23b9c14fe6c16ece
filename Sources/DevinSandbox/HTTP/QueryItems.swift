/// The query of a request, decoded: pairs in their original order. A plus sign means a space, as in Devin's
/// framework, so a cursor that was not percent-encoded becomes invalid.
struct QueryItems: Sendable {
  let pairs: [(name: String, value: String)]

  init(_ raw: String) {
    pairs =
      raw.isEmpty
      ? []
      : raw.split(separator: "&").map { pair in
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (Self.decode(parts[0]), parts.count > 1 ? Self.decode(parts[1]) : "")
      }
  }

  subscript(name: String) -> String? { pairs.last { $0.name == name }?.value }

  func all(_ name: String) -> [String] { pairs.filter { $0.name == name }.map(\.value) }

  private static func decode(_ text: Substring) -> String { PercentCoding.decode(text.replacing("+", with: " ")) }
}
