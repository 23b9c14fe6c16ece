import DevinModel
import Foundation

/// Bar charts with axes, units and values as text, drawn as SVG by a template. No chart package can draw without a browser or
/// a graphics library, and bars are sufficient here. They are readable without colour: bars of two kinds are beside each other in a fixed
/// order, the previous period is a line, and a table holds every value.
struct BarChart {
  struct Bar {
    let label: String
    /// Finite. Nil: unknown; no bar is drawn.
    let value: Double?
    /// A second value, drawn beside the first.
    var second: Double?
    /// The value in the previous period, drawn as a line.
    var before: Double?
    /// The page with what is behind the bar.
    var href: String?

    init(label: String, value: Double?, second: Double? = nil, before: Double? = nil, href: String? = nil) {
      (self.label, self.value, self.second, self.before, self.href) = (label, value, second, before, href)
    }
  }

  let id: String
  let name: String
  let unit: String
  let bars: [Bar]
  /// Whether the values follow as a table that can be opened; a page can show a table of its own.
  var hasValues = true
  /// What the value, the second value and the value before are; nil: there is none.
  var series: (value: String, second: String?, before: String?)

  init(
    id: String, name: String, unit: String, bars: [Bar], series: (value: String, second: String?, before: String?)? = nil
  ) {
    (self.id, self.name, self.unit, self.bars) = (id, name, unit, bars)
    self.series = series ?? (unit, nil, nil)
  }

  /// Columns over time, the oldest first.
  var columns: [String: Any] {
    let (width, height, left, bottom, top) = (560.0, 250.0, 52.0, 22.0, 36.0)
    let axis = Self.axis(of: bars.flatMap { [$0.value, $0.second, $0.before].compactMap(\.self) }.max() ?? 0)
    let most = axis.last ?? 1
    let step = (width - left - 8) / Double(max(bars.count, 1))
    let plot = height - bottom - top
    let length = { (value: Double) in Self.part(value, of: most) * plot }
    let ticks = axis.map { value -> [String: Any] in
      let y = (height - bottom - length(value)).short
      return [
        "x1": left, "x2": width - 8, "y1": y, "y2": y, "textX": left - 5, "textY": y + 3, "anchor": "end", "label": value.shown,
      ]
    }
    let isDouble = series.second != nil
    var drawn: [[String: Any]] = []
    var targets: [[String: Any]] = []
    for (index, bar) in bars.enumerated() {
      let start = left + Double(index) * step
      let thickness = step * (isDouble ? 0.4 : 0.8)
      for (kind, value, offset) in [("value", bar.value, 0.1), ("second", bar.second, 0.5)] {
        guard let value else { continue }
        drawn.append([
          "kind": kind, "x": (start + step * offset).short, "y": (height - bottom - length(value)).short, "w": thickness.short,
          "h": max(length(value), value > 0 ? 1 : 0).short,
        ])
      }
      if let before = bar.before {
        drawn.append([
          "kind": "before", "x": (start + step * 0.05).short, "y": max(height - bottom - length(before) - 1, 0).short,
          "w": (step * 0.9).short, "h": 2.0,
        ])
      }
      targets.append([
        "x": start.short, "y": top, "w": step.short, "h": plot, "words": words(of: bar), "href": bar.href ?? "",
        "isLink": bar.href != nil, "tipX": left, "tipY": 12.0,
      ])
    }
    let count = min(bars.count, 6)
    let named = count < 2 ? Array(bars.indices) : (0..<count).map { $0 * (bars.count - 1) / (count - 1) }
    let labels = named.enumerated().map { place, index -> [String: Any] in
      [
        // A narrow screen has room for three.
        "kind": [0, count / 2, count - 1].contains(place) ? "label" : "label between",
        "x": (left + (Double(index) + (index == 0 ? 0.1 : 0.5)) * step).short, "y": height - 5, "text": bars[index].label,
        "anchor": bars.count == 1 ? "middle" : index == 0 ? "start" : index == bars.count - 1 ? "end" : "middle",
      ]
    }
    return model(width, height, ["ticks": ticks, "bars": drawn, "targets": targets, "labels": labels, "isTimeline": true])
  }

