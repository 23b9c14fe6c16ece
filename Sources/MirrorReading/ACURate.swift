/// The price of one ACU as set by the user, since Devin reports no prices.
public struct ACURate: Hashable, Sendable {
  /// The price of one ACU; greater than 0.
  public let price: Double
  /// Three capital letters, such as EUR; nil: not set.
  public let currency: String?

  /// - Parameters:
  ///   - price: the price of one ACU; greater than 0 and finite.
  ///   - currency: three capital letters; nil: not set.
  public init(price: Double, currency: String? = nil) {
    self.price = price
    self.currency = currency
  }

  /// The cost column for a column of ACUs. Its name says that the rate is the user's own.
  func column(for acus: String) -> String { "\(acus)_\(currency ?? "cost")_own_rate" }

  /// A sentence for people that says where a cost comes from.
  package var remark: String {
    "\(currency ?? "Costs") at your own rate of \(price == price.rounded() ? price.shown : "\(price)") per ACU (`acu_rate` in the settings); Devin reports no prices."
  }

  /// The cost of a number of ACUs, for people.
  package func shown(_ acus: Double) -> String { "\(currency.map { "\($0) " } ?? "")\((acus * price).shown) at your own rate" }
}

extension MirrorQuestion {
  /// The query, with a cost column for each column of ACUs that the question names.
  /// - Parameter rate: nil: the query is unchanged.
  public func sql(at rate: ACURate?) -> String { addingCosts(at: rate, to: sql) }

  func addingCosts(at rate: ACURate?, to sql: String) -> String {
    guard let rate, !costs.isEmpty else { return sql }
    let added = costs.map { "round(\"\($0)\" * \(rate.price), 2) AS \"\(rate.column(for: $0))\"" }
    let query = sql[..<(sql.lastIndex { $0 == ";" } ?? sql.endIndex)]
    return "SELECT *, \(added.joined(separator: ", ")) FROM (\n\(query)\n)"
  }
}
