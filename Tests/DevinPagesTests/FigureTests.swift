import DevinModel
import Testing

@testable import DevinPages

@Suite("Figures with extreme numbers")
struct FigureTests {
  @Test(
    "sizes are in the unit that keeps them short, rounded down",
    arguments: [
      (0, "0 B"), (999, "999 B"), (1_000, "1 kB"), (999_999, "999 kB"), (1_000_000, "1.0 MB"), (999_999_999, "999.9 MB"),
      (1_000_000_000, "1.0 GB"), (74_276_512_345, "74.2 GB"), (1_000_000_000_000, "1.0 TB"),
      (1_234_567_000_000_000, "1,234.5 TB"),
    ])
  func sizes(bytes: Int, text: String) { #expect(bytes.inBytes == text) }

  @Test(
    "an axis ends on a finite number, whatever the largest value is",
    arguments: [
      (0, 1), (-5, 1), (Double.infinity, 1), (.nan, 1), (3, 5), (2, 2), (2.1, 2.5), (1_000, 1_000), (0.03, 0.05),
      (.greatestFiniteMagnitude, .greatestFiniteMagnitude), (.leastNonzeroMagnitude, .leastNonzeroMagnitude),
    ])
  func axis(_ value: Double, _ end: Double) {
    let found = BarChart.round(up: value)
    #expect(abs(found - end) <= end * 1e-9)
  }

  @Test(
    "a chart of extreme values has coordinates that a browser can draw", arguments: [1e308, -1e308, .leastNonzeroMagnitude, 0])
  func coordinates(_ value: Double) throws {
    let chart = BarChart(id: "a", name: "b", unit: "c", bars: [.init(label: "x", value: value), .init(label: "y", value: value)])
    for (model, members) in [(chart.columns, ["x", "y", "w", "h"]), (chart.rows, ["x", "y", "w", "h"])] {
      for bar in try #require(model["bars"] as? [[String: Any]]) {
        for member in members { #expect((0...720).contains(try #require(bar[member] as? Double)), "\(member): \(bar)") }
      }
    }
  }
}