  /// Horizontal bars with names.
  var rows: [String: Any] {
    let (width, left, row) = (560.0, 180.0, 24.0)
    let most = bars.compactMap(\.value).max() ?? 0
    var drawn: [[String: Any]] = []
    var labels: [[String: Any]] = []
    var targets: [[String: Any]] = []
    for (index, bar) in bars.enumerated() {
      let y = Double(index) * row + 4
      let length = Self.part(bar.value ?? 0, of: most) * (width - left - 110)
      let name = bar.label.count > 24 ? bar.label.prefix(23) + "…" : bar.label
      labels.append(["kind": "name", "x": left - 8, "y": y + 12, "anchor": "end", "text": name])
      labels.append([
        "kind": "name", "x": (left + length + 6).short, "y": y + 12, "anchor": "start",
        "text": bar.value.map { $0.shown } ?? "unknown",
      ])
      targets.append([
        "x": 0.0, "y": y - 4, "w": width, "h": row, "words": words(of: bar), "href": bar.href ?? "", "isLink": bar.href != nil,
        "tipX": 0.0, "tipY": -100.0,
      ])
      guard bar.value != nil else { continue }
      drawn.append(["kind": "value", "x": left, "y": y, "w": length.short, "h": row - 8])
    }
    return model(
      width, Double(max(bars.count, 1)) * row + 4,
      ["ticks": [[String: Any]](), "bars": drawn, "targets": targets, "labels": labels, "isTimeline": false])
  }

  /// What a bar says when a pointer or the keyboard reaches it.
  private func words(of bar: Bar) -> String {
    let shown = { (value: Double?) in value?.shown ?? "unknown" }
    var parts = ["\(shown(bar.value)) \(series.value == unit ? unit : "\(unit) \(series.value)")"]
    if let second = series.second { parts.append("\(shown(bar.second)) \(second)") }
    if let before = series.before { parts.append("\(before): \(shown(bar.before))") }
    return "\(bar.label): \(parts.joined(separator: ", "))"
  }

  private func model(_ width: Double, _ height: Double, _ parts: [String: Any]) -> [String: Any] {
    let known = bars.compactMap { bar in bar.value.map { (bar.label, $0) } }
    let sum = known.map(\.1).reduce(0, +)
    var summary = "\(sum.shown) \(unit)\(series.value == unit ? "" : " \(series.value)") in total"
    if let most = known.max(by: { $0.1 < $1.1 }), most.1 > 0 { summary += ", maximum \(most.1.shown) (\(most.0))" }
    let kinds = [("value", series.value == unit ? nil : series.value), ("second", series.second), ("before", series.before)]
    let legend = kinds.compactMap { kind, name in name.map { ["kind": kind, "name": $0] } }
    let cell = { (value: Double?) in PageTable.Cell(value?.shown ?? "unknown", isNumber: value != nil) }
    let names = [series.value, series.second, series.before].compactMap(\.self)
    let table = PageTable(
      "\(name), \(unit)", ["what"] + names,
      bars.map { bar in
        [.init(bar.label, href: bar.href), cell(bar.value)] + (series.second == nil ? [] : [cell(bar.second)])
          + (series.before == nil ? [] : [cell(bar.before)])
      })
    let hasLinks = bars.contains { $0.href != nil }
    return parts.merging([
      "id": id, "name": name, "unit": unit, "summary": summary, "width": width, "height": height, "values": [table.model],
      "legend": legend, "isImage": !hasLinks, "hasValues": hasValues,
    ]) { $1 }
  }

  /// Round values from 0 to the largest value or a little more: four or five lines, less above.
  static func axis(of most: Double) -> [Double] {
    let step = round(up: most / 4)
    guard most > 0, (step * 4).isFinite else { return [0, round(up: most)] }
    return (0...max(1, Int((most / step).rounded(.up)))).map { Double($0) * step }
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
