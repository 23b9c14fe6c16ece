/// What one ACU costs by the user's own account: Devin reports no prices.
public struct ACURate: Hashable, Sendable {
  /// Of one ACU; greater than 0.
  public let price: Double
  /// Three capital letters, such as EUR; nil: not said.
  public let currency: String?

  /// - Parameters:
  ///   - price: of one ACU; greater than 0 and finite.
  ///   - currency: three capital letters; nil: not said.
  public init(price: Double, currency: String? = nil) {
    self.price = price
    self.currency = currency
  }

  /// The column with the cost of a column of ACUs. Its name says whose rate it is.
  func column(for acus: String) -> String { "\(acus)_\(currency ?? "cost")_own_rate" }

  /// For people: where a cost comes from.
  package var remark: String {
    "\(currency ?? "Costs") at your own rate of \(price == price.rounded() ? price.shown : "\(price)") per ACU (`acu_rate` in the settings); Devin reports no prices."
  }

  /// For people: what so many ACUs cost.
  package func shown(_ acus: Double) -> String { "\(currency.map { "\($0) " } ?? "")\((acus * price).shown) at your own rate" }
}

extension MirrorQuestion {
  /// The query, with a column of costs for each column of ACUs that the question names.
  /// - Parameter rate: nil: the query as it is.
  public func sql(at rate: ACURate?) -> String { addingCosts(at: rate, to: sql) }

  func addingCosts(at rate: ACURate?, to sql: String) -> String {
    guard let rate, !costs.isEmpty else { return sql }
    let added = costs.map { "round(\"\($0)\" * \(rate.price), 2) AS \"\(rate.column(for: $0))\"" }
    let query = sql[..<(sql.lastIndex { $0 == ";" } ?? sql.endIndex)]
    return "SELECT *, \(added.joined(separator: ", ")) FROM (\n\(query)\n)"
  }
}
