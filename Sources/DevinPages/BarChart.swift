import DevinModel
import Foundation

/// Bar charts with axes, units and values as text, drawn as SVG by a template. No chart package can draw without a browser or
/// a graphics library, and bars are sufficient here. They are readable without colour, since every bar shows its value.
struct BarChart {
  struct Bar {
    let label: String
    /// Finite. Nil: unknown; no bar is drawn.
    let value: Double?
  }

  let id: String
  let name: String
  let unit: String
  let bars: [Bar]

  /// Columns over time, the oldest first.
  var columns: [String: Any] {
    let (width, height, left, bottom, top) = (720.0, 220.0, 64.0, 26.0, 14.0)
    let most = Self.round(up: bars.compactMap(\.value).max() ?? 0)
    let step = (width - left - 8) / Double(max(bars.count, 1))
    let length = { (value: Double) in Self.part(value, of: most) * (height - bottom - top) }
    let ticks = [0, most / 2, most].map { value -> [String: Any] in
      let y = height - bottom - length(value)
      return [
        "x1": left, "x2": width - 8, "y1": y, "y2": y, "textX": left - 6, "textY": y + 4, "anchor": "end", "label": value.shown,
      ]
    }
    let drawn = bars.enumerated().compactMap { index, bar -> [String: Any]? in
      guard let value = bar.value else { return nil }
      return [
        "x": (left + Double(index) * step + step * 0.1).short, "y": (height - bottom - length(value)).short,
        "w": (step * 0.8).short,
        "h": max(length(value), value > 0 ? 1 : 0).short, "words": "\(bar.label): \(value.shown) \(unit)",
      ]
    }
    let named = bars.count > 2 ? [0, bars.count / 2, bars.count - 1] : Array(bars.indices)
    let labels = named.map { index -> [String: Any] in
      [
        "kind": "label", "x": (left + (Double(index) + 0.5) * step).short, "y": height - 6, "text": bars[index].label,
        "anchor": index == 0 ? "start" : index == bars.count - 1 ? "end" : "middle",
      ]
    }
    return model(width, height, ["ticks": ticks, "bars": drawn, "labels": labels])
  }

  /// Horizontal bars with names.
  var rows: [String: Any] {
    let (width, left, row) = (720.0, 250.0, 26.0)
    let most = bars.compactMap(\.value).max() ?? 0
    var drawn: [[String: Any]] = []
    var labels: [[String: Any]] = []
    for (index, bar) in bars.enumerated() {
      let y = Double(index) * row + 4
      let length = Self.part(bar.value ?? 0, of: most) * (width - left - 90)
      labels.append(["kind": "value", "x": left - 8, "y": y + 14, "anchor": "end", "text": String(bar.label.prefix(26))])
      labels.append([
        "kind": "value", "x": (left + length + 6).short, "y": y + 14, "anchor": "start",
        "text": bar.value.map { $0.shown } ?? "unknown",
      ])
      guard bar.value != nil else { continue }
      drawn.append([
        "x": left, "y": y, "w": length.short, "h": row - 8, "words": "\(bar.label): \((bar.value ?? 0).shown) \(unit)",
      ])
    }
    return model(width, Double(bars.count) * row + 4, ["ticks": [[String: Any]](), "bars": drawn, "labels": labels])
  }

  private func model(_ width: Double, _ height: Double, _ parts: [String: Any]) -> [String: Any] {
    let known = bars.compactMap { bar in bar.value.map { (bar.label, $0) } }
    let sum = known.map(\.1).reduce(0, +)
    var summary = "\(sum.shown) \(unit) in total"
    if let most = known.max(by: { $0.1 < $1.1 }), most.1 > 0 { summary += ", maximum \(most.1.shown) (\(most.0))" }
    let table = PageTable(
      "\(name), \(unit)", ["what", unit],
      bars.map { [.init($0.label), .init($0.value?.shown ?? "unknown", isNumber: $0.value != nil)] })
    return parts.merging([
      "id": id, "name": name, "summary": summary, "width": width, "height": height, "values": [table.model],
    ]) { $1 }
  }

  /// The next of 1, 2, 2.5, 5, 10 …, so that an axis ends at a round number; 1 for a value that is not greater than 0. For the largest
  /// and smallest possible numbers, the number itself.
  static func round(up value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    let unit = pow(10, log10(value).rounded(.down))
    return [1, 2, 2.5, 5, 10].map { $0 * unit }.first { $0 >= value && $0.isFinite } ?? value
  }

  /// The share of an axis that a value takes, from 0 to 1.
  static func part(_ value: Double, of most: Double) -> Double { most > 0 ? min(max(value / most, 0), 1) : 0 }
}

extension Double {
  /// Coordinates are rounded to a tenth of a point.
  fileprivate var short: Double { (self * 10).rounded() / 10 }
}
