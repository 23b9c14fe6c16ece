/// Consumption of a day in units of 1/64 ACU, which can be added without rounding errors.
struct Spending: Sendable {
  var devin = 0
  var cascade = 0
  var terminal = 0
  /// Nil: not reported.
  var review: Int?

  static func += (sum: inout Spending, more: Spending) {
    sum.devin += more.devin
    sum.cascade += more.cascade
    sum.terminal += more.terminal
    if let review = more.review { sum.review = (sum.review ?? 0) + review }
  }

  /// The object of a day.
  ///
  /// - Parameter day: start of the day in Unix seconds.
  func object(day: Int) -> JSONObject {
    func acus(_ sixtyFourths: Int) -> JSONValue { .double(Double(sixtyFourths) / 64) }
    return [
      "date": .int(day), "acus": acus(devin + cascade + terminal + (review ?? 0)),
      "acus_by_product": [
        "devin": acus(devin), "cascade": acus(cascade), "terminal": acus(terminal), "review": review.map(acus) ?? .null,
      ],
    ]
  }

  /// The inverse of `object(day:)`.
  init(of object: JSONObject) {
    func part(_ name: String) -> Int? { object["acus_by_product"]?.members?[name]?.fraction.map { Int($0 * 64) } }
    self.init(devin: part("devin") ?? 0, cascade: part("cascade") ?? 0, terminal: part("terminal") ?? 0, review: part("review"))
  }

  init(devin: Int = 0, cascade: Int = 0, terminal: Int = 0, review: Int? = nil) {
    self.devin = devin
    self.cascade = cascade
    self.terminal = terminal
    self.review = review
  }
}
